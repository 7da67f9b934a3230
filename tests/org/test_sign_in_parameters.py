"""Parameters that a manifest adds to the authorization request, in sign-ins of the program."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from okta_postman.org.sign_in import authorization_code, implicit
from tests.support.manifests import manifest
from tests.support.program import BASE

ADDED = "sign_in_parameters: {idp: 0oaidp, login_hint: a+x@example.com, prompt: login, uri: a}\n"


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


@pytest.mark.parametrize("begin", [authorization_code, implicit])
def test_they_are_in_the_url_each_once(begin: type) -> None:
    environment = manifest(BASE + ADDED).environments[0]
    sent = query(begin(environment, ("okta.users.read",)).url)
    assert sent["idp"] == ["0oaidp"]
    assert sent["login_hint"] == ["a+x@example.com"]
    assert (sent["prompt"], sent["uri"]) == (["login"], ["a"])
    assert sent["scope"] == ["okta.users.read"]


def test_a_check_without_a_page_asks_for_none_whatever_the_manifest_says() -> None:
    environment = manifest(BASE + ADDED).environments[0]
    sent = query(authorization_code(environment, ("okta.users.read",), prompt="none").url)
    assert (sent["prompt"], sent["idp"]) == (["none"], ["0oaidp"])


def test_an_empty_one_is_not_sent() -> None:
    environment = manifest(f"{BASE}sign_in_parameters: {{idp: ''}}\n").environments[0]
    assert "idp" not in query(authorization_code(environment, ("okta.users.read",)).url)
