"""What a migration did to each request and file: as text, JSON and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from okta_postman.migrate.decide import CATALOG
from okta_postman.migrate.rows import Row
from okta_postman.migrate.run import Migrated
from okta_postman.okta.scopes import is_okta_scope, joined
from okta_postman.reports import tables
from okta_postman.reports.machine import dumped, problems_to_json
from okta_postman.wording import counted

_RESULTS: Final = ("migrated", "unchanged", "skipped", "unknown", "credential removed")
"""The results of requests, in the order of a summary."""


def text(files: Sequence[Migrated]) -> str:
    """A table and a summary for each file, then the totals."""
    blocks = [f"{tables.text(_rows(file))}{file.name}: {_summary(file)}\n" for file in files]
    totals = "".join(f"{line}\n" for line in _totals(files))
    return "\n".join([*blocks, totals] if totals else blocks)


def markdown(files: Sequence[Migrated]) -> str:
    """The same as sections for a document or a pull request."""
    blocks = []
    for file in files:
        table = f"\n{tables.markdown(_rows(file))}" if file.rows else ""
        blocks.append(f"### {file.name}\n\n{_summary(file)}\n{table}")
    return "\n".join([*blocks, *(f"{line}\n" for line in _totals(files))])


def machine(files: Sequence[Migrated]) -> str:
    """One object with a version: requests, files, requested scopes, and problems as for `lint`."""
    return dumped(
        {
            "version": 1,
            "requests": [_request_to_json(row) for file in files for row in file.rows],
            "files": [
                {
                    "file": file.name,
                    "variables_removed": file.lost,
                    "variables_added": file.gained,
                    "reformatted": file.is_reformatted,
                }
                for file in files
            ],
            "scopes": _scopes(files),
            **problems_to_json([file.checked for file in files]),
        }
    )


def _request_to_json(row: Row) -> dict[str, Any]:
    """A request: `scopes` are what it needs, `token_scopes` what its token is requested with."""
    return {
        **row._asdict(),
        "scopes": row.scopes.split(),
        "token_scopes": row.token_scopes.split(),
    }


def _summary(file: Migrated) -> str:
    """The results of a file: `2 requests: 1 migrated, 1 unknown; removed variables: apikey`."""
    parts = [] if file.gained or (file.lost and not file.rows) else [_results(file.rows)]
    parts += [f"removed variables: {', '.join(file.lost)}"] if file.lost else []
    parts += [f"added variables: {', '.join(file.gained)}"] if file.gained else []
    parts += ["reformatted"] * file.is_reformatted
    return "; ".join(parts)


def _results(rows: Sequence[Row]) -> str:
    """How many requests have which result."""
    counts = Counter(row.result for row in rows)
    results = ", ".join(f"{counts[result]} {result}" for result in _RESULTS if counts[result])
    return f"{counted(len(rows), 'request')}{': ' if results else ''}{results}"


def _totals(files: Sequence[Migrated]) -> list[str]:
    """The results of several collections together, and the scopes to grant."""
    collections = [file.rows for file in files if file.rows]
    every = [row for rows in collections for row in rows]
    scopes = joined(filter(is_okta_scope, _scopes(files)))
    return [
        *([f"all files: {_results(every)}"] if len(collections) > 1 else []),
        *([f"scopes to grant to the app: {scopes}"] if scopes else []),
    ]


def _scopes(files: Sequence[Migrated]) -> list[str]:
    """Every scope that a token is requested with, sorted."""
    rows = [row for file in files for row in file.rows]
    return sorted({scope for row in rows for scope in row.token_scopes.split()})


def _rows(file: Migrated) -> list[tables.Row]:
    """A row for each request; with the scopes of its token if requests share tokens."""
    shared = any(row.token_scopes != row.scopes for row in file.rows if row.token_scopes)
    return [
        {
            "result": row.result,
            "method": row.method,
            "path": row.path,
            "scopes": row.scopes,
            **({"token scopes": row.token_scopes} if shared else {}),
            "name": row.name,
            "reason": "" if row.reason == CATALOG else row.reason,
        }
        for row in file.rows
    ]


FORMATS: Final[Mapping[str, Callable[[Sequence[Migrated]], str]]] = {
    "text": text,
    "json": machine,
    "markdown": markdown,
}
