"""The reader notes every problem of a text, and never expands or descends without an end."""

from __future__ import annotations

import pytest

from okta_postman.documents.data import LARGEST_EXPANSION
from okta_postman.documents.document import load
from okta_postman.documents.yaml_errors import DEEPEST
from okta_postman.problems import InvalidSource, Problem, Source


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidSource) as refused:
        load(Source("x.yaml", text))
    return refused.value.problems


def bomb(levels: int) -> str:
    """Ten aliases of ten aliases, and so on."""
    text = "a0: &a0 x\n"
    for level in range(1, levels + 1):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        text += f"a{level}: &a{level} [{aliases}]\n"
    return text


def test_all_problems_are_reported_at_once() -> None:
    text = "a: 1\na: !x 2\nb: *none\nc: {<<: 1}\n"
    found = [(problem.code, problem.position.line) for problem in problems(text)]
    assert found == [("Y005", 2), ("Y009", 2), ("Y006", 3), ("Y011", 4)]


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    (problem,) = problems("x: 1\nname: a\nname: b\n")
    assert problem.message == "duplicate key `name`"
    assert "line 2" in problem.hint


def test_the_deepest_level_is_read_and_the_next_one_is_not() -> None:
    load(Source("x", "[" * DEEPEST + "]" * DEEPEST))
    assert [p.code for p in problems("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))] == ["Y008"]
    assert [p.code for p in problems("[" * 100_000)] == ["Y008"]


def test_aliases_expand_up_to_a_limit() -> None:
    load(Source("x", bomb(4)))
    (problem,) = problems(bomb(5))
    assert problem.code == "Y007"
    assert f"{LARGEST_EXPANSION // 1024**2} MB" in problem.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x [*x]\n", "Y006"),
        ("a: 1\n---\nb: 2\n", "Y010"),
        ("[a]: 1\n", "Y013"),
        ("a: &x 1\n*x : 2\n", "Y013"),
        ("a: {{b}}\n", "Y013"),
        ("a:\n\t- b\n", "Y004"),
        ("# nothing\n", "Y012"),
        ("a: \x07\n", "Y002"),
    ],
)
def test_a_mistake_has_its_code(text: str, code: str) -> None:
    assert [problem.code for problem in problems(text)] == [code]


@pytest.mark.parametrize("quotes", ['"', "'"])
def test_a_quote_that_is_not_closed_is_shown_where_it_begins(quotes: str) -> None:
    (problem,) = problems(f"a: 1\nb: {quotes}text\n")
    assert (problem.position.line, problem.position.column) == (2, 4)
