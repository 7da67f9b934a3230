"""How a document becomes a description."""

from __future__ import annotations

import pytest

from okta_postman.commands import pipeline
from okta_postman.manifest.model import Manifest
from tests.support.manifests import manifest as read
from tests.support.program import BASE


def mapped(scope_map: str) -> Manifest:
    return read(BASE.partition("scopes:")[0] + f"scopes: {scope_map}\n")


def test_without_environments_there_is_one_named_after_the_host() -> None:
    only = read(BASE).environments
    assert [(each.name, each.slug) for each in only] == [("acme.okta.com", "acme.okta.com")]


def test_an_environment_restates_what_differs_and_merges_app_and_variables() -> None:
    manifest = read(
        BASE
        + "variables: {a: '1', b: '2'}\n"
        + "environments:\n"
        + "  preview: {org: acme.oktapreview.com, app: {type: browser}, variables: {b: '3'}}\n"
        + "  production:\n"
    )
    preview, production = manifest.environments
    assert preview.org == "https://acme.oktapreview.com"
    assert (preview.app.client_id, preview.app.type) == ("0oan47pj9BsB30h7", "browser")
    assert preview.variables == {"a": "1", "b": "3"}
    assert production.org == "https://acme.okta.com"
    assert production.variables == {"a": "1", "b": "2"}


def test_the_id_is_a_slug_of_the_name_unless_it_is_given() -> None:
    assert read(BASE).id == "okta-users"
    assert read(BASE + "id: Mine_2\n").id == "Mine_2"
    assert read(BASE.replace("Okta users", "'Équipe №1: Okta'")).id == "equipe-no1-okta"


def test_the_redirect_uri_stays_as_it_was_typed() -> None:
    typed = "HTTPS://Example.com:443/CB/?a=B%2f"
    text = BASE.replace("https://oauth.pstmn.io/v1/callback", typed)
    assert read(text).environments[0].redirect_uri == typed


def test_scopes_of_a_key_are_needed_together() -> None:
    only = mapped("{okta.groups.read okta.apps.read: [GET /x]}").requests[0]
    assert only.scopes == ("okta.apps.read", "okta.groups.read")


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
    assert read(text).requests[0].scopes == ("okta.users.manage",)


def test_the_names_of_parameters_do_not_make_another_endpoint() -> None:
    only = mapped("{okta.a.read: ['GET /u/{id}'], okta.b.read: ['GET /u/{userId}']}").requests
    assert [(str(each.endpoint), len(each.alternatives)) for each in only] == [("GET /u/{id}", 1)]


def test_what_is_said_under_one_key_holds_under_the_other() -> None:
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


def test_requests_stand_in_the_order_in_which_they_are_first_listed() -> None:
    names = [
        each.name
        for each in mapped(
            "{a.b: [GET /b, GET /a], a.a: [GET /a, GET /c]}\nauthorization_server: default"
        ).requests
    ]
    assert names == ["GET /b", "GET /a", "GET /c"]


ORDERS = (
    "version: 1\nname: Orders\norg: https://api.example.com\nauthorization_server: {server}\n"
    "app: {{client_id: orders-app}}\nredirect_uri: https://oauth.pstmn.io/v1/callback\n"
    "scopes: {{orders.read: {listed}}}\n"
)
ELSEWHERE = "{authorize_url: https://a.example.com/in, token_url: https://a.example.com/token}"
servers = pytest.mark.parametrize("server", [ELSEWHERE, "default", "aus9o8wzkhckw9TLa0h7"])


@servers
def test_what_is_true_of_oktas_endpoints_is_said_of_no_others(server: str) -> None:
    paths = ("POST /api/v1/users", "GET /oauth2/v1/keys", "GET /idp/myaccount/profile")
    created, keys, profile = read(ORDERS.format(server=server, listed=list(paths))).requests
    assert (created.name, created.folder, created.body) == (paths[0], "Users", None)
    assert str(keys.endpoint) == paths[1]
    assert profile.name == paths[2]


@servers
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
def test_names_of_oktas_operations_are_for_the_org_authorization_server(
    server: str, listed: str, begun: str
) -> None:
    text = ORDERS.format(server=server, listed=listed)
    manifest, checked = pipeline.check("test.yaml", text.encode())
    assert manifest is None
    (only,) = checked.problems
    assert only.code == "R021"
    assert only.message.startswith(begun)


@pytest.mark.parametrize("client_id", ["web", "ui", "a.b", "x", "https://app.example.com/id?a=b"])
def test_a_client_id_of_another_server_is_what_that_server_says(client_id: str) -> None:
    text = ORDERS.format(server=ELSEWHERE, listed="[GET /orders]")
    text = text.replace("orders-app", f"'{client_id}'")
    assert read(text).environments[0].app.client_id == client_id
    _, checked = pipeline.check("test.yaml", text.replace(ELSEWHERE, "default").encode())
    okta = [each.code for each in checked.problems]
    assert okta == ["R033"]


@pytest.mark.parametrize("client_id", ["YOUR_CLIENT_ID", "{{clientId}}", " web", "w\u00e9b"])
def test_a_client_id_of_no_server_is_refused(client_id: str) -> None:
    text = ORDERS.format(server=ELSEWHERE, listed="[GET /orders]")
    text = text.replace("orders-app", f"'{client_id}'")
    manifest, checked = pipeline.check("test.yaml", text.encode())
    assert manifest is None
    assert "R033" in [each.code for each in checked.problems]


def test_oktas_catalogue_holds_where_one_of_the_servers_is_the_org_authorization_server() -> None:
    text = ORDERS.format(server="default", listed="").partition("scopes:")[0]
    text += "scopes: {openid: [listUsers]}\nenvironments: {a: {authorization_server: org}, b: {}}\n"
    assert read(text.replace("api.example.com", "acme.okta.com")).requests[0].name == "List users"


def test_a_server_that_is_not_oktas_is_given_by_its_urls() -> None:
    manifest = read(
        "version: 1\nname: Orders\norg: https://api.example.com:8443\n"
        "authorization_server:\n"
        "  authorize_url: https://login.example.com/authorize?policy=a\n"
        "  token_url: https://login.example.com/token\n"
        "app: {client_id: orders-app}\nredirect_uri: https://oauth.pstmn.io/v1/callback\n"
        "scopes: {orders.read: [GET /orders]}\n"
    )
    (only,) = manifest.environments
    assert only.org == "https://api.example.com:8443"
    assert only.authorization_server == (
        "",
        "https://login.example.com/authorize?policy=a",
        "https://login.example.com/token",
    )
