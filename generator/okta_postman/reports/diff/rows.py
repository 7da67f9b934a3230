"""The changes of requests as rows, notes on scopes, and all changes in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from okta_postman.okta.scopes import BroaderScope
from okta_postman.review.changes import ChangeKind, Changes, GrantChange, RequestChange
from okta_postman.review.inventory import NOTHING
from okta_postman.wording import counted

NEW: Final = ", new to the app"


class Row(NamedTuple):
    """One change of a request, with the values before and after it.

    `notes` are the ends of lines for scopes that mean broader access, by scope.
    """

    word: str
    endpoint: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    notes: Mapping[str, str]

    @property
    def broader_access(self) -> bool:
        """Whether a scope after the change means broader access."""
        return any(value in self.notes for value in self.after)


def rows(changes: Changes) -> list[Row]:
    """The changes of requests, those with broader access first."""
    new_scopes = {grant.scope: NEW for grant in changes.grants}
    every = [_row(change, kind, new_scopes) for change in changes.requests for kind in change.kinds]
    return sorted(every, key=lambda row: not row.broader_access)


def _row(change: RequestChange, kind: ChangeKind, new_scopes: Mapping[str, str]) -> Row:
    before, after = _values(change, kind)
    broader = {scope.scope: note(scope) for scope in change.broader_scopes}
    return Row(
        word="broader access" if kind == "scopes" and broader else kind,
        endpoint=change.request.endpoint,
        name=change.request.name,
        before=before,
        after=after,
        notes={**new_scopes, **broader},
    )


def _values(change: RequestChange, kind: ChangeKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values before and after a change: folders, names or scopes."""
    if change.old and change.new and kind == "moved":
        return (change.old.folder or "no folder",), (change.new.folder or "no folder",)
    if change.old and change.new and kind == "renamed":
        return (change.old.name,), (change.new.name,)
    before = change.old.token if change.old else ()
    after = change.new.token if change.new else ()
    return _without(before, after), _without(after, before)


def _without(values: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in others)


def note(broader: BroaderScope | None) -> str:
    """What a broader scope allows, as the end of a line; empty if there is none."""
    if broader is None:
        return ""
    if broader.kind == "org-wide":
        return ", for all users, not only the signed-in user"
    if broader.instead_of:
        return ", allows changes, not only reading"
    return ", the first scope that allows changes"


def grant_note(grant: GrantChange) -> str:
    """What a scope to grant allows, or that no request needs it, as the end of a line."""
    return note(grant.broader_scope) or ("" if grant.requests else ", which no request needs")


_KIND_COUNTS: Final[Mapping[ChangeKind, str]] = {
    "added": "added",
    "removed": "removed",
    "scopes": "with other scopes",
    "moved": "moved",
    "renamed": "renamed",
}


def verdict(changes: Changes) -> str:
    """All changes in one line."""
    if not changes.changed:
        return "no change of requests, scopes or environments"
    parts = []
    if changes.old == NOTHING:
        parts.append("the file is new")
    if changes.new == NOTHING:
        parts.append("the file was removed")
    kinds = [kind for change in changes.requests for kind in change.kinds]
    for kind, words in _KIND_COUNTS.items():
        parts += _count(kinds.count(kind), "request", words)
        if kind == "scopes":
            broader = sum(bool(change.broader_scopes) for change in changes.requests)
            parts += _count(broader, "request", "with broader access")
    parts += _count(len(changes.grants), "scope", "to grant")
    parts += _count(len(changes.revocations), "scope", "to revoke")
    parts += _count(len(changes.connections), "environment", "changed")
    return ", ".join(parts) or f"renamed from {changes.old.name}"


def _count(number: int, noun: str, words: str) -> list[str]:
    """`2 requests added` as one part of the line, or no part for none."""
    return [f"{counted(number, noun)} {words}"] if number else []
