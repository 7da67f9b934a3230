"""How the scope map is read."""

from __future__ import annotations

import pytest

from tests.support.manifests import ORDERS, OTHER_SERVER, check, manifest, mapped, problems

OKTA_BY_URLS = OTHER_SERVER.replace("a.example.com/in", "acme.okta.com/oauth2/aus1/v1/authorize")

each_server = pytest.mark.parametrize("server", [OTHER_SERVER, "default", "aus9o8wzkhckw9TLa0h7"])


def test_scopes_of_a_key_are_needed_together() -> None:
    only = mapped("{okta.groups.read okta.apps.read: [GET /x]}").requests[0]
    assert only.scopes == ("okta.apps.read", "okta.groups.read")


@each_server
@pytest.mark.parametrize(
    ("listed", "begun"),
    [
        ("all", "`all` works only with the org authorization server: the API catalog has"),
        (
            "[listUsers]",
            "`listUsers` is not an endpoint: the API catalog has only Okta's operations",
        ),
    ],
)
def test_operation_ids_and_all_need_the_org_authorization_server(
    server: str, listed: str, begun: str
) -> None:
    (only,) = problems(ORDERS.format(server=server, listed=listed))
    assert (only.code, only.severity) == ("R021", "error")
    assert only.message.startswith(begun)


def test_the_api_catalog_is_used_if_one_server_is_the_org_authorization_server() -> None:
    text = ORDERS.format(server="default", listed="").partition("scopes:")[0]
    text += "scopes: {openid: [listUsers]}\nenvironments: {a: {authorization_server: org}, b: {}}\n"
    (only,) = manifest(text.replace("api.example.com", "acme.okta.com")).requests
    assert only.name == "List users"


@pytest.mark.parametrize(
    ("server", "key", "codes"),
    [
        (OTHER_SERVER, "a,b", []),
        (OTHER_SERVER, "a;b c,d", []),
        (OTHER_SERVER, "a, b", ["R013"]),
        (OTHER_SERVER, "a,", ["R013"]),
        (OTHER_SERVER, "email", []),
        (OKTA_BY_URLS, "a,b", ["R013"]),
        (OKTA_BY_URLS, "email", ["R036"]),
        ("default", "a,b", ["R013"]),
        ("default", "email", ["R036"]),
    ],
)  # fmt: skip
def test_what_okta_forbids_is_forbidden_only_where_okta_issues_the_tokens(
    server: str, key: str, codes: list[str]
) -> None:
    text = ORDERS.format(server=server, listed="[GET /orders]").replace("orders.read:", f'"{key}":')
    _, checked = check("x.yaml", text.replace("orders-app", "0oan47pj9BsB30h7").encode())
    assert [problem.code for problem in checked.problems] == codes
