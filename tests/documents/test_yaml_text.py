"""Data that is written as YAML is read back as the same data."""

from __future__ import annotations

from typing import Any

import pytest

from okta_postman.documents.document import load
from okta_postman.documents.yaml_text import block, scalar
from okta_postman.problems import Source


@pytest.mark.parametrize(
    "data",
    [
        {"a": {"b": [1, [2, {"c": None}], {}, []]}, "d": "x"},
        [{"a": 1, "b": [True]}, "no", "010", "1e3", "2024-01-01", "a: b", "- a", "#", "", " a "],
        {"yes": "on", "{{x}}": "{{y}}", "a b": "\n", "é": "\u2028\ufeff\x85", "*": "&a"},
    ],
)
def test_data_survives_being_written_and_read(data: Any) -> None:  # noqa: ANN401 - any YAML
    assert load(Source("x", "".join(block(data)))).data == data


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("GET /api/v1/users/{userId}", "GET /api/v1/users/{userId}"),
        ("okta.users.read", "okta.users.read"),
        ("no", '"no"'),
        ("true", '"true"'),
        ("010", '"010"'),
        ("a: b", '"a: b"'),
        (True, "true"),
        (1.5, "1.5"),
    ],
)
def test_a_string_is_quoted_where_a_yaml_reader_could_take_it_for_something_else(
    value: str | float, text: str
) -> None:
    assert scalar(value) == text
