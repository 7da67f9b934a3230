"""Where the parts of a JSON text are."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from okta_postman.documents.data import Data, Path
from okta_postman.documents.json_places import offsets, places, repeated_keys, too_deep
from okta_postman.documents.json_style import Style, in_style, read_json

TEXT = ' {"a": [10, {"b" : "c\\u0030\\n"}],\n"d": {}}'


def test_a_place_is_that_of_a_value_and_of_its_key() -> None:
    found = places(TEXT, [("a", 1, "b"), ("d",)])

    assert {path: TEXT[slice(*place.value)] for path, place in found.items()} == {
        (): TEXT.strip(),
        ("a",): '[10, {"b" : "c\\u0030\\n"}]',
        ("a", 1): '{"b" : "c\\u0030\\n"}',
        ("a", 1, "b"): '"c\\u0030\\n"',
        ("d",): "{}",
    }
    assert TEXT[slice(*(found["a", 1, "b"].key or (0, 0)))] == '"b"'
    assert found["a", 1].key is None


def test_characters_have_places_behind_escapes() -> None:
    value = places(TEXT, [("a", 1, "b")])["a", 1, "b"].value
    ends = offsets(TEXT, value)
    assert [TEXT[start:end] for start, end in pairwise(ends)] == [
        "c",
        "\\u0030",
        "\\n",
    ]


def test_of_repeated_keys_each_but_the_first_is_found_with_what_it_replaces() -> None:
    text = '{"a": {"b": 1, "b": 2}, "a": {"b": 3}}'
    found = repeated_keys(text)
    assert [(key, text[slice(*replaced)]) for key, _, replaced in found] == [
        ("b", "1"),
        ("a", '{"b": 1, "b": 2}'),
    ]
    assert found[1].span[0] == text.rindex('"a"')


def test_the_place_of_a_repeated_key_is_that_of_the_last() -> None:
    text = '{"a": 1, "a": 2}'
    assert text[slice(*places(text, [("a",)])["a",].value)] == "2"


def test_the_first_object_that_is_too_deep_is_found_and_brackets_in_strings_are_none() -> None:
    text = '["[[[", {"a": [[]]}]'
    assert too_deep(text, 3) == text.index("[]")
    assert too_deep(text, 4) is None


DATA = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
STYLES = st.builds(
    Style,
    st.sampled_from([None, "", "\t"]),
    st.sampled_from([":", ": "]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "\n"]),
)


def paths(data: Data, path: Path = ()) -> list[Path]:
    steps = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(inner for step, value in steps for inner in paths(value, (*path, step)))]


@given(DATA, STYLES)
def test_every_place_holds_the_data_of_its_path(data: Data, style: Style) -> None:
    text = in_style(data, style)
    listed = paths(data)
    found = places(text, listed)

    assert set(found) == set(listed)
    assert read_json(text)[0] == data
    for path in listed:
        value = data
        for step in path:
            value = value[step]
        assert read_json(text[slice(*found[path].value)])[0] == value
