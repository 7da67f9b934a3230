"""Rows as a table for people, as JSON and CSV for programs, and as Markdown for documents."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final, TypeAlias

Row: TypeAlias = Mapping[str, str | int]
"""A row of a table by column; all rows of a table have the same columns."""

WIDTH: Final = 80
"""Characters of a line of a table, as many as a terminal shows."""

_GAP: Final = "  "


def text(rows: Sequence[Row]) -> str:
    """Columns side by side, at most `WIDTH` characters in all; long cells have several lines."""
    if not rows:
        return ""
    table = [list(rows[0]), *map(_cells, rows)]
    widths = _widths(table)
    return "".join(f"{line}\n" for cells in table for line in _lines(cells, widths))


def _widths(table: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column: that of its widest cell, less where the table is too wide."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    available = WIDTH - len(_GAP) * (len(widths) - 1)
    while sum(widths) > available:
        widths[widths.index(max(widths))] -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def _wrapped(cell: str, width: int) -> list[str]:
    """The lines of a cell."""
    lines = [""]
    for piece in _pieces(cell, width):
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(cell: str, width: int) -> Iterator[str]:
    """The parts of a cell that stay on one line: words, and parts of those that are too long."""
    for word in re.findall(r"\S+\s*", cell):
        if len(word.rstrip()) <= width:
            yield word
        else:
            for part in re.findall(r"[^/.]*[/.]\s*|[^/.]+", word):
                yield from (part[start : start + width] for start in range(0, len(part), width))


def as_json(rows: Sequence[Row]) -> str:
    """One object with a version; the columns are keys with underscores."""
    data = [{_key(column): value for column, value in row.items()} for row in rows]
    return json.dumps({"version": 1, "rows": data}, indent=2, ensure_ascii=False) + "\n"


def as_csv(rows: Sequence[Row]) -> str:
    """A heading and a line for each row. Source: RFC 4180, with line feeds."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerows([[*map(_key, rows[0])] if rows else [], *map(_cells, rows)])
    return output.getvalue()


def _key(column: str) -> str:
    """A column as programs call it."""
    return column.replace(" ", "_")


def markdown(rows: Sequence[Row]) -> str:
    """A table of GitHub Flavored Markdown, 4.10."""
    if not rows:
        return ""
    lines = [list(rows[0]), ["---"] * len(rows[0]), *map(_cells, rows)]
    escaped = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


FORMATS: Final[Mapping[str, Callable[[Sequence[Row]], str]]] = {
    "text": text,
    "json": as_json,
    "csv": as_csv,
    "markdown": markdown,
}


def _cells(row: Row) -> list[str]:
    return list(map(str, row.values()))
