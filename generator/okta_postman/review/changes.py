"""The changes between two inventories as frozen data, and which of them mean broader access."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from okta_postman.okta.scopes import BroaderScope, broader_scopes
from okta_postman.review.inventory import Connection, Inventory, Request

ChangeKind = Literal["added", "removed", "scopes", "moved", "renamed"]
"""How a request changed; the last three can be true of one request."""

_COMPARED: Final[dict[ChangeKind, str]] = {
    "scopes": "token",
    "moved": "folder",
    "renamed": "own_name",
}
"""Kinds of changes of a request that both versions have, and the field that differs."""


class RequestChange(NamedTuple):
    """A request before and after; one of both is None if it was added or removed."""

    old: Request | None
    new: Request | None

    @property
    def request(self) -> Request:
        """The request after the change, or before it if it was removed."""
        request = self.new or self.old
        assert request is not None  # noqa: S101 - one of both is there
        return request

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """How the request changed; nothing if it did not."""
        if self.old is None:
            return ("added",)
        if self.new is None:
            return ("removed",)
        return tuple(
            kind
            for kind, field in _COMPARED.items()
            if getattr(self.old, field) != getattr(self.new, field)
        )

    @property
    def scopes_added(self) -> tuple[str, ...]:
        """The scopes that only the request after the change needs."""
        before = self.old.scopes if self.old else ()
        after = self.new.scopes if self.new else ()
        return tuple(scope for scope in after if scope not in before)

    @property
    def scopes_removed(self) -> tuple[str, ...]:
        """The scopes that only the request before the change needed."""
        before = self.old.scopes if self.old else ()
        after = self.new.scopes if self.new else ()
        return tuple(scope for scope in before if scope not in after)

    @property
    def broader_scopes(self) -> tuple[BroaderScope, ...]:
        """The added scopes that let this request do more than before."""
        return broader_scopes(self.old.scopes, self.scopes_added) if self.old and self.new else ()


class ConnectionChange(NamedTuple):
    """An environment before and after, and its fields that differ: name, before, after."""

    old: Connection | None
    new: Connection | None
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def name(self) -> str:
        """The environment's name after the change, or before it if it was removed."""
        connection = self.new or self.old
        return connection.name if connection else ""


class GrantChange(NamedTuple):
    """A scope to grant or to revoke, in which environments, and for which requests.

    `broader_scope` is the scope to grant compared with what was granted before, if it is broader.
    """

    scope: str
    environments: tuple[str, ...]
    requests: tuple[Request, ...]
    broader_scope: BroaderScope | None = None


class Changes(NamedTuple):
    """All changes between two inventories."""

    old: Inventory
    new: Inventory
    requests: tuple[RequestChange, ...]
    connections: tuple[ConnectionChange, ...]
    grants: tuple[GrantChange, ...]
    revocations: tuple[GrantChange, ...]

    @property
    def name(self) -> str:
        """The collection's name after the change, or before it if the file was removed."""
        return self.new.name or self.old.name

    @property
    def changed(self) -> bool:
        """Whether anything changed."""
        renamed = self.old.name != self.new.name
        return renamed or any((self.requests, self.connections, self.grants, self.revocations))

    @property
    def broader_access(self) -> bool:
        """Whether a token can do more than before: a scope is to grant, or a request has more."""
        return bool(self.grants) or any(change.broader_scopes for change in self.requests)
