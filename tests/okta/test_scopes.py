"""Which scopes there are, and how much access they give."""

from __future__ import annotations

import pytest

from okta_postman.okta import scopes


@pytest.mark.parametrize(
    ("scope", "meant"),
    [
        ("okta.users.write", "okta.users.manage"),
        ("okta.users.delete", "okta.users.manage"),
        ("okta.users.list", "okta.users.read"),
        ("okta.users.manage", None),
        ("okta.users.read.self", None),
        ("orders.write", None),
    ],
)
def test_a_scope_that_okta_never_has_means_another(scope: str, meant: str | None) -> None:
    assert scopes.likely_meant(scope) == meant


@pytest.mark.parametrize(
    "scope",
    ["okta.users.read", "okta.governance.labels.manage", "okta.users.read.self", "ssf.read"],
)
def test_scopes_without_published_operations_are_known_too(scope: str) -> None:
    assert scope in scopes.known()
