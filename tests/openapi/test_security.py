"""Which server issues the tokens of a document, and with which scopes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okta_postman.openapi.api import Flow
from tests.support.apis import api

CODE = {
    "authorizationUrl": "https://login.example.com/in",
    "tokenUrl": "https://login.example.com/t",
}
IMPLICIT = {"authorizationUrl": "https://login.example.com/in"}
OTHER = {
    "authorizationUrl": "https://other.example.com/in",
    "tokenUrl": "https://other.example.com/t",
}
PKCE = Flow("https://login.example.com/in", "https://login.example.com/t", pkce=True)


def oauth(**flows: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "oauth2",
        "flows": {name: flow | {"scopes": {}} for name, flow in flows.items()},
    }


def document(schemes: dict[str, Any], *security: list[dict[str, list[str]]]) -> str:
    """A document with an operation for each of some security requirements."""
    paths = {f"/{n}": {"get": {"security": each}} for n, each in enumerate(security)}
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Orders", "version": "1"},
            "servers": [{"url": "https://api.example.com"}],
            "components": {"securitySchemes": schemes},
            "paths": paths,
        }
    )


def scope_sets(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [operation.scope_sets for operation in api(text)[0].operations]


def codes(text: str) -> list[str]:
    return [problem.code for checked in api(text)[1] for problem in checked.problems]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_of_two_schemes_in_a_requirement_the_one_with_a_code_flow_counts(
    names: tuple[str, str],
) -> None:
    schemes = dict(
        zip(names, (oauth(implicit=IMPLICIT), oauth(authorizationCode=CODE)), strict=True)
    )
    text = document(schemes, [{"a": ["x.read"], "b": ["y.read"]}])
    assert api(text)[0].flow == PKCE
    assert scope_sets(text) == [(("x.read", "y.read"),)]
    assert codes(text) == []


def test_of_two_servers_in_a_requirement_one_is_taken_and_the_other_is_reported() -> None:
    schemes = {"a": oauth(implicit=OTHER), "b": oauth(authorizationCode=CODE)}
    text = document(schemes, [{"a": ["x.read"], "b": ["y.read"]}])
    assert api(text)[0].flow == PKCE
    assert scope_sets(text) == [(("y.read",),)]
    assert codes(text) == ["O008"]


def test_a_code_flow_comes_before_any_number_of_others() -> None:
    schemes = {"old": oauth(implicit=OTHER), "login": oauth(authorizationCode=CODE)}
    text = document(schemes, *[[{"old": ["x"]}]] * 3, [{"login": ["y"]}])
    assert api(text)[0].flow == PKCE
    assert scope_sets(text) == [(), (), (), (("y",),)]
    assert codes(text) == ["O011"] * 3


@pytest.mark.parametrize(
    "same", [{"implicit": IMPLICIT}, {"clientCredentials": {"tokenUrl": CODE["tokenUrl"]}}]
)
def test_other_flows_of_the_same_server_are_no_other_server(same: dict[str, Any]) -> None:
    schemes = {"old": oauth(**same), "login": oauth(authorizationCode=CODE)}
    text = document(schemes, *[[{"old": ["x"]}]] * 3, [{"login": ["y"]}])
    assert scope_sets(text) == [(("x",),)] * 3 + [(("y",),)]
    assert codes(text) == []


@pytest.mark.parametrize(
    ("discovery", "base"),
    [
        ("https://acme.okta.com", "https://acme.okta.com/oauth2"),
        ("https://acme.okta.com/oauth2/aus1", "https://acme.okta.com/oauth2/aus1"),
        ("https://login.acme.example/oauth2/default", "https://login.acme.example/oauth2/default"),
        ("/oauth2/aus1abcdefGHIJKL0h7", "/oauth2/aus1abcdefGHIJKL0h7"),
    ],
)
@pytest.mark.parametrize("kind", ["openid-configuration", "oauth-authorization-server"])
def test_the_discovery_url_of_an_okta_server_says_where_tokens_come_from(
    discovery: str, base: str, kind: str
) -> None:
    scheme = {"type": "openIdConnect", "openIdConnectUrl": f"{discovery}/.well-known/{kind}"}
    text = document({"oidc": scheme}, [{"oidc": ["orders.read"]}])
    assert api(text)[0].flow == Flow(f"{base}/v1/authorize", f"{base}/v1/token", pkce=True)


@pytest.mark.parametrize("issuer", ["https://a.example.com", "https://a.example.com/oauth2/token"])
def test_the_discovery_url_of_another_provider_says_nothing_of_them(issuer: str) -> None:
    url = f"{issuer}/.well-known/openid-configuration"
    scheme = {"type": "openIdConnect", "openIdConnectUrl": url}
    text = document({"oidc": scheme}, [{"oidc": ["orders.read"]}])
    assert api(text)[0].flow == Flow(discovery_url=url)
    assert scope_sets(text) == [(("orders.read",),)]


def test_scopes_of_http_bearer_count_where_there_is_no_oauth_scheme() -> None:
    bearer = {"type": "http", "scheme": "Bearer"}
    assert scope_sets(document({"b": bearer}, [{"b": ["x.read"]}], [{"b": []}])) == [
        (("x.read",),),
        (),
    ]
    basic = {"type": "http", "scheme": "basic"}
    assert scope_sets(document({"b": basic}, [{"b": ["x.read"]}])) == [()]
    schemes = {"b": bearer, "login": oauth(authorizationCode=CODE)}
    assert scope_sets(document(schemes, [{"b": ["role"]}], [{"login": ["y"]}])) == [(), (("y",),)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ([" a.read "], ("a.read",)),
        (["a.read b.read"], ("a.read", "b.read")),
        (["a.read,  b.read"], ("a.read", "b.read")),
        (["a,b"], ("a,b",)),
    ],
)
def test_blanks_around_scopes_are_no_part_of_them_and_commas_are(
    written: list[str], read: tuple[str, ...]
) -> None:
    schemes = {"login": oauth(authorizationCode=CODE)}
    assert scope_sets(document(schemes, [{"login": written}])) == [(read,)]


@pytest.mark.parametrize(
    ("server", "host"),
    [
        ({"url": "https://{h}/v1", "variables": {"h": {"default": "api.acme.example"}}},
         "https://api.acme.example"),
        ({"url": "https://a.example:{p}", "variables": {"p": {"default": 8443}}},
         "https://a.example:8443"),
        ({"url": "https://{org}", "variables": {"org": {"default": "subdomain.okta.com"}}}, ""),
        ({"url": "https://{org}.okta.com"}, ""),
        ({"url": "https://acme.okta.com/api"}, "https://acme.okta.com"),
        ({"url": "/api"}, ""),
    ],
)  # fmt: skip
def test_the_host_is_that_of_the_first_server_with_the_defaults_of_its_variables(
    server: dict[str, Any], host: str
) -> None:
    text = json.loads(document({}, []))
    text["servers"] = [server]
    assert api(json.dumps(text))[0].host == host
