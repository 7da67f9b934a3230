"""Rows as a table for people, as JSON and CSV for programs, and as Markdown for documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

Row: TypeAlias = Mapping[str, str | int]
"""A line of a table by column; every row of a table has the same columns."""

_GAP: Final = "  "


def text(rows: Sequence[Row]) -> str:
    """Columns side by side, each as wide as its widest cell."""
    table = [list(rows[0]) if rows else [], *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        _GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    )
    return "".join(f"{line}\n" for line in lines if line)


def as_json(rows: Sequence[Row]) -> str:
    """A list of objects."""
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def as_csv(rows: Sequence[Row]) -> str:
    """A heading and a line for each row. Source: RFC 4180, with line feeds."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([list(rows[0]) if rows else [], *map(_cells, rows)])
    return written.getvalue()


def markdown(rows: Sequence[Row]) -> str:
    """A table of GitHub Flavored Markdown, 4.10."""
    if not rows:
        return ""
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(_cells(row) for row in rows)]
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
