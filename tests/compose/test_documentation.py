"""The documentation in the descriptions of collection, folders and requests."""

from __future__ import annotations

from tests.support.manifests import LAYOUT, collection, only_request
from tests.support.program import BASE


def test_the_documentation_says_which_scope_and_why() -> None:
    text = LAYOUT.replace("[POST /api/v1/users]", "[POST /api/v1/users, GET /api/v1/users]")
    made = collection(text)
    request = made["item"][0]["item"][0]["request"]
    assert "**Scope:** `okta.users.read`" in request["description"]
    assert "Also sufficient: `okta.users.manage`" in request["description"]
    assert "| `okta.users.read` | 2 |" in made["info"]["description"]
    assert "https://oauth.pstmn.io/v1/callback" in made["info"]["description"]
    assert "- `okta.users.read`: 2" in made["item"][0]["description"]


def test_the_documentation_promises_no_grant_for_scopes_that_are_not_granted() -> None:
    text = BASE.replace("okta.users.read", "orders.read") + "authorization_server: default\n"
    made = collection(text)
    assert "Okta API Scopes" not in made["info"]["description"]
    assert "granted" not in only_request(text)["description"]


def test_the_documentation_calls_nothing_narrowest_that_is_not() -> None:
    text = LAYOUT.replace("[POST /api/v1/users]", "[GET /api/v1/users]")
    granted = text.replace("0oan47pj9BsB30h7", "0oan47pj9BsB30h7, grants: [okta.users.manage]")
    granted = granted.partition("  okta.groups.read")[0].replace(", GET /api/v1/users/me", "")
    description = only_request(granted)["description"]
    assert "`okta.users.manage`" in description.partition("Also sufficient")[0]
    assert "narrowest" not in description
