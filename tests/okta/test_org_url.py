"""The URL of an org: what it may be, and what is proposed instead."""

from __future__ import annotations

import pytest

from okta_postman.okta.org_url import OrgUrl, Refusal, org_url


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://acme.okta.com", "https://acme.okta.com"),
        ("https://acme.okta.com/", "https://acme.okta.com"),
        ("acme.okta.com", "https://acme.okta.com"),
        ("ACME.okta.com", "https://acme.okta.com"),
        ("acme.oktapreview.com", "https://acme.oktapreview.com"),
        ("acme.okta-emea.com", "https://acme.okta-emea.com"),
        ("acme.okta-gov.com", "https://acme.okta-gov.com"),
        ("acme.okta.mil", "https://acme.okta.mil"),
        ("login.acme.example", "https://login.acme.example"),
        ("acme-administration.okta.com", "https://acme-administration.okta.com"),
        ("login-admin.acme.example", "https://login-admin.acme.example"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:4000", "http://127.0.0.1:4000"),
        ("http://[::1]:4000", "http://[::1]:4000"),
        ("https://localhost", "https://localhost"),
    ],
)
def test_an_org_is_scheme_and_host(typed: str, url: str) -> None:
    found = org_url(typed)
    assert isinstance(found, OrgUrl)
    assert found.url == url


@pytest.mark.parametrize(
    ("typed", "reason", "instead"),
    [
        ("https://{yourOktaDomain}", "placeholder", "acme.okta.com"),
        ("{yourOktaDomain}", "placeholder", "acme.okta.com"),
        ("https://${yourOktaDomain}", "placeholder", "acme.okta.com"),
        ("{{url}}", "placeholder", "acme.okta.com"),
        ("https://yourOktaDomain.okta.com", "placeholder", "acme.okta.com"),
        ("https://acme-admin.okta.com", "admin", "`https://acme.okta.com`"),
        ("acme-admin.oktapreview.com", "admin", "`https://acme.oktapreview.com`"),
        ("https://acme.okta.com/oauth2/default", "more", "`https://acme.okta.com`"),
        ("https://acme.okta.com?x=1", "more", "`https://acme.okta.com`"),
        ("https://acme.okta.com:8443", "more", "`https://acme.okta.com`"),
        ("https://me@acme.okta.com", "more", "`https://acme.okta.com`"),
        ("http://acme.okta.com", "scheme", "`https://acme.okta.com`"),
        ("ftp://acme.okta.com", "scheme", "`https://acme.okta.com`"),
        ("acme", "host", "https://acme.okta.com"),
        ("https://", "host", "https://acme.okta.com"),
        ("https://acme okta.com", "host", "https://acme.okta.com"),
        ("https://[::1", "host", "https://acme.okta.com"),
        ("https://acme.okta.com:99999", "host", "https://acme.okta.com"),
    ],
)
def test_what_is_no_org_is_refused_with_the_right_form(
    typed: str, reason: str, instead: str
) -> None:
    found = org_url(typed)
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert instead in found.hint
