"""What a scalar is read as is what was typed: numbers, aliases, line breaks and characters."""

from __future__ import annotations

import pytest

from okta_postman.documents.document import Document, load, load_json
from okta_postman.documents.json_text import json_body
from okta_postman.problems import InvalidSource, Position, Source

DIGITS = "1" * 250
NUMBERS = [
    *("0", "-0", "1", "-1.5", "1.10", "1.0", "1e5", "1E+5", "1e100", "5e-324", "1e-400", "-1e999"),
    *("9223372036854775807", "9223372036854775808", "18446744073709551616"),
    *(DIGITS, f"{DIGITS}e99", f"0.{DIGITS}", "9" * 5000),
]


def yaml(text: str) -> Document:
    return load(Source("x.yaml", text))


def body(document: Document, key: str) -> str:
    """A part of a document as the body of a request."""
    return json_body(document.as_typed((key,), document.data[key]))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_sent_with_the_digits_that_were_typed(number: str) -> None:
    document = yaml(f"body: [{number}]")
    assert body(document, "body") == f"[\n  {number}\n]"
    assert document.text(("body", 0), document.data["body"][0]) == number


@pytest.mark.parametrize(
    "text", ["01", "1.", ".5", "+1", "1_000", "0x1F", ".inf", "1e", "-x", "1:30"]
)
def test_what_json_calls_no_number_is_a_string(text: str) -> None:
    assert yaml(f"- {text}").data == [text]


@pytest.mark.parametrize("value", ["1.10", "1e5", "True", "~", f"{DIGITS}e99"])
def test_an_alias_keeps_how_its_value_was_typed(value: str) -> None:
    document = yaml(
        f"a: &scalar {value}\nb: &outer {{inner: &inner {{x: {value}}}}}\n"
        "c: [*scalar, *inner, *outer]\n"
    )
    assert [
        document.text(path, "?")
        for path in [
            ("c", 0),
            ("c", 1, "x"),
            ("c", 2, "inner", "x"),
        ]
    ] == [value] * 3


def test_an_anchor_that_is_given_again_forgets_how_the_first_was_typed() -> None:
    document = yaml("a: &it 1.10\nb: &it 2\nc: *it\nd: &it {x: 1.10}\ne: &it {x: 2}\nf: *it\n")
    assert document.text(("c",), document.data["c"]) == "2"
    assert document.text(("f", "x"), document.data["f"]["x"]) == "2"


def test_numbers_of_an_alias_are_sent_as_typed() -> None:
    document = yaml("a: &a {x: 1.10, y: [1e400]}\nb: *a\n")
    assert (
        body(document, "b") == body(document, "a") == '{\n  "x": 1.10,\n  "y": [\n    1e400\n  ]\n}'
    )


@pytest.mark.parametrize("character", ["\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize("form", ['"{}"', "'{}'", "{}"])
def test_a_line_break_of_yaml_1_1_is_a_character_of_1_2(form: str, character: str) -> None:
    text = f"x{character}y \U000f0000"
    document = yaml(f"a: {form.format(text)}\nb: {{c: 1}}\n")
    assert document.data == {"a": text, "b": {"c": 1}}
    assert document.value(("b",)) == Position(2, 4)


@pytest.mark.parametrize("half", [r"\ud800", r"\uDFFF", r"\ud83dx", r"\\\ude00"])
def test_half_a_character_is_refused_where_it_is(half: str) -> None:
    with pytest.raises(InvalidSource) as refused:
        load_json(Source("x.json", f'{{"a": "\\ud83d\\ude00",\n "b": "{half}"}}'))
    (problem,) = refused.value.problems
    assert (problem.code, problem.position.line, problem.position.width) == ("Y003", 2, 6)


def test_a_json_number_that_is_too_large_is_a_string_as_in_yaml() -> None:
    text = '{"a": 1e400, "b": NaN}'
    assert load_json(Source("x.json", text)).data == yaml(text).data == {"a": "1e400", "b": "NaN"}
