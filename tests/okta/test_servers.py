"""The authorization servers of an org."""

from __future__ import annotations

from okta_postman.okta.servers import server_of


def test_the_org_server_has_no_id_in_its_urls() -> None:
    assert server_of("https://a", "org").authorize_url == "https://a/oauth2/v1/authorize"
    assert server_of("https://a", "aus1").authorize_url == "https://a/oauth2/aus1/v1/authorize"
