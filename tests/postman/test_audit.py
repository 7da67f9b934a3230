"""The audit refuses every file that this program must never write."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from okta_postman.postman.audit import audit
from okta_postman.postman.model import File
from tests.support.manifests import generated

Json = dict[str, Any]

DESCRIPTION = """
version: 1
name: Okta users
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read okta.groups.read:
    - request: GET /api/v1/users/{userId}
      query: {q: "a&b"}
  okta.users.manage:
    - request: POST /api/v1/users
      body: {profile: {login: "{{newLogin}}"}}
    - request: POST /api/v1/users/{userId}/lifecycle/activate
      form: {field: value}
variables: {newLogin: ada@example.com}
environments: {preview: {}, production: {}}
"""


@pytest.fixture
def files() -> tuple[Json, list[Json]]:
    """A collection and its environments, free to be broken."""
    collection, *environments = generated(DESCRIPTION).values()
    return collection, environments


def request(collection: Json, index: int = 0) -> Json:
    found: Json = collection["item"][0]["item"][index]
    return found


def field(collection: Json, key: str) -> Json:
    pairs: list[Json] = request(collection)["request"]["auth"]["oauth2"]
    return next(pair for pair in pairs if pair["key"] == key)


# What each mutant would do to a user is why it is here.
MUTANTS: dict[str, tuple[str, Callable[[Json, list[Json]], object]]] = {
    "a misspelt OAuth key, which Postman ignores": (
        "breaks",
        lambda c, _: field(c, "redirect_uri").update(key="redirect_url"),
    ),
    "a grant type that Postman does not have": (
        "breaks",
        lambda c, _: field(c, "grant_type").update(value="pkce"),
    ),
    "PKCE switched off": (
        "breaks",
        lambda c, _: field(c, "grant_type").update(value="authorization_code"),
    ),
    "a plain challenge": (
        "breaks",
        lambda c, _: field(c, "challengeAlgorithm").update(value="plain"),
    ),
    "credentials in a header": (
        "breaks",
        lambda c, _: field(c, "client_authentication").update(value="header"),
    ),
    "a verifier baked into the file": (
        "breaks",
        lambda c, _: field(c, "code_verifier").update(value="x" * 43),
    ),
    "a token in the file": ("breaks", lambda c, _: field(c, "accessToken").update(value="eyJ")),
    "no state": ("breaks", lambda c, _: field(c, "state").update(value="")),
    "no scope any longer": ("other scopes", lambda c, _: field(c, "scope").update(value="")),
    "no token, and settings": (
        "breaks",
        lambda c, _: request(c)["request"]["auth"].update(type="noauth"),
    ),
    "scopes with a comma": ("breaks", lambda c, _: field(c, "scope").update(value="a,b c, d\x00")),
    "scopes in another order": (
        "not sorted",
        lambda c, _: field(c, "scope").update(value="okta.users.read okta.groups.read"),
    ),
    "OAuth as an object, which the migrator drops": (
        "breaks",
        lambda c, _: request(c)["request"]["auth"].update(oauth2={}),
    ),
    "a request without auth": (
        "no OAuth 2.0 settings",
        lambda c, _: request(c)["request"].pop("auth"),
    ),
    "a header of its own": (
        "Authorization header",
        lambda c, _: request(c)["request"]["header"].append(
            {"key": "authorization", "value": "SSWS {{apikey}}"}
        ),
    ),
    "an unknown key": ("breaks", lambda c, _: request(c)["request"].update(headers=[])),
    "a description on the item, which is lost": (
        "breaks",
        lambda c, _: request(c).update(description="lost"),
    ),
    "a raw URL of another path": (
        "raw URL",
        lambda c, _: request(c)["request"]["url"].update(raw="{{baseUrl}}/other"),
    ),
    "a raw URL of another query": (
        "raw URL",
        lambda c, _: request(c)["request"]["url"]["query"][0].update(value="b"),
    ),
    "a URL that is only raw, which runners refuse": (
        "breaks",
        lambda c, _: request(c)["request"].update(url={"raw": "{{baseUrl}}/x"}),
    ),
    "a path variable that nobody fills": (
        "path variable",
        lambda c, _: request(c)["request"]["url"].pop("variable"),
    ),
    "a path variable with an empty value": (
        "path variable",
        lambda c, _: request(c)["request"]["url"]["variable"][0].update(value=""),
    ),
    "a variable that is not declared": (
        "not declared",
        lambda c, _: request(c, 1)["request"]["body"].update(raw="{{nobody}}"),
    ),
    "a variable that one environment lacks": (
        "not declared",
        lambda _, e: e[1]["values"].remove(
            next(value for value in e[1]["values"] if value["key"] == "userId")
        ),
    ),
    "two requests of one name": (
        "used twice",
        lambda c, _: request(c).update(name=request(c, 1)["name"]),
    ),
    "two requests with one id": (
        "used twice",
        lambda c, _: request(c).update(id=request(c, 1)["id"]),
    ),
    "two environments with one id": ("used twice", lambda _, e: e[0].update(id=e[1]["id"])),
    "an id of version 5, which Postman replaces": (
        "breaks",
        lambda c, _: c["info"].update(_postman_id="90fba677-8fa2-5bb7-9b0a-f79fa4591b5f"),
    ),
    "a collection of nothing, which runs with exit code 0": (
        "breaks",
        lambda c, _: c.update(item=[]),
    ),
    "another schema": ("breaks", lambda c, _: c["info"].update(schema="v2.0.0")),
    "a script in one long text": (
        "breaks",
        lambda c, _: c["event"][0]["script"].update(exec="pm.test()"),
    ),
    "a script for an event that does not exist": (
        "breaks",
        lambda c, _: c["event"][0].update(listen="tests"),
    ),
    "a variable of a type that the migrator refuses": (
        "breaks",
        lambda c, _: c["variable"][0].update(type="secret"),
    ),
    "a token as a collection variable": (
        "has a value",
        lambda c, _: next(v for v in c["variable"] if v["key"] == "accessToken").update(value="x"),
    ),
    "a token in an environment": (
        "breaks",
        lambda _, e: next(v for v in e[0]["values"] if v["key"] == "accessToken").update(value="x"),
    ),
    "a token that is not marked as secret": (
        "breaks",
        lambda _, e: next(v for v in e[0]["values"] if v["key"] == "accessToken").update(
            type="default"
        ),
    ),
    "an API token somewhere in a body": (
        "API token",
        lambda c, _: request(c, 1)["request"]["body"].update(raw="00" + "a" * 40),
    ),
    "a variable that is switched off, which runners ignore": (
        "breaks",
        lambda _, e: e[0]["values"][0].update(enabled=False),
    ),
}


def violations(collection: Json, environments: list[Json]) -> list[str]:
    return audit([File("", "", data) for data in (collection, *environments)])


def test_what_is_generated_passes(files: tuple[Json, list[Json]]) -> None:
    assert violations(*files) == []


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_refused_with_its_reason(mutant: str, files: tuple[Json, list[Json]]) -> None:
    collection, environments = files
    before = copy.deepcopy(files)
    reason, mutate = MUTANTS[mutant]

    mutate(collection, environments)

    assert json.dumps(files) != json.dumps(before)
    assert reason in "; ".join(violations(collection, environments))
