"""Parameters that a manifest adds to the authorization request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.manifests import ENVIRONMENT, codes, collection, generated, only_request, values
from tests.support.postman import migrate_and_lint, newman
from tests.support.program import BASE
from tests.support.stub_org import Answer, stub_org
from tests.support.tokens import access_token

TWO = """
environments:
  preview:
    org: https://acme.oktapreview.com
    app: {client_id: 0oapreview1234567890}
    sign_in_parameters: {idp: 0oapreviewidp}
  production: {}
"""


def parameters(text: str) -> list[dict[str, Any]]:
    """The parameters of the first request's settings."""
    fields = {each["key"]: each for each in only_request(text)["auth"]["oauth2"]}
    added: list[dict[str, Any]] = fields["authRequestParams"]["value"]
    return added


def test_postman_gets_them_as_its_own_exports_have_them() -> None:
    text = f"{BASE}sign_in_parameters: {{login_hint: ada@example.com, max_age: 0}}\n"
    sent = {"enabled": True, "send_as": "request_url"}
    assert parameters(text) == [
        {"key": "login_hint", "value": "ada@example.com", **sent},
        {"key": "max_age", "value": "0", **sent},
    ]


def test_a_value_that_differs_between_environments_is_a_variable() -> None:
    text = f"{BASE}sign_in_parameters: {{prompt: login, idp: 0oaidp}}{TWO}"
    named = {each["key"]: each["value"] for each in parameters(text)}
    assert named == {"prompt": "login", "idp": "{{signIn_idp}}"}
    assert values(text, "preview")["signIn_idp"] == "0oapreviewidp"
    assert values(text, "production")["signIn_idp"] == "0oaidp"


def test_where_an_environment_has_none_it_is_empty() -> None:
    assert values(f"{BASE}{TWO}", "production")["signIn_idp"] == ""


def test_without_them_settings_and_variables_are_as_ever() -> None:
    fields = [each["key"] for each in only_request(BASE)["auth"]["oauth2"]]
    assert "authRequestParams" not in fields
    assert not [each for each in generated(BASE)[ENVIRONMENT]["values"] if "signIn" in each["key"]]


def test_no_other_variable_is_called_like_one_of_theirs() -> None:
    assert codes(f"{BASE}variables: {{signIn_idp: x}}\n") == ["R031"]


@pytest.mark.parametrize("kind", ["native", "web"])
def test_postmans_tools_take_them(kind: str, tmp_path: Path) -> None:
    text = BASE.replace("{client_id", f"{{type: {kind}, client_id")
    text += "sign_in_parameters: {audience: 'api://a b&c', idp: 0oaidp}\n"
    path = tmp_path / "collection.json"
    path.write_text(json.dumps(collection(text)), encoding="utf-8")
    linted = migrate_and_lint(path, tmp_path / "v3")
    assert (linted.migrate_exit_code, linted.error_count) == (0, 0)
    token = access_token("okta.users.read")
    with stub_org({}, {("GET", "/api/v1/users"): Answer(200, "[]")}) as org:
        done = newman(path, None, {"baseUrl": org.url, "accessToken": token})
        assert done.exit_code == 0, done.failures
        assert org.seen[0].headers["authorization"] == f"Bearer {token}"
        assert org.seen[0].query == ()
