"""Manifests as text, and what the program makes of them."""

from __future__ import annotations

import json
from typing import Any

from okta_postman.commands import check as command
from okta_postman.commands.generate import artifacts_of
from okta_postman.manifest.model import Manifest
from okta_postman.problems import Checked, Problem
from tests.support.program import BASE

COLLECTION = "okta-users.postman_collection.json"
ENVIRONMENT = "okta-users.acme.okta.com.postman_environment.json"

LAYOUT = """
version: 1
name: Okta users
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read: [GET /api/v1/users, GET /api/v1/users/me]
  okta.users.manage: [POST /api/v1/users]
  okta.groups.read: [GET /api/v1/groups]
"""
"""Four requests of two resources, with three scopes."""

OTHER_SERVER = "{authorize_url: https://a.example.com/in, token_url: https://a.example.com/token}"
"""The authorization server of another provider."""

ORDERS = """
version: 1
name: Orders
org: https://api.example.com
authorization_server: {server}
app: {{client_id: orders-app}}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes: {{orders.read: {listed}}}
"""
"""An API that is not Okta's; tests fill in its server and what is listed under its scope."""

ALBUMS = """
version: 1
name: Albums
org: https://api.example.com
authorization_server:
  authorize_url: https://login.example.com/authorize
  token_url: https://login.example.com/token
app: {client_id: albums-app}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  user-read: [GET /me]
token_only: [GET /albums]
public: [GET /health]
"""
"""An endpoint with a scope, one that any token is enough for, and one that needs none."""


def check(name: str, data: bytes) -> tuple[Manifest | None, Checked]:
    """The manifest in a file, if it has no errors, and every problem found in it."""
    result = command.check(name, data)
    (checked,) = result.checked
    return result.value and result.value.manifest, checked


def manifest(text: str = BASE) -> Manifest:
    """The manifest of a text, which may have warnings."""
    valid, checked = check("test.yaml", text.encode())
    assert valid is not None, checked.problems
    return valid


def mapped(scope_map: str) -> Manifest:
    """The smallest manifest with another scope map, on one line."""
    return manifest(BASE.partition("scopes:")[0] + f"scopes: {scope_map}\n")


def problems(text: str) -> tuple[Problem, ...]:
    """Every problem of a manifest."""
    return check("test.yaml", text.encode())[1].problems


def codes(text: str) -> list[str]:
    """The codes of these problems."""
    return [problem.code for problem in problems(text)]


def generated(text: str) -> dict[str, dict[str, Any]]:
    """The JSON data of each generated file, by file name."""
    files = artifacts_of(manifest(text))
    return {file.path: json.loads(file.content) for file in files}


def collection(text: str) -> dict[str, Any]:
    """The collection of a manifest called Okta users."""
    return generated(text)[COLLECTION]


def only_request(text: str) -> dict[str, Any]:
    """The first request of that collection."""
    request: dict[str, Any] = collection(text)["item"][0]["item"][0]["request"]
    return request


def values(text: str, environment: str = "acme.okta.com") -> dict[str, str]:
    """The variables of an environment of that manifest, by name."""
    file = generated(text)[f"okta-users.{environment}.postman_environment.json"]
    return {variable["key"]: variable["value"] for variable in file["values"]}


def endpoint(entry: str, more: str = "") -> str:
    """The text of a manifest with one entry, and more keys after it."""
    return BASE.replace("GET /api/v1/users", entry) + more
