"""How problems look to a person."""

from __future__ import annotations

import pytest

from okta_postman.problems import Checked, Position, Problem, Source
from okta_postman.reports.text import text
from tests.support.manifests import check


def shown(line: str, column: int, width: int = 1) -> list[str]:
    problem = Problem("R001", "message", "hint", Position(1, column, width))
    return text([Checked(Source("x.yaml", line), (problem,))]).splitlines()


def test_the_carets_are_below_the_span() -> None:
    assert shown("org: acme", 6, 4)[1:3] == ["  1 | org: acme", "    |      ^^^^"]


def test_a_wide_character_takes_two_columns() -> None:
    assert shown("名: acme", 4, 4)[2] == "    |     ^^^^"


def test_a_tab_stays_a_tab_so_that_the_caret_keeps_its_place() -> None:
    assert shown("a:\tacme", 4)[2] == "    |   \t^"


def test_a_long_line_is_cut_around_the_span() -> None:
    excerpt = shown("x" * 5000 + "HERE" + "y" * 5000, 5001, 4)[1:3]
    assert max(map(len, excerpt)) < 200
    assert excerpt[0][excerpt[1].index("^") :].startswith("HERE")


@pytest.mark.parametrize("evil", ["\x1b[2J", "\u202e", "\x07", "\u2028"])
def test_control_characters_of_a_file_do_not_reach_the_terminal(evil: str) -> None:
    assert evil not in "\n".join(shown(f"org: {evil}", 6))


def test_problems_are_counted_at_the_end() -> None:
    problems = tuple(
        Problem("R001", "m", "h", Position(1, 1), severity)
        for severity in ("error", "warning", "warning")
    )
    one = Checked(Source("a", "x"), problems)
    two = Checked(Source("b", "x"), problems[:1])
    assert text([one, two]).splitlines()[-1] == "2 errors and 2 warnings in 2 files"
    assert text([Checked(Source("a", "x"), ())]) == ""


def test_problems_are_sorted_by_position() -> None:
    _, checked = check("x", b"version: 2\nnam: x\norg: 1\n")
    places = [problem.position for problem in checked.problems]
    assert places == sorted(places)
    assert len(places) > 3
