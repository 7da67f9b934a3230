"""How the authorization servers of a manifest are read."""

from __future__ import annotations

from tests.support.manifests import manifest


def test_another_providers_server_is_given_by_its_urls() -> None:
    found = manifest(
        "version: 1\nname: Orders\norg: https://api.example.com:8443\n"
        "authorization_server:\n"
        "  authorize_url: https://login.example.com/authorize?policy=a\n"
        "  token_url: https://login.example.com/token\n"
        "app: {client_id: orders-app}\nredirect_uri: https://oauth.pstmn.io/v1/callback\n"
        "scopes: {orders.read: [GET /orders]}\n"
    )
    (only,) = found.environments
    assert only.org == "https://api.example.com:8443"
    assert only.authorization_server == (
        "",
        "https://login.example.com/authorize?policy=a",
        "https://login.example.com/token",
    )
