"""What changed, for a reviewer: as text, as a pull-request comment, as data, as annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from generator import texts
from generator.okta.scopes import Raise
from generator.problems import Position, Source, visible
from generator.reports.machine import dumped, workflow_command
from generator.reports.wording import counted
from generator.review.changes import Changes, ConnectionChange, GrantChange, RequestChange
from generator.review.inventory import NOTHING, Asked

_MOST_ROWS: Final = 200
"""Rows of a comment; GitHub takes 65,536 characters."""
_MOST_REQUESTS: Final = 3


NEW: Final = ", new to the app"
Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""What stood before, and what stands after."""


class Row(NamedTuple):
    """One thing that happened to a request; `notes` say which scopes after it allow more."""

    word: str
    endpoint: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    notes: Mapping[str, str]

    @property
    def widening(self) -> bool:
        """Whether a scope after it allows more."""
        return any(each in self.notes for each in self.after)


def _rows(changes: Changes) -> list[Row]:
    """What happened to the requests, what allows more first."""
    new = {each.scope: NEW for each in changes.grants}
    found = [_row(change, kind, new) for change in changes.requests for kind in change.kinds]
    return sorted(found, key=lambda row: not row.widening)


def _row(change: RequestChange, kind: str, new: Mapping[str, str]) -> Row:
    before, after = {
        "moved": _folders(change),
        "renamed": _names(change),
    }.get(kind, (change.scopes_removed, change.scopes_added))
    return Row(
        word="privilege raised" if kind == "scopes" and change.raised else kind,
        endpoint=change.request.endpoint,
        name=change.request.name,
        before=before,
        after=after,
        notes={**new, **{each.scope: _note(each) for each in change.raised}},
    )


def _folders(change: RequestChange) -> Sides:
    before, after = ((each.folder or "no folder",) if each else () for each in change)
    return before, after


def _names(change: RequestChange) -> Sides:
    before, after = ((each.name,) if each else () for each in change)
    return before, after


def _note(raised: Raise | None) -> str:
    """What a scope raises, as the end of a line."""
    if raised is None:
        return ""
    if raised.kind == "org-wide":
        return ", for everybody instead of the own user"
    return ", manages what was only read" if raised.instead_of else ", manages where all only read"


def _grant_note(grant: GrantChange) -> str:
    return _note(grant.raised) or ("" if grant.requests else ", which no request needs")


def _some(requests: tuple[Asked, ...]) -> str:
    """The first requests of several, as Markdown."""
    shown = [texts.code(each.endpoint) for each in requests[:_MOST_REQUESTS]]
    more = len(requests) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more else shown)


def verdict(changes: Changes) -> str:
    """All of it in one line."""
    if not changes.any:
        return "no change of requests, scopes or environments"
    kinds = [kind for change in changes.requests for kind in change.kinds]
    raised = sum(bool(change.raised) for change in changes.requests)
    told = {
        "added": kinds.count("added"),
        "removed": kinds.count("removed"),
        "with other scopes": kinds.count("scopes"),
        "with more privilege": raised,
        "moved": kinds.count("moved"),
        "renamed": kinds.count("renamed"),
    }
    parts = [f"{counted(number, 'request')} {word}" for word, number in told.items() if number]
    if NOTHING in (changes.old, changes.new):
        parts.insert(0, f"the file is {'new' if changes.old == NOTHING else 'gone'}")
    scopes = {"to grant": len(changes.grants), "to revoke": len(changes.revocations)}
    parts += [f"{counted(number, 'scope')} {word}" for word, number in scopes.items() if number]
    if changes.connections:
        parts.append(f"{counted(len(changes.connections), 'environment')} changed")
    return ", ".join(parts) or f"renamed from {changes.old.name}"


def as_text(changes: Changes, old: Source, new: Source) -> str:
    """For a person at a terminal."""
    text = texts.render(
        "review/diff.txt",
        title=f"{changes.name}: {old.name} -> {new.name}",
        changes=changes,
        rows=_rows(changes),
        verdict=verdict(changes),
        grant_note=_grant_note,
    )
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


