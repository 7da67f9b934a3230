"""Values of a manifest: each is what was typed, wherever and however it was typed."""

from __future__ import annotations

import pytest

from okta_postman.operation import JsonBody
from tests.support.manifests import codes, generated
from tests.support.manifests import manifest as read
from tests.support.program import BASE


def test_variables_of_an_alias_keep_how_they_were_typed() -> None:
    text = "variables: &v {x: 1.10, y: 1e5}\nenvironments:\n  one: {variables: *v}\n  two: {}\n"
    for environment in read(BASE + text).environments:
        assert environment.variables == {"x": "1.10", "y": "1e5"}


@pytest.mark.parametrize("number", ["1e100", "5e-324", "1" * 250 + "e99", "-0", "1.10", "9" * 5000])
def test_a_number_of_a_body_is_sent_with_its_digits(number: str) -> None:
    entry = f"{{request: POST /x, body: {{a: &a {number}, b: *a, c: &c [{number}], d: *c}}}}"
    manifest = read(BASE.replace("GET /api/v1/users", entry))
    assert isinstance(manifest.requests[0].body, JsonBody)
    (collection, *_) = generated(BASE.replace("GET /api/v1/users", entry)).values()
    sent = collection["item"][0]["item"][0]["request"]["body"]["raw"]
    lists = f"[\n    {number}\n  ]"
    assert sent == f'{{\n  "a": {number},\n  "b": {number},\n  "c": {lists},\n  "d": {lists}\n}}'


def test_bodies_with_different_digits_are_different_requests() -> None:
    entry = "{request: POST /x, body: [%s]}"
    text = BASE.replace("GET /api/v1/users", entry % "10000000000000000000000001")
    text += f"  okta.users.manage:\n    - {entry % '10000000000000000000000002'}\n"
    assert codes(text) == ["R020"]


@pytest.mark.parametrize(
    "query",
    [
        "{callback: 'http://localhost:8080', email: me@example.com}",
        "{callback: http://localhost:8080, 'e&m': me@example.com}",
        '{"callback":"http://localhost:8080","email":"me@example.com"}',
    ],
)
def test_a_port_and_an_address_are_no_password(query: str) -> None:
    assert generated(BASE.replace("GET /api/v1/users", f"{{request: GET /x, query: {query}}}"))


def test_a_secret_that_an_alias_brings_is_refused_where_it_is_used() -> None:
    text = BASE.replace(
        "GET /api/v1/users", "{request: POST /x, body: {client_secret: *it}}"
    ).replace("scopes:", "description: &it FAKEfake0123456789\nscopes:")
    assert codes(text) == ["R026"]
