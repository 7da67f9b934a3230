"""OAuth 2.0 settings: their fields, and where they are."""

from __future__ import annotations

import pytest

from tests.support.manifests import ENVIRONMENT, LAYOUT, collection, generated, only_request
from tests.support.program import BASE


def test_a_web_app_gets_an_empty_secret_and_nothing_else_changes() -> None:
    text = BASE.replace("{client_id", "{type: web, client_id")
    fields = [field["key"] for field in only_request(text)["auth"]["oauth2"]]
    values = {variable["key"]: variable for variable in generated(text)[ENVIRONMENT]["values"]}
    assert fields.index("clientSecret") == fields.index("clientId") + 1
    assert values["clientSecret"] == {
        "key": "clientSecret",
        "value": "",
        "type": "secret",
        "enabled": True,
    }


@pytest.mark.parametrize(
    ("redirect_uri", "browser"),
    [
        ("https://oauth.pstmn.io/v1/callback", True),
        ("https://oauth.pstmn.io/v1/browser-callback", True),
        ("http://localhost:8080/callback", False),
        ("com.example.app:/callback", False),
    ],
)
def test_the_browser_is_used_with_postmans_callbacks_only(redirect_uri: str, browser: bool) -> None:  # noqa: FBT001
    text = BASE.replace("https://oauth.pstmn.io/v1/callback", redirect_uri)
    fields = {each["key"]: each["value"] for each in only_request(text)["auth"]["oauth2"]}
    assert fields["useBrowser"] is browser


def test_one_token_for_everything_asks_for_all_scopes() -> None:
    auth = collection(f"{LAYOUT}collection: {{auth: collection}}\n")["auth"]["oauth2"]
    scope = next(each["value"] for each in auth if each["key"] == "scope")
    assert scope == "okta.groups.read okta.users.manage okta.users.read"
