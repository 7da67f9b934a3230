"""One request: its URL, headers and body."""

from __future__ import annotations

import json

import pytest

from tests.support.manifests import endpoint, only_request


def test_a_parameter_that_is_a_segment_becomes_a_path_variable() -> None:
    url = only_request(endpoint("GET /api/v1/users/{userId}/groups"))["url"]
    assert url == {
        "raw": "{{baseUrl}}/api/v1/users/:userId/groups",
        "host": ["{{baseUrl}}"],
        "path": ["api", "v1", "users", ":userId", "groups"],
        "variable": [{"key": "userId", "value": "{{userId}}"}],
    }


def test_a_parameter_that_is_part_of_a_segment_becomes_a_variable() -> None:
    url = only_request(endpoint("GET /api/v1/reports/{reportId}.csv"))["url"]
    assert url["path"] == ["api", "v1", "reports", "{{reportId}}.csv"]
    assert "variable" not in url


def test_an_endpoints_own_value_stands_in_the_request() -> None:
    text = endpoint("{request: 'GET /api/v1/users/{userId}', variables: {userId: me}}")
    assert only_request(text)["url"]["variable"] == [{"key": "userId", "value": "me"}]


def test_query_values_keep_their_spelling_and_encode_what_would_not_arrive() -> None:
    text = endpoint("{request: GET /x, query: {a: 'x&y#z=1+1', n: 010, v: 1.10, t: True, e: }}")
    url = only_request(text)["url"]
    assert url["query"] == [
        {"key": "a", "value": "x%26y%23z=1%2B1"},
        {"key": "n", "value": "010"},
        {"key": "v", "value": "1.10"},
        {"key": "t", "value": "True"},
        {"key": "e", "value": ""},
    ]
    assert url["raw"] == "{{baseUrl}}/x?a=x%26y%23z=1%2B1&n=010&v=1.10&t=True&e="


def test_a_body_is_json_with_its_order_and_letters() -> None:
    text = endpoint("{request: POST /x, body: {z: Ærø, a: [1, 1.5, true, null, '010', 010]}}")
    request = only_request(text)
    assert json.loads(request["body"]["raw"]) == {
        "z": "Ærø",
        "a": [1, 1.5, True, None, "010", "010"],
    }
    assert request["body"]["raw"].index('"z"') < request["body"]["raw"].index('"a"')
    assert request["body"]["options"] == {"raw": {"language": "json"}}
    assert request["header"] == [
        {"key": "Accept", "value": "application/json"},
        {"key": "Content-Type", "value": "application/json"},
    ]


def test_a_number_of_any_size_stays_what_it_is() -> None:
    text = endpoint("{request: POST /x, body: {n: 123456789012345678901234567890}}")
    assert '"n": 123456789012345678901234567890' in only_request(text)["body"]["raw"]


def test_a_form_is_urlencoded() -> None:
    request = only_request(endpoint("{request: POST /x, form: {a: b c, n: 1}}"))
    assert request["body"] == {
        "mode": "urlencoded",
        "urlencoded": [{"key": "a", "value": "b c"}, {"key": "n", "value": "1"}],
    }
    assert request["header"][1]["value"] == "application/x-www-form-urlencoded"


def test_a_header_of_the_description_replaces_ours_in_any_case() -> None:
    request = only_request(endpoint("{request: GET /x, headers: {accept: text/csv, If-Match: z}}"))
    assert request["header"] == [
        {"key": "accept", "value": "text/csv"},
        {"key": "If-Match", "value": "z"},
    ]


def test_myaccount_gets_its_versioned_accept_header() -> None:
    text = endpoint("GET /idp/myaccount/profile")
    assert only_request(text)["header"] == [
        {"key": "Accept", "value": "application/json; okta-version=1.0.0"}
    ]


def test_an_api_that_is_not_oktas_has_no_versions_of_myaccount() -> None:
    text = endpoint("GET /idp/myaccount/profile").replace("okta.users.read", "orders.read")
    text += "authorization_server: default\n"
    assert only_request(text)["header"] == [{"key": "Accept", "value": "application/json"}]


@pytest.mark.parametrize(
    "entry",
    [
        '{request: GET /x, query: {q: "a%26b", "c%3Dd": "%23"}}',
        "{request: 'GET /u/{userId}', variables: {userId: }}",
        "{request: GET /x, description: 'Rotates the secret:'}",
        "{request: POST /x, body: {client_secret: , name: x}}",
        "{request: 'GET /u/{userId}', variables: {userId: me}, query: {x: y}}",
    ],
)
def test_what_looks_odd_and_is_right_is_generated(entry: str) -> None:
    assert only_request(endpoint(entry))["method"] in ("GET", "POST")
