"""How much access scopes give, told by their spelling."""

from __future__ import annotations

import pytest

from okta_postman.okta import catalog
from okta_postman.okta.privilege import broader_scopes, level, narrowest, rivals


@pytest.mark.parametrize(
    ("sets", "least"),
    [
        ("okta.users.manage | okta.groups.read okta.users.read | okta.users.read", 2),
        ("openid profile email | openid", 1),
        ("api profile | api", 1),
        ("a.write | a.read b.read", 1),
        ("drive | drive.readonly | drive.metadata.readonly", 2),
        ("https://x/auth/drive | https://x/auth/drive.readonly", 1),
        ("User.ReadWrite.All | User.Read.All | User.Read", 2),
        ("Sites.FullControl.All | Sites.ReadWrite.All", 1),
        ("write:repo | read:repo", 1),
        ("admin:org | write:org | read:org", 2),
        ("linodes:read_write | linodes:read_only", 1),
        ("orders-write | orders-read", 1),
        ("ORDERS_WRITE | ORDERS_READ", 1),
        ("all | orders", 0),
        ("okta.users.read | okta.users.read.self", 1),
        ("orders.edit | orders.view", 1),
        ("users:write | users:read.email", 1),
    ],
)
def test_the_least_of_several_scope_sets_is_told_by_how_they_are_spelled(
    sets: str, least: int
) -> None:
    scope_sets = [tuple(sorted(each.split())) for each in sets.split(" | ")]
    assert narrowest(scope_sets) == scope_sets[least]
    if "all" not in sets:
        assert rivals(scope_sets) == []
        assert narrowest(scope_sets[::-1]) == scope_sets[least]


@pytest.mark.parametrize("sets", ["api | shop", "shop | shop.write", "alpha | beta gamma"])
def test_the_first_is_taken_where_the_spelling_does_not_tell(sets: str) -> None:
    scope_sets = [tuple(each.split()) for each in sets.split(" | ")]
    assert narrowest(scope_sets) == scope_sets[0]
    assert rivals(scope_sets) == scope_sets[1:]
    assert narrowest(scope_sets[::-1]) == scope_sets[1]


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ("openid profile groups", "sign-in"),
        ("a.read a:read read:a a_read A.Read.All a.readonly a:read_only View-a read", "read"),
        ("a.write a.manage A.ReadWrite a:read_write write:a admin:a a.delete Mail.Send", "manage"),
        ("all full_access okta.inlineHooks.manage okta.users.manage.self", "manage"),
        ("drive repo api a.b Directory.AccessAsUser.All * read-the-docs-write-x", "unknown"),
        ("read:admin admin:read post.read a.read.v2", "read"),
    ],
)
def test_a_level_is_unknown_where_nobody_can_judge(scopes: str, expected: str) -> None:
    assert {scope: level(scope) for scope in scopes.split()} == dict.fromkeys(
        scopes.split(), expected
    )


def test_every_scope_of_okta_has_a_level() -> None:
    assert {level(scope) for scope in catalog.scopes()} == {"sign-in", "read", "manage"}


@pytest.mark.parametrize(
    ("before", "added", "expected"),
    [
        ("orders:read", "orders:write", ("orders:read", "manage")),
        ("read:repo", "write:repo", ("read:repo", "manage")),
        ("User.Read", "User.Read.All", ("User.Read", "org-wide")),
        ("orders.read", "shop", ("", "unknown")),
        ("drive.readonly", "drive", ("drive.readonly", "unknown")),
        ("shop", "orders.manage", ("", "manage")),
        ("openid", "shop", ("", "unknown")),
        ("shop", "stock", None),
        ("orders.manage", "shop", None),
        ("orders.read", "stock.read", None),
        ("", "shop", None),
    ],
)
def test_broader_access_is_unknown_where_nobody_can_judge(
    before: str, added: str, expected: tuple[str, str] | None
) -> None:
    found = broader_scopes(before.split(), [added])
    assert [(each.instead_of, each.kind) for each in found] == ([expected] if expected else [])
