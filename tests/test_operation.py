"""Paths: what is wrong with one, and what was meant."""

from __future__ import annotations

import pytest

from okta_postman.operation import Endpoint, corrected_path, wrong_path


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/users",
        "/api/v1/users/",
        "/u/{userId}.csv",
        "/a/{b}/c/{d-e}",
        "/%7Bx%7D/a:b",
        "/users/$count",
        "/$batch",
        "/a(k={b},c={d})/x;y=1,2/$",
        "/v1/a!*+=@~._-&",
        "/users('{id}')/a$b$",
    ],
)
def test_a_path_may_have_parameters_and_escapes(path: str) -> None:
    assert wrong_path(path) is None
    assert corrected_path(path) == path


@pytest.mark.parametrize(
    ("path", "corrected"),
    [
        ("https://acme.okta.com/api/v1/users?limit=1#top", "/api/v1/users"),
        ("{{baseUrl}}/api/v1/users/:userId", "/api/v1/users/{userId}"),
        ("acme.okta.com/api/v1/users/<id>", "/api/v1/users/{id}"),
        ("api\\v1\\users", "/api/v1/users"),
        ("/users/${userId}", "/users/{userId}"),
        ("/$metadata?x=1", "/$metadata"),
        ("https://graph.example.com/users('{id}')", "/users('{id}')"),
        ("'/users'", "/users"),
        ("/users/[x]/é", "/users/%5Bx%5D/%C3%A9"),
        ("/漢字", "/%E6%BC%A2%E5%AD%97"),
        ("/100%", "/100%25"),
        ("/users/{{ userId }}", "/users/{userId}"),
        ("/users/{user id}", "/users/{userid}"),
        ('"/users"', "/users"),
        ("/users and groups", "/users"),
        ("/api/v1/../v1/users", "/api/v1/users"),
        ("/api/v1/../../v2/./users", "/v2/users"),
        ("/../../users", "/users"),
        ("../users", "/users"),
        ("/api//v1///users/", "/api/v1/users/"),
        ("/api/v1/users/..", "/api/v1/"),
        ("/users/{id}/groups/{id}", "/users/{id}/groups/{id2}"),
    ],
)
def test_a_path_with_common_mistakes_is_refused_and_corrected(path: str, corrected: str) -> None:
    assert wrong_path(path) is not None
    assert corrected_path(path) == corrected


@pytest.mark.parametrize("path", ["", "/", "/..", "/users/{", "/users\u200b", "/{漢}"])
def test_what_nobody_can_guess_is_not_corrected(path: str) -> None:
    assert corrected_path(path) is None


def test_endpoints_of_one_shape_differ_in_the_names_of_parameters_only() -> None:
    endpoint = Endpoint("GET", "/a/{b}/c/{d}")
    assert endpoint.shape == Endpoint("GET", "/a/{x}/c/{y}").shape == "GET /a/{}/c/{}"
    assert endpoint.parameters == ("b", "d")
