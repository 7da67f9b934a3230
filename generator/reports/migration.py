"""What a migration did to each request: as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from generator.migrate.run import Migrated
from generator.reports import tables
from generator.reports.machine import as_json

_ORDER: Final = ("migrated", "unchanged", "left", "unknown", "credential removed")


def text(files: Sequence[Migrated]) -> str:
    """A table for each collection, and below it how many requests are how."""
    blocks = [f"{tables.text(_rows(each))}{counted(each)}\n" for each in files if each.rows]
    return "\n".join(blocks)


def markdown(files: Sequence[Migrated]) -> str:
    """The same for a document or a pull request."""
    return "\n".join(
        f"### {each.name}\n\n{counted(each)}\n\n{tables.markdown(_rows(each))}"
        for each in files
        if each.rows
    )


def machine(files: Sequence[Migrated]) -> str:
    """One object with a version: each request, and the findings as every verb gives them."""
    requests = [row._asdict() for each in files for row in each.rows]
    findings = json.loads(as_json([each.checked for each in files]))["findings"]
    data = {"version": 1, "requests": requests, "findings": findings}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def counted(file: Migrated) -> str:
    """How many requests of a file are how: `users.json: 42 requests: 40 migrated, 2 left`."""
    numbers = Counter(row.done for row in file.rows)
    told = ", ".join(f"{numbers[each]} {each}" for each in _ORDER if numbers[each])
    count = len(file.rows)
    return f"{file.name}: {count} request{'s' * (count != 1)}: {told}"


def _rows(file: Migrated) -> list[tables.Row]:
    return [
        {
            "done": row.done,
            "method": row.method,
            "path": row.path,
            "scopes": row.scopes,
            "was": row.credential,
            "because": row.reason,
        }
        for row in file.rows
    ]


FORMATS: Final[Mapping[str, Callable[[Sequence[Migrated]], str]]] = {
    "text": text,
    "json": machine,
    "markdown": markdown,
}
