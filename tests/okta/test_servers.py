"""The authorization servers of an org."""

from __future__ import annotations

import pytest

from okta_postman.okta import servers
from okta_postman.okta.servers import server_of


def test_the_org_server_has_no_id_in_its_urls() -> None:
    assert server_of("https://a", "org").authorize_url == "https://a/oauth2/v1/authorize"
    assert server_of("https://a", "aus1").authorize_url == "https://a/oauth2/aus1/v1/authorize"


@pytest.mark.parametrize(
    ("url", "is_oktas"),
    [
        ("https://acme.okta.com/oauth2/v1/authorize", True),
        ("https://acme.okta.com/oauth2/aus1/v1/authorize", True),
        ("https://login.acme.example/oauth2/default/v1/authorize", True),
        ("https://login.acme.example/oauth2/aus1abcdefGHIJKL0h7/v1/authorize", True),
        ("https://login.acme.example/oauth2/v1/authorize", False),
        ("https://login.acme.example/oauth2/shop/v1/authorize", False),
        ("https://okta.com.example/oauth2/v1/authorize", False),
        ("https://[x/oauth2/v1/authorize", False),
    ],
)
def test_a_server_that_goes_by_its_urls_may_be_oktas(url: str, *, is_oktas: bool) -> None:
    other = servers.AuthorizationServer(servers.OTHER_ISSUER, url, url)
    assert servers.is_okta_server(other) == is_oktas
