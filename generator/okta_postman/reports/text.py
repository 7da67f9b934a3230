"""Problems for people: the place, the user's own line, and what to type instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from okta_postman.problems import Checked, Problem, Source, visible

_WIDEST: Final = 160
_LONGEST: Final = 400
_COLOURS: Final = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "quiet": "\x1b[2m"}
_PLAIN: Final = "\x1b[0m"


def text(results: Sequence[Checked], *, colour: bool = False) -> str:
    """Every finding, then a count; empty if there are none."""
    blocks = [
        _block(checked.source, problem, colour=colour)
        for checked in results
        for problem in checked.problems
    ]
    return "\n".join([*blocks, _count(results), ""]) if blocks else ""


def _block(source: Source, problem: Problem, *, colour: bool) -> str:
    place = problem.position
    label = _painted(f"{problem.severity}[{problem.code}]", problem.severity, colour=colour)
    where = f"{source.name}:{place.line}:{place.column}" if source.text else source.name
    lines = [f"{where}: {label}: {_short(problem.message)}"]
    lines += _excerpt(source, problem, colour=colour)
    return "\n".join([*lines, f"  help: {_short(problem.hint)}", ""])


def _short(sentence: str) -> str:
    """A sentence that repeats a very long value keeps its beginning and its end."""
    seen = visible(sentence)
    return (
        seen if len(seen) <= _LONGEST else f"{seen[: _LONGEST // 2]} ... {seen[-_LONGEST // 3 :]}"
    )


def _excerpt(source: Source, problem: Problem, *, colour: bool) -> list[str]:
    """The user's line with carets below the span; a very long line is cut around it."""
    place = problem.position
    line = source.lines[place.line - 1]
    if not line.strip() or "\0" in line:
        return []
    start = place.column - 1
    cut = max(0, start - _WIDEST // 2) if len(line) > _WIDEST else 0
    window = line[cut : cut + _WIDEST]
    before, under = line[cut:start], line[start : min(start + place.width, cut + _WIDEST)]
    indent = "".join("\t" if character == "\t" else " " * _width(character) for character in before)
    carets = "^" * max(1, sum(map(_width, under)))
    gutter = f"{place.line:>3} |"
    blank = f"{'':>{len(gutter) - 1}}|"
    painted = _painted(carets, problem.severity, colour=colour)
    return [f"{gutter} {visible(window)}", f"{blank} {indent}{painted}"]


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _count(results: Sequence[Checked]) -> str:
    found = [problem.severity for checked in results for problem in checked.problems]
    numbers = [(found.count("error"), "error"), (found.count("warning"), "warning")]
    told = [f"{number} {word}{'s' * (number != 1)}" for number, word in numbers if number]
    files = len({checked.source.name for checked in results if checked.problems})
    return f"{' and '.join(told)} in {files} file{'s' * (files != 1)}"


def _painted(part: str, role: str, *, colour: bool) -> str:
    return f"{_COLOURS[role]}{part}{_PLAIN}" if colour else part
