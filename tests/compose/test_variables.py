"""The variables of environments and of the collection."""

from __future__ import annotations

from tests.support.manifests import collection, endpoint, only_request, values
from tests.support.program import BASE


def test_the_environment_says_how_to_reach_the_org() -> None:
    variables = values(BASE)
    assert variables.pop("state").isalnum()
    assert variables == {
        "baseUrl": "https://acme.okta.com",
        "authUrl": "https://acme.okta.com/oauth2/v1/authorize",
        "accessTokenUrl": "https://acme.okta.com/oauth2/v1/token",
        "clientId": "0oan47pj9BsB30h7",
        "redirectUri": "https://oauth.pstmn.io/v1/callback",
        "accessToken": "",
    }


def test_a_custom_server_has_its_own_urls() -> None:
    text = BASE.replace("okta.users.read", "orders.read") + "authorization_server: default\n"
    variables = values(text)
    assert variables["authUrl"] == "https://acme.okta.com/oauth2/default/v1/authorize"
    assert variables["accessTokenUrl"] == "https://acme.okta.com/oauth2/default/v1/token"


def test_a_parameter_named_like_a_connection_variable_gets_a_name_of_its_own() -> None:
    text = endpoint("GET /oauth2/v1/clients/{clientId}")
    assert only_request(text)["url"]["variable"] == [
        {"key": "clientId", "value": "{{pathClientId}}"}
    ]
    variables = values(text)
    assert variables["clientId"] == "0oan47pj9BsB30h7"
    assert variables["pathClientId"] == ""


def test_the_variables_of_the_first_environment_stand_in_the_collection() -> None:
    text = BASE + "environments: {b: {org: b.okta.com}, a: {org: a.okta.com}}\n"
    variables = {each["key"]: each["value"] for each in collection(text)["variable"]}
    assert variables["baseUrl"] == "https://b.okta.com"


def test_a_variable_of_one_environment_is_empty_in_the_others() -> None:
    text = BASE + "environments: {a: {variables: {x: '1'}}, b: {}}\n"
    assert [values(text, name)["x"] for name in "ab"] == ["1", ""]


def test_an_alias_keeps_what_was_typed() -> None:
    text = BASE + "variables: {a: &x 1.10, b: *x, c: &n , d: *n}\n"
    variables = values(text)
    assert [variables[key] for key in "abcd"] == ["1.10", "1.10", "", ""]
