"""A document has its data as typed, and knows where each part of it is."""

from __future__ import annotations

import pytest

from okta_postman.documents.document import Document, load, load_json
from okta_postman.problems import InvalidSource, Position, Source

TEXT = """\
name: 漢字
list: [a, {b: 1.10}]
shared: &x
  deep: 010
again: *x
text: |
  one
  two
"""


def document(text: str = TEXT) -> Document:
    return load(Source("x.yaml", text))


def test_scalars_stay_as_typed() -> None:
    here = document()
    assert here.data["list"] == ["a", {"b": 1.1}]
    assert here.text(("list", 1, "b"), 1.1) == "1.10"
    assert here.data["again"] == {"deep": "010"}


def test_keys_and_values_have_positions_in_characters() -> None:
    here = document()
    assert here.value(("name",)) == Position(1, 7, 2)
    assert here.key(("list", 1, "b")) == Position(2, 12, 1)
    assert here.value(("list", 1, "b")) == Position(2, 15, 4)


def test_what_has_no_position_has_that_of_the_value_around_it() -> None:
    here = document()
    assert here.value(("again", "deep")) == here.value(("again",)) == Position(5, 8, 2)
    assert here.value(("list", 7, "none")) == here.value(("list",))
    assert here.key(("list", 0)) == here.value(("list", 0))
    assert document("a: 1\n").value(("b",)) == Position(1, 1, 1)


def test_a_value_ends_where_the_next_one_may_begin() -> None:
    here = document()
    assert TEXT[: here.end(("list",))].endswith("{b: 1.10}]")
    assert TEXT[: here.end(("text",))].endswith("two\n")


def test_json_is_read_as_json_and_has_positions_although_yaml_would_refuse_it() -> None:
    text = '{"a": "\\ud83d\\ude00", "b": "\x7f", "c": [1]}'
    here = load_json(Source("x.json", text))
    assert here.data == {"a": "😀", "b": "\x7f", "c": [1]}
    assert here.value(("c", 0)) == Position(1, text.index("[1") + 2, 1)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ('{"a": 1, "a": 2}', "Y005", Position(1, 10, 3)),
        ('{"a": 1', "Y003", Position(1, 1, 1)),
    ],
)
def test_json_with_mistakes_has_the_problems_of_yaml(
    text: str, code: str, position: Position
) -> None:
    with pytest.raises(InvalidSource) as refused:
        load_json(Source("x.json", text))
    assert [(it.code, it.position) for it in refused.value.problems] == [(code, position)]
