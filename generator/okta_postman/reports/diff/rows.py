"""What happened to requests and grants, line by line, and all of it in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from okta_postman.okta.scopes import BroaderScope
from okta_postman.review.changes import Changes, GrantChange, RequestChange
from okta_postman.review.inventory import NOTHING
from okta_postman.wording import counted

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
    def broader_access(self) -> bool:
        """Whether a scope after it allows more."""
        return any(each in self.notes for each in self.after)


def rows(changes: Changes) -> list[Row]:
    """What happened to the requests, what allows more first."""
    new = {each.scope: NEW for each in changes.grants}
    found = [_row(change, kind, new) for change in changes.requests for kind in change.kinds]
    return sorted(found, key=lambda row: not row.broader_access)


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
        notes={**new, **{each.scope: note(each) for each in change.raised}},
    )


def _folders(change: RequestChange) -> Sides:
    before, after = ((each.folder or "no folder",) if each else () for each in change)
    return before, after


def _names(change: RequestChange) -> Sides:
    before, after = ((each.name,) if each else () for each in change)
    return before, after


def note(raised: BroaderScope | None) -> str:
    """What a scope raises, as the end of a line."""
    if raised is None:
        return ""
    if raised.kind == "org-wide":
        return ", for everybody instead of the own user"
    return ", manages what was only read" if raised.instead_of else ", manages where all only read"


def grant_note(grant: GrantChange) -> str:
    """What a grant raises, or that it is for nothing, as the end of a line."""
    return note(grant.raised) or ("" if grant.requests else ", which no request needs")


def verdict(changes: Changes) -> str:
    """All of it in one line."""
    if not changes.changed:
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
