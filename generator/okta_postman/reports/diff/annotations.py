"""Changes as annotations of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.problems import Position, Source
from okta_postman.reports.diff.rows import Row, grant_note, places, rows, shortened
from okta_postman.reports.machine import workflow_command
from okta_postman.review.changes import Changes, ConnectionChange, GrantChange
from okta_postman.review.fields import FieldChange


def as_github(changes: Changes, _old: Source, new: Source) -> str:
    """Annotations of a pull request: warnings for broader access, else notices."""
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
        yield from _connection_annotations(change)
    for field in changes.fields:
        yield _field_annotation(field, "the collection")
    yield from map(_revocation_annotation, changes.revocations)


def _grant_annotation(grant: GrantChange) -> _Annotation:
    message = f"{grant.scope} in {places(grant)}{grant_note(grant)}"
    return _Annotation("warning", grant.scope, "scope to grant", message)


def _row_annotation(row: Row) -> _Annotation:
    after = [f"{scope}{row.notes.get(scope, '')}" for scope in row.after]
    sides = (", ".join(side) for side in (row.before, after) if side)
    severity = _SEVERITIES[row.broader_access]
    return _Annotation(severity, row.endpoint, row.word, f"{row.endpoint}: {' -> '.join(sides)}")


def _connection_annotations(change: ConnectionChange) -> Iterator[_Annotation]:
    for field in change.fields:
        yield _field_annotation(field, change.name)
    if change.old and change.kept:
        message = f"app {change.old.client_id} keeps {', '.join(change.kept)} until revoked"
        yield _Annotation("notice", f"{change.name}:", "app replaced", f"{change.name}: {message}")
    if not change.fields:
        kind = "removed" if change.old else "added"
        severity = _SEVERITIES[change.broader_access]
        yield _Annotation(severity, f"{change.name}:", f"environment {kind}", change.name)


def _field_annotation(change: FieldChange, where: str) -> _Annotation:
    sides = (", ".join(shortened(side)) or "none" for side in (change.before, change.after))
    return _Annotation(
        _SEVERITIES[change.broader_access],
        next(iter(change.after), change.field.attribute),
        f"{change.field.label} changed",
        f"{where}: {' -> '.join(sides)}",
    )


_SEVERITIES: Final = {True: "warning", False: "notice"}


def _revocation_annotation(grant: GrantChange) -> _Annotation:
    message = f"no request needs {grant.scope} any longer in {places(grant)}"
    return _Annotation("notice", grant.scope, "scope to revoke", message)


def _place(source: Source, needle: str) -> Position:
    """The place of a text in the file, or of a name before `=`; else the beginning of the file."""
    for text in (needle, needle.partition("=")[0]):
        for number, line in enumerate(source.lines, 1):
            if text and text in line:
                return Position(number, line.index(text) + 1, len(text))
    return Position(1, 1)
