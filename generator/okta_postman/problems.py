"""Problems, their positions in a source, and the exceptions that end a run early."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning"]

# Editors count these three as the end of a line, and nothing else.
_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A span on one line of a source; lines and columns count from 1."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True)
class Source:
    """A named text that positions point into."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, as an editor shows them."""
        return _LINE_BREAK.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(line_break.end() for line_break in _LINE_BREAK.finditer(self.text))]

    def position(self, start: int, end: int | None = None) -> Position:
        """The position of the characters from `start` to `end`, or to the end of the line.

        Without an end it is one character.
        """
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1]
        rest_of_line = len(self.lines[line - 1]) - column
        return Position(line, column + 1, max(1, min((end or start + 1) - start, rest_of_line)))


class Problem(NamedTuple):
    """A mistake in a source: its stable code, what is wrong, what to write instead, and where."""

    code: str
    message: str
    hint: str
    position: Position
    severity: Severity = "error"


class Checked(NamedTuple):
    """A source and the problems in it; `left_out` is the number of those that are not shown."""

    source: Source
    problems: tuple[Problem, ...]
    left_out: int = 0

    @property
    def refused(self) -> bool:
        """Whether a problem is an error and not just a warning."""
        return any(problem.severity == "error" for problem in self.problems)


class InvalidSource(Exception):  # noqa: N818 - it is an outcome, not a failure of the program
    """A source has errors; carries every problem in it, warnings included."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems")


class UserError(Exception):
    """An argument, a file or a folder cannot be used; the text is a sentence for the user."""


class InternalError(Exception):
    """The program has a defect, such as files that fail its own audit; never the user's mistake."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by position, then by code."""
    return tuple(sorted(problems, key=lambda problem: (problem.position, problem.code)))


MOST_SHOWN: Final = 100
"""Problems of one source: as many as a person reads before correcting the first of them."""


def most_important(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """As many problems as are shown, in the order given.

    Errors are shown before warnings, and of these the first of each code before all others.
    """
    problems = tuple(problems)
    if len(problems) <= MOST_SHOWN:
        return problems
    ranks: list[tuple[bool, bool, int]] = []
    codes: set[str] = set()
    for number, problem in enumerate(problems):
        ranks.append((problem.severity != "error", problem.code in codes, number))
        codes.add(problem.code)
    shown = sorted(number for _, _, number in sorted(ranks)[:MOST_SHOWN])
    return tuple(problems[number] for number in shown)


LONGEST_KEPT: Final = 4_000
"""Characters of a message that are kept until it is shown."""

_LONGEST_SHOWN: Final = 400


def cut(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """A message; one that quotes a very long value is cut in the middle."""
    if len(text) <= longest:
        return text
    return f"{text[: longest // 2]} ... {text[-longest // 3 :]}"


_HARMLESS: Final = "\t\u200c\u200d"  # the last two join letters and emoji


def visible(line: str) -> str:
    """A line with every control character replaced, so that no terminal obeys it."""
    return "".join(
        character
        if character in _HARMLESS or character.isprintable()
        else "\N{REPLACEMENT CHARACTER}"
        for character in line
    )
