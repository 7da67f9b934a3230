"""How the scope map is read."""

from __future__ import annotations

import pytest

from tests.support.manifests import ORDERS, OTHER_SERVER, manifest, mapped, problems

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
