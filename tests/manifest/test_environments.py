"""How the environments of a manifest are read."""

from __future__ import annotations

import pytest

from tests.support.manifests import ORDERS, OTHER_SERVER, codes, manifest
from tests.support.program import BASE


def test_without_environments_there_is_one_named_after_the_host() -> None:
    only = manifest(BASE).environments
    assert [(each.name, each.slug) for each in only] == [("acme.okta.com", "acme.okta.com")]


def test_an_environment_has_keys_of_its_own_and_merges_app_and_variables() -> None:
    found = manifest(
        BASE
        + "variables: {a: '1', b: '2'}\n"
        + "environments:\n"
        + "  preview: {org: acme.oktapreview.com, app: {type: browser}, variables: {b: '3'}}\n"
        + "  production:\n"
    )
    preview, production = found.environments
    assert preview.org == "https://acme.oktapreview.com"
    assert (preview.app.client_id, preview.app.type) == ("0oan47pj9BsB30h7", "browser")
    assert preview.variables == {"a": "1", "b": "3"}
    assert production.org == "https://acme.okta.com"
    assert production.variables == {"a": "1", "b": "2"}


def test_the_redirect_uri_stays_as_it_was_typed() -> None:
    typed = "HTTPS://Example.com:443/CB/?a=B%2f"
    text = BASE.replace("https://oauth.pstmn.io/v1/callback", typed)
    assert manifest(text).environments[0].redirect_uri == typed


@pytest.mark.parametrize("client_id", ["web", "ui", "a.b", "x", "https://app.example.com/id?a=b"])
def test_a_client_id_of_another_server_is_what_that_server_says(client_id: str) -> None:
    text = ORDERS.format(server=OTHER_SERVER, listed="[GET /orders]")
    text = text.replace("orders-app", f"'{client_id}'")
    assert manifest(text).environments[0].app.client_id == client_id
    assert codes(text.replace(OTHER_SERVER, "default")) == ["R033"]


@pytest.mark.parametrize("client_id", ["YOUR_CLIENT_ID", "{{clientId}}", " web", "w\u00e9b"])
def test_a_client_id_of_no_server_is_refused(client_id: str) -> None:
    text = ORDERS.format(server=OTHER_SERVER, listed="[GET /orders]")
    text = text.replace("orders-app", f"'{client_id}'")
    assert "R033" in codes(text)


@pytest.mark.parametrize(
    "org", ["http://localhost:8080", "http://127.0.0.1:80", "http://[::1]:1", "https://localhost"]
)
def test_a_loopback_address_may_have_a_port_and_no_tls(org: str) -> None:
    found = manifest(BASE.replace("https://acme.okta.com", org))
    assert [each.org for each in found.environments] == [org]
