"""The changes of requests as rows, notes on scopes, and all changes in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from okta_postman.okta.privilege import BroaderScope
from okta_postman.review.changes import Changes, GrantChange, RequestChange
from okta_postman.review.fields import without
from okta_postman.review.inventory import NOTHING
from okta_postman.wording import counted

NEW: Final = ", new to the app"
_MOST: Final = 5
_LONGEST: Final = 120


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
    broader_access: bool


def rows(changes: Changes) -> list[Row]:
    """The changes of requests, those with broader access first."""
    new_scopes = dict.fromkeys(
        (*(grant.scope for grant in changes.grants), *changes.new_scopes), NEW
    )
    every = [_row(change, kind, new_scopes) for change in changes.requests for kind in change.kinds]
    return sorted(every, key=lambda row: not row.broader_access)


def _row(change: RequestChange, kind: str, new_scopes: Mapping[str, str]) -> Row:
    before, after = _values(change, kind)
    broader = {scope.scope: note(scope) for scope in change.broader_scopes}
    notes = {**new_scopes, **broader} if kind in ("added", "scopes") else {}
    fields = [field for field in change.fields if field.field.label == kind]
    return Row(
        word="broader access" if kind == "scopes" and broader else kind,
        endpoint=change.request.endpoint,
        name=change.request.name,
        before=before,
        after=after,
        notes=notes,
        broader_access=any(value in notes for value in after)
        or any(field.broader_access for field in fields),
    )


def _values(change: RequestChange, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values before and after a change: folders, names, scopes, or lines of what is sent."""
    if change.old and change.new and kind == "moved":
        return (change.old.folder or "no folder",), (change.new.folder or "no folder",)
    if change.old and change.new and kind == "renamed":
        return (change.old.name,), (change.new.name,)
    for field in change.fields:
        if field.field.label == kind != "scopes":
            return shortened(field.before), shortened(field.after)
    before = change.old.token if change.old else ()
    after = change.new.token if change.new else ()
    return without(before, after), without(after, before)


def shortened(values: tuple[str, ...]) -> tuple[str, ...]:
    """The first values, each on a line that a person reads, and the number of the others."""
    shown = [_shortened(value.replace("\n", "\\n")) for value in values[:_MOST]]
    more = len(values) - _MOST
    return (*shown, f"{more} more") if more > 0 else tuple(shown)


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."


def note(broader: BroaderScope | None) -> str:
    """What a broader scope allows, as the end of a line; empty if there is none."""
    if broader is None:
        return ""
    if broader.kind == "org-wide":
        return ", for all users, not only the signed-in user"
    if broader.kind == "unknown":
        return ", and nobody can tell whether it allows changes"
    if broader.instead_of:
        return ", allows changes, not only reading"
    return ", the first scope that allows changes"


def grant_note(grant: GrantChange) -> str:
    """What a scope to grant allows, or that no request needs it, as the end of a line."""
    return note(grant.broader_scope) or ("" if grant.requests else ", which no request needs")


def places(grant: GrantChange) -> str:
    """The environments of a grant with their apps."""
    pairs = zip(grant.environments, grant.apps, strict=True)
    return ", ".join(f"{environment} (app {app.client_id})" for environment, app in pairs)


_KIND_COUNTS: Final[Mapping[str, str]] = {
    "added": "added",
    "removed": "removed",
    "scopes": "with other scopes",
    "host": "sent to another host",
    "auth": "with other auth",
    "moved": "moved",
    "renamed": "renamed",
    "query": "with another query",
    "headers": "with other headers",
    "variables": "with other variables",
    "body": "with another body",
    "description": "with another description",
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
    parts += _count(len(changes.new_scopes), "scope", "that nothing needed before")
    parts += _count(len(changes.grants), "scope", "to grant")
    parts += _count(len(changes.revocations), "scope", "to revoke")
    replaced = sum(change.has_another_app for change in changes.connections)
    parts += _count(replaced, "app", "replaced")
    parts += _count(len(changes.connections), "environment", "changed")
    parts += _count(len(changes.fields), "setting", "of the collection changed")
    return ", ".join(parts)


def _count(number: int, noun: str, words: str) -> list[str]:
    """`2 requests added` as one part of the line, or no part for none."""
    return [f"{counted(number, noun)} {words}"] if number else []
