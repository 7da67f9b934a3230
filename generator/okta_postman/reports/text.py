"""Problems for people: the position, the user's own line, and what to type instead."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from okta_postman.problems import Checked, Problem, Source, cut, visible
from okta_postman.wording import counted

_WIDEST: Final = 160
_COLORS: Final = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "quiet": "\x1b[2m"}
_PLAIN: Final = "\x1b[0m"


def text(results: Sequence[Checked], *, color: bool = False) -> str:
    """Every problem, then their number; empty if there are none."""
    blocks = [
        _block(checked.source, problem, color=color)
        for checked in results
        for problem in checked.problems
    ]
    return "\n".join([*blocks, _count(results), ""]) if blocks else ""


def _block(source: Source, problem: Problem, *, color: bool) -> str:
    place = problem.position
    label = _painted(f"{problem.severity}[{problem.code}]", problem.severity, color=color)
    where = f"{source.name}:{place.line}:{place.column}" if source.text else source.name
    lines = [f"{where}: {label}: {cut(visible(problem.message))}"]
    lines += _excerpt(source, problem, color=color)
    return "\n".join([*lines, f"  help: {cut(visible(problem.hint))}", ""])


def _excerpt(source: Source, problem: Problem, *, color: bool) -> list[str]:
    """The user's line with carets below the span; a very long line is cut around the span."""
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
    painted = _painted(carets, problem.severity, color=color)
    return [f"{gutter} {visible(window)}", f"{blank} {indent}{painted}"]


def _width(character: str) -> int:
    """The columns that a terminal uses for a character."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _count(results: Sequence[Checked]) -> str:
    """The last line: `1 error and 2 warnings in 1 file`, and what is left out."""
    counts = Counter(problem.severity for checked in results for problem in checked.problems)
    by_severity = [counted(counts[word], word) for word in ("error", "warning") if counts[word]]
    files = len({checked.source.name for checked in results if checked.problems})
    count = f"{' and '.join(by_severity)} in {counted(files, 'file')}"
    left_out = sum(checked.left_out for checked in results)
    return f"{count}, and {left_out:,} more that are not shown" if left_out else count


def _painted(part: str, role: str, *, color: bool) -> str:
    return f"{_COLORS[role]}{part}{_PLAIN}" if color else part