def as_markdown(changes: Changes, _old: Source, new: Source) -> str:
    """A pull-request comment, or a job summary."""
    rows = _rows(changes)
    text = texts.render(
        "review/diff.md",
        heading=f"Scopes of {texts.code(changes.name)} ({texts.code(new.name)})",
        changes=changes,
        rows=rows[:_MOST_ROWS],
        unsaid=max(0, len(rows) - _MOST_ROWS),
        verdict=verdict(changes),
        grant_note=_grant_note,
        some=_some,
    )
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


def as_json(changes: Changes, old: Source, new: Source) -> str:
    """One object with a version."""
    return dumped(
        {
            "version": 1,
            "name": changes.name,
            "old": old.name,
            "new": new.name,
            "changed": changes.any,
            "widening": changes.widening,
            "requests": [_request_data(each) for each in changes.requests],
            "environments": [
                {
                    "environment": each.name,
                    "change": "added" if not each.old else "changed" if each.new else "removed",
                    "fields": [
                        {"field": field, "old": before, "new": after}
                        for field, before, after in each.fields
                    ],
                }
                for each in changes.connections
            ],
            "grant": [_grant_data(each) for each in changes.grants],
            "revoke": [_grant_data(each) for each in changes.revocations],
        }
    )


def _request_data(change: RequestChange) -> dict[str, Any]:
    return {
        "method": change.request.method,
        "path": change.request.path,
        "changes": list(change.kinds),
        "old": _asked_data(change.old),
        "new": _asked_data(change.new),
        "scopes_added": list(change.scopes_added),
        "scopes_removed": list(change.scopes_removed),
        "raised": [each._asdict() for each in change.raised],
    }


def _asked_data(asked: Asked | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {"name": asked.name, "folder": asked.folder, "scopes": list(asked.scopes)}


def _grant_data(grant: GrantChange) -> dict[str, Any]:
    return {
        "scope": grant.scope,
        "environments": list(grant.environments),
        "requests": [each.endpoint for each in grant.requests],
        "raised": grant.raised._asdict() if grant.raised else None,
    }


def as_github(changes: Changes, _old: Source, new: Source) -> str:
    """Annotations of a pull request: what widens a token is a warning, the rest is a notice."""
    return "".join(
        workflow_command(
            each.severity, new.name, _place(new, each.needle), each.title, each.message
        )
        for each in (
            *(_grant_annotation(each) for each in changes.grants),
            *(_row_annotation(each) for each in _rows(changes)),
            *(each for change in changes.connections for each in _field_annotations(change)),
            *(_revocation_annotation(each) for each in changes.revocations),
        )
    )


class _Annotation(NamedTuple):
    """An annotation, and what stands on the line that it is about."""

    severity: str
    needle: str
    title: str
    message: str


def _grant_annotation(grant: GrantChange) -> _Annotation:
    message = f"{grant.scope} in {', '.join(grant.environments)}{_grant_note(grant)}"
    return _Annotation("warning", grant.scope, "scope to grant", message)


def _row_annotation(row: Row) -> _Annotation:
    noted = [f"{each}{row.notes.get(each, '')}" for each in row.after]
    sides = (", ".join(side) for side in (row.before, noted) if side)
    severity = "warning" if row.widening else "notice"
    return _Annotation(severity, row.endpoint, row.word, f"{row.endpoint}: {' -> '.join(sides)}")


def _field_annotations(change: ConnectionChange) -> Iterator[_Annotation]:
    for field, before, after in change.fields:
        what = f"{change.name}: {before} -> {after}"
        yield _Annotation("warning", after, f"{field} changed", what)
    if not change.fields:
        word = "removed" if change.old else "added"
        yield _Annotation("notice", f"{change.name}:", f"environment {word}", change.name)


def _revocation_annotation(grant: GrantChange) -> _Annotation:
    message = f"no request needs {grant.scope} any more in {', '.join(grant.environments)}"
    return _Annotation("notice", grant.scope, "scope to revoke", message)


def _place(source: Source, needle: str) -> Position:
    """The first line that names something; a report is about the file if none does."""
    for number, line in enumerate(source.lines, 1):
        if needle in line:
            return Position(number, line.index(needle) + 1, len(needle))
    return Position(1, 1)


FORMATS: Final[Mapping[str, Callable[[Changes, Source, Source], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "github": as_github,
}
