"""What a migration did to each request: as text, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from okta_postman.migrate.collection import Row
from okta_postman.migrate.decide import CATALOGUE
from okta_postman.migrate.run import Migrated
from okta_postman.okta.scopes import is_okta_scope, joined
from okta_postman.reports import tables
from okta_postman.reports.machine import as_json

_ORDER: Final = ("migrated", "unchanged", "left", "unknown", "credential removed")


def text(files: Sequence[Migrated]) -> str:
    """A table for each collection, how many requests are how, and what else there is to know."""
    blocks = [f"{tables.text(_rows(each))}{each.name}: {_told(each)}\n" for each in files]
    lines = [f"{line}\n" for line in (*_total(files), *_grants(files))]
    return "\n".join([*blocks, "".join(lines)] if lines else blocks)


def markdown(files: Sequence[Migrated]) -> str:
    """The same for a document or a pull request."""
    blocks = [f"### {each.name}\n\n{_told(each)}\n{_table(each)}" for each in files]
    return "\n".join([*blocks, *(f"{line}\n" for line in (*_total(files), *_grants(files)))])


def machine(files: Sequence[Migrated]) -> str:
    """One object with a version: each request and file, and the findings of every verb."""
    data = {
        "version": 1,
        "requests": [row._asdict() for each in files for row in each.rows],
        "files": [{"file": each.name, "lost": each.lost, "gained": each.gained} for each in files],
        "scopes": _scopes(files),
        "findings": json.loads(as_json([each.checked for each in files]))["findings"],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _told(file: Migrated) -> str:
    """What became of a file: `42 requests: 40 migrated, 2 left; loses the variable apikey`."""
    counted = [] if file.gained or (file.lost and not file.rows) else [_counted(file.rows)]
    lost = [f"loses {', '.join(file.lost)}"] if file.lost else []
    gained = [f"gains {', '.join(file.gained)}"] if file.gained else []
    return "; ".join([*counted, *lost, *gained])


def _counted(rows: Sequence[Row]) -> str:
    numbers = Counter(row.result for row in rows)
    told = ", ".join(f"{numbers[each]} {each}" for each in _ORDER if numbers[each])
    return f"{len(rows)} request{'s' * (len(rows) != 1)}{': ' * bool(told)}{told}"


def _total(files: Sequence[Migrated]) -> list[str]:
    """How many requests of all files are how, if there are several collections."""
    counts = [each.rows for each in files if each.rows]
    every = [row for rows in counts for row in rows]
    return [f"all: {_counted(every)}"] if len(counts) > 1 else []


def _grants(files: Sequence[Migrated]) -> list[str]:
    """What somebody has to grant to the app for all of it."""
    scopes = [each for each in _scopes(files) if is_okta_scope(each)]
    return [f"grant to the app: {joined(scopes)}"] if scopes else []


def _scopes(files: Sequence[Migrated]) -> list[str]:
    return sorted(
        {scope for each in files for row in each.rows for scope in row.token_scopes.split()}
    )


def _table(file: Migrated) -> str:
    return f"\n{tables.markdown(_rows(file))}" if file.rows else ""


def _rows(file: Migrated) -> list[tables.Row]:
    """A line for each request; what its token asks for only where they share one."""
    shared = any(row.token_scopes != row.scopes for row in file.rows if row.token_scopes)
    return [
        {
            "result": row.result,
            "method": row.method,
            "path": row.path,
            "scopes": row.scopes,
            **({"token scopes": row.token_scopes} if shared else {}),
            "name": row.name,
            "reason": "" if row.reason == CATALOGUE else row.reason,
        }
        for row in file.rows
    ]


FORMATS: Final[Mapping[str, Callable[[Sequence[Migrated]], str]]] = {
    "text": text,
    "json": machine,
    "markdown": markdown,
}
