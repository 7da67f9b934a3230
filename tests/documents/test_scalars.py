"""Unquoted scalars are JSON's words and numbers; everything else is a string."""

from __future__ import annotations

import pytest

from okta_postman.documents.scalars import plain_value, scalar_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("", None), ("~", None), ("null", None), ("true", True), ("False", False)),
        *(("0", 0), ("-7", -7), ("1.50", 1.5), ("1e3", 1000.0)),
        *((text, text) for text in ("no", "on", "010", "0x1F", "0o17", "1_000", "12:30")),
        *((text, text) for text in (".inf", ".nan", "+1", "2024-01-01", "-")),
    ],
)
def test_a_plain_scalar_has_the_value_that_json_would_give_it(text: str, value: object) -> None:
    assert plain_value(text) == value
    assert type(plain_value(text)) is type(value)


@pytest.mark.parametrize(
    ("value", "text"), [(None, "null"), (True, "true"), (1.5, "1.5"), (7, "7"), ("no", "no")]
)
def test_a_scalar_is_written_as_in_json_and_a_string_without_quotes(
    value: str | float | None, text: str
) -> None:
    assert scalar_text(value) == text
