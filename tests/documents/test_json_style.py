"""JSON comes back as it was written: every byte of what a program wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okta_postman.documents.json_style import in_style, is_in_style, read_json, style_of

DATA: dict[str, Any] = {
    "text": 'ü \u2028 "quoted" \\ / \t \u0001 \U0001f600',
    "words": [True, False, None],
    "empty": [{}, []],
    "inner": {"a": [1, {"b": ""}]},
}
SHAPES: dict[str, dict[str, Any]] = {
    "tabs": {"indent": "\t"},
    "two spaces": {"indent": 2},
    "no indent, but lines": {"indent": 0},
    "one line": {},
    "one line without spaces": {"separators": (",", ":")},
    "lines without spaces": {"indent": 1, "separators": (",", ":")},
}


def again(text: str) -> str:
    return in_style(read_json(text)[0], style_of(text))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_what_a_program_wrote_comes_back_to_the_byte(
    shape: dict[str, Any], line_end: str, end: str, *, ascii_only: bool
) -> None:
    text = json.dumps(DATA, ensure_ascii=ascii_only, **shape)
    text = (text + end).replace("\n", line_end)
    assert again(text) == text


NUMBERS = ["0", "-0", "1.50e+0", "1E400", "0.1234567890123456789", "9" * 5000, "-1e-999"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_keeps_its_text(number: str) -> None:
    assert again(f'{{"n": [{number}]}}') == f'{{"n": [{number}]}}'


def test_slashes_stay_escaped_where_all_of_them_are() -> None:
    assert again(r'{"a":"x\/y\/z"}') == r'{"a":"x\/y\/z"}'


def test_half_of_a_surrogate_pair_stays_escaped() -> None:
    assert again('{"ü": "\\ud83d"}') == '{"ü": "\\ud83d"}'


def test_the_last_of_repeated_keys_counts_in_its_own_place() -> None:
    text = '{"a": 1, "b": 2, "a": 3}'
    data, is_repeated = read_json(text)
    assert (in_style(data, style_of(text)), is_repeated) == ('{"b": 2, "a": 3}', True)
    assert is_in_style(text, style_of(text))


@pytest.mark.parametrize(
    "text", ['{"a" : 1}', '{"a": [1,2]}', '{\n "a": 1, "b": 2\n}', '["\\/", "/"]']
)
def test_what_was_laid_out_by_hand_is_known(text: str) -> None:
    assert not is_in_style(text, style_of(text))


@pytest.mark.parametrize("text", ["{", "[NaN]", "[1,]", "", "{'a': 1}", "[01]"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        read_json(text)
