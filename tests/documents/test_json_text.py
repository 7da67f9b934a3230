"""JSON is written as `json.dumps` would write it, and read without repeated keys."""

from __future__ import annotations

import json

import pytest

from okta_postman.documents.json_text import json_body, json_data, json_text

DATA = {"b": ["é", "\u2028", 1.5, None, True, {}, []], "a": {"{{x}}": '\x7f"\\'}}


def test_a_file_has_the_bytes_of_json_dumps_and_a_line_feed() -> None:
    assert json_text(DATA).decode() == json.dumps(DATA, indent=2, ensure_ascii=False) + "\n"


def test_a_body_has_numbers_of_any_size() -> None:
    assert json_body({"n": 10**30}) == '{\n  "n": 1000000000000000000000000000000\n}'
    assert json_body(DATA) == json.dumps(DATA, indent=2, ensure_ascii=False)


def test_json_is_read_in_the_order_of_its_keys() -> None:
    assert list(json_data('{"b": 1, "a": {"c": [2]}}')) == ["b", "a"]


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 2}', '[{"b": {"a": 1, "a": 1}}]', "{a: 1}", "", "[" * 100_000]
)
def test_repeated_keys_other_languages_and_endless_nesting_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        json_data(text)
