"""What the program knows of Okta."""

from __future__ import annotations

import pytest

from okta_postman.okta import credentials, scopes
from okta_postman.okta.endpoints import accept_header, reason_against_bearer, resource
from okta_postman.okta.org_url import OrgUrl, Refusal, org_url
from okta_postman.okta.servers import server_of


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


def test_the_org_server_has_no_id_in_its_urls() -> None:
    assert server_of("https://a", "org").authorize_url == "https://a/oauth2/v1/authorize"
    assert server_of("https://a", "aus1").authorize_url == "https://a/oauth2/aus1/v1/authorize"


@pytest.mark.parametrize(
    ("path", "takes_one"),
    [
        ("/api/v1/users", True),
        ("/oauth2/v1/clients", True),
        ("/oauth2/v1/userinfo", True),
        ("/api/v1/authn", False),
        ("/api/v1/authn/factors/{factorId}/verify", False),
        ("/api/v1/authenticators", True),
        ("/oauth2/v1/token", False),
        ("/oauth2/{authorizationServerId}/v1/token", False),
        ("/oauth2/default/v1/introspect", False),
        ("/oauth2/v1/keys", False),
        ("/.well-known/okta-organization", False),
        ("/oauth2/default/.well-known/openid-configuration", False),
    ],
)
def test_some_endpoints_take_no_bearer_token(path: str, takes_one: bool) -> None:  # noqa: FBT001
    assert (reason_against_bearer(path) is None) == takes_one


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/api/v1/users/{userId}/lifecycle/activate", "Users"),
        ("/api/v1/logStreams/{id}", "Log streams"),
        ("/api/v1/api-tokens", "API tokens"),
        ("/api/v1/iam/roles", "IAM"),
        ("/oauth2/v1/clients/{clientId}", "Clients"),
        ("/idp/myaccount/emails", "MyAccount"),
        ("/integrations/api/v1/api-services", "API services"),
        ("/{everything}", "Other"),
    ],
)
def test_a_path_is_about_its_first_own_segment(path: str, title: str) -> None:
    assert resource(path) == title


def test_accept_is_versioned_for_myaccount_only() -> None:
    assert accept_header("/api/v1/users") == "application/json"
    assert accept_header("/idp/myaccount/profile") == "application/json; okta-version=1.0.0"


def test_reading_is_less_than_managing_and_one_is_less_than_two() -> None:
    sets = [
        ("okta.users.manage",),
        ("okta.groups.read", "okta.users.read"),
        ("okta.users.read",),
    ]
    assert sorted(sets, key=scopes.privilege) == [sets[2], sets[1], sets[0]]


@pytest.mark.parametrize(
    ("scope", "meant"),
    [
        ("okta.users.write", "okta.users.manage"),
        ("okta.users.delete", "okta.users.manage"),
        ("okta.users.list", "okta.users.read"),
        ("okta.users.manage", None),
        ("okta.users.read.self", None),
        ("orders.write", None),
    ],
)
def test_a_scope_that_okta_never_has_means_another(scope: str, meant: str | None) -> None:
    assert scopes.likely_meant(scope) == meant


TOKEN = "00" + "aB3_-" * 8
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4eHh4In0.c2ln"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"token: {TOKEN}", TOKEN),
        (f"Authorization: SSWS {TOKEN}", TOKEN),
        (f"SSWS{TOKEN}", TOKEN),
        (f"x: {JWT}", JWT),
        ("client_secret: hunter2", "hunter2"),
        ('"clientSecret": "hunter2"', "hunter2"),
        ("  secret: hunter2", "hunter2"),
        ("apikey: abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"),
        ("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----"),
        (f"kty: RSA\nd: {'x' * 43}", "x" * 43),
    ],
)
def test_a_credential_is_found_and_masked(text: str, value: str) -> None:
    assert value not in credentials.masked(text)
    assert len(credentials.masked(text)) == len(text)
    assert [text[each.start : each.end] for each in credentials.find_credentials(text)] == [value]


@pytest.mark.parametrize("escape", [r"\n", r"\t", r"\\n", r"\u003c", r"\u00e9", "%20", '\\"'])
def test_a_credential_behind_an_escape_is_masked_and_stays_where_it_is(escape: str) -> None:
    text = f'note: "line{escape}{TOKEN}"'
    assert TOKEN not in credentials.masked(text)
    assert len(credentials.unescaped(text)) == len(text)
    assert credentials.unescaped(text).index(TOKEN) == text.index(TOKEN)


@pytest.mark.parametrize(
    "text",
    [
        "Migrated from SSWS tokens to OAuth 2.0",
        "Authorization: SSWS {{apikey}}",
        "client_secret: '{{clientSecret}}'",
        "client_secret:",
        "the client secret never stands here",
        "client_id: 0oan47pj9BsB30h7",
        "app: {client_id: 00ub0oNGTSWTBKOLGLNR}",
        "body: {credentials: {password: {value: abcd}}}",
    ],
)
def test_what_only_sounds_like_a_credential_is_none(text: str) -> None:
    assert list(credentials.find_credentials(text)) == []


@pytest.mark.parametrize(
    "scope",
    ["okta.users.read", "okta.governance.labels.manage", "okta.users.read.self", "ssf.read"],
)
def test_scopes_without_published_operations_are_known_too(scope: str) -> None:
    assert scope in scopes.known()
