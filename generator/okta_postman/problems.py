"""What can be wrong, where it stands, and the few ways in which a run ends early."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning"]

# Editors count these three as the end of a line, and nothing else.
_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A span on one line of a source; line and column count from 1."""

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
        """The text, line by line, as an editor shows it."""
        return _LINE_BREAK.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]

    def position(self, start: int, end: int | None = None) -> Position:
        """The place of the characters from `start` to `end`, cut at the end of the line."""
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1]
        room = len(self.lines[line - 1]) - column
        return Position(line, column + 1, max(1, min((end or start + 1) - start, room)))


class Problem(NamedTuple):
    """One thing wrong with a source: a stable code, a sentence, what to do, and the place."""

    code: str
    message: str
    hint: str
    position: Position
    severity: Severity = "error"


class Checked(NamedTuple):
    """A source and everything found in it."""

    source: Source
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether one of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)


class InvalidSource(Exception):  # noqa: N818 - it is an outcome, not a failure of the program
    """A source has errors; carries every problem found in it, warnings included."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems")


class UserError(Exception):
    """The input or the output folder cannot be used; the text is one sentence for the user."""


class InternalError(Exception):
    """The program did something that its own audit forbids; never the user's fault."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place, then by code."""
    return tuple(sorted(problems, key=lambda problem: (problem.position, problem.code)))


_HARMLESS: Final = "\t\u200c\u200d"  # the last two join letters and emoji


def visible(line: str) -> str:
    """A line without anything that a terminal, or GitHub, would obey."""
    return "".join(
        each if each in _HARMLESS or each.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for each in line
    )
