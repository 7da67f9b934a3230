"""How entries become requests."""

from __future__ import annotations

import pytest

from tests.support.manifests import manifest, mapped
from tests.support.program import BASE


@pytest.mark.parametrize(
    ("scope_map", "chosen", "others"),
    [
        (
            "{okta.users.manage: [GET /x], okta.users.read: [GET /x]}",
            "okta.users.read",
            ["okta.users.manage"],
        ),
        (
            "{okta.a.read okta.b.read: [GET /x], okta.c.read: [GET /x]}",
            "okta.c.read",
            ["okta.a.read okta.b.read"],
        ),
        ("{okta.b.read: [GET /x], okta.a.read: [GET /x]}", "okta.b.read", ["okta.a.read"]),
    ],
)
def test_of_several_scopes_the_narrowest_is_asked_for(
    scope_map: str, chosen: str, others: list[str]
) -> None:
    only = mapped(scope_map).requests
    assert len(only) == 1
    assert " ".join(only[0].scopes) == chosen
    assert [" ".join(other) for other in only[0].alternatives] == others


def test_of_several_scopes_only_a_granted_one_is_asked_for() -> None:
    text = BASE.replace("0oan47pj9BsB30h7", "0oan47pj9BsB30h7, grants: [okta.users.manage]")
    text += "  okta.users.manage:\n    - GET /api/v1/users\n"
    assert manifest(text).requests[0].scopes == ("okta.users.manage",)


def test_the_names_of_parameters_do_not_make_another_endpoint() -> None:
    only = mapped("{okta.a.read: ['GET /u/{id}'], okta.b.read: ['GET /u/{userId}']}").requests
    assert [(str(each.endpoint), len(each.alternatives)) for each in only] == [("GET /u/{id}", 1)]


def test_details_under_one_key_hold_under_the_others() -> None:
    only = mapped(
        "{okta.a.manage: [POST /u], okta.a.read: [{request: POST /u, body: {x: 1}}]}"
    ).requests
    assert len(only) == 1
    assert only[0].body is not None


def test_two_names_make_two_requests_of_one_endpoint() -> None:
    both = mapped(
        "{okta.a.manage: [{request: POST /u, name: One}, {request: POST /u, name: Two}],"
        " okta.b.manage: [POST /u]}"
    ).requests
    assert [(each.name, each.variant) for each in both] == [("One", 0), ("Two", 1)]
    assert all(each.alternatives == (("okta.b.manage",),) for each in both)


def test_requests_are_in_the_order_in_which_they_are_first_listed() -> None:
    names = [
        each.name
        for each in mapped(
            "{a.b: [GET /b, GET /a], a.a: [GET /a, GET /c]}\nauthorization_server: default"
        ).requests
    ]
    assert names == ["GET /b", "GET /a", "GET /c"]
