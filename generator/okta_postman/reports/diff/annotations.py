"""Changes as annotations of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from okta_postman.problems import Position, Source
from okta_postman.reports.diff.rows import Row, grant_note, rows
from okta_postman.reports.machine import workflow_command
from okta_postman.review.changes import Changes, ConnectionChange, GrantChange


def as_github(changes: Changes, _old: Source, new: Source) -> str:
    """Annotations of a pull request: warnings for broader access and connections, else notices."""
    return "".join(
        workflow_command(
            annotation.severity,
            new.name,
            _place(new, annotation.needle),
            annotation.title,
            annotation.message,
        )
        for annotation in _annotations(changes)
    )


class _Annotation(NamedTuple):
    """An annotation; `needle` is a text on the line of the new file that it is about."""

    severity: str
    needle: str
    title: str
    message: str


def _annotations(changes: Changes) -> Iterator[_Annotation]:
    """The annotations in the order of their weight."""
    yield from map(_grant_annotation, changes.grants)
    yield from map(_row_annotation, rows(changes))
    for change in changes.connections:
        yield from _field_annotations(change)
    yield from map(_revocation_annotation, changes.revocations)


def _grant_annotation(grant: GrantChange) -> _Annotation:
    message = f"{grant.scope} in {', '.join(grant.environments)}{grant_note(grant)}"
    return _Annotation("warning", grant.scope, "scope to grant", message)


def _row_annotation(row: Row) -> _Annotation:
    after = [f"{scope}{row.notes.get(scope, '')}" for scope in row.after]
    sides = (", ".join(side) for side in (row.before, after) if side)
    severity = "warning" if row.broader_access else "notice"
    return _Annotation(severity, row.endpoint, row.word, f"{row.endpoint}: {' -> '.join(sides)}")


def _field_annotations(change: ConnectionChange) -> Iterator[_Annotation]:
    for field, before, after in change.fields:
        message = f"{change.name}: {before} -> {after}"
        yield _Annotation("warning", after, f"{field} changed", message)
    if not change.fields:
        kind = "removed" if change.old else "added"
        yield _Annotation("notice", f"{change.name}:", f"environment {kind}", change.name)


def _revocation_annotation(grant: GrantChange) -> _Annotation:
    message = f"no request needs {grant.scope} any longer in {', '.join(grant.environments)}"
    return _Annotation("notice", grant.scope, "scope to revoke", message)


def _place(source: Source, needle: str) -> Position:
    """The place of a text in the file; the beginning of the file if it does not have the text."""
    for number, line in enumerate(source.lines, 1):
        if needle in line:
            return Position(number, line.index(needle) + 1, len(needle))
    return Position(1, 1)
