"""What changed between two inventories as frozen data, and which of it widens a token."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.okta.scopes import BroaderScope, broader_scopes
from okta_postman.review.inventory import Asked, Connection, Inventory


class RequestChange(NamedTuple):
    """A request before and after; one of both is None where it was added or removed."""

    old: Asked | None
    new: Asked | None

    @property
    def request(self) -> Asked:
        """The request as it is, or as it was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - a change is of something
        return found

    @property
    def kinds(self) -> tuple[str, ...]:
        """How it changed: `added`, `removed`, or any of `scopes`, `moved`, `renamed`."""
        if self.old is None:
            return ("added",)
        if self.new is None:
            return ("removed",)
        compared = {
            "scopes": (self.old.scopes, self.new.scopes),
            "moved": (self.old.folder, self.new.folder),
            "renamed": (self.old.own_name, self.new.own_name),
        }
        return tuple(kind for kind, (before, after) in compared.items() if before != after)

    @property
    def scopes_added(self) -> tuple[str, ...]:
        """The scopes that it did not ask for."""
        before = self.old.scopes if self.old else ()
        return tuple(each for each in (self.new.scopes if self.new else ()) if each not in before)

    @property
    def scopes_removed(self) -> tuple[str, ...]:
        """The scopes that it asks for no more."""
        after = self.new.scopes if self.new else ()
        return tuple(each for each in (self.old.scopes if self.old else ()) if each not in after)

    @property
    def raised(self) -> tuple[BroaderScope, ...]:
        """The scopes that let this request do more than it could."""
        return broader_scopes(self.old.scopes, self.scopes_added) if self.old and self.new else ()


class ConnectionChange(NamedTuple):
    """An environment before and after, and its fields that differ: name, before, after."""

    old: Connection | None
    new: Connection | None
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def name(self) -> str:
        """The environment's name, the new one if it has a new one."""
        known = self.new or self.old
        return known.name if known else ""


class GrantChange(NamedTuple):
    """A scope to grant or to revoke, in which environments, and for which requests."""

    scope: str
    environments: tuple[str, ...]
    requests: tuple[Asked, ...]
    raised: BroaderScope | None = None


class Changes(NamedTuple):
    """Everything that a reviewer has to judge."""

    old: Inventory
    new: Inventory
    requests: tuple[RequestChange, ...]
    connections: tuple[ConnectionChange, ...]
    grants: tuple[GrantChange, ...]
    revocations: tuple[GrantChange, ...]

    @property
    def name(self) -> str:
        """The collection's name, the new one if it has a new one."""
        return self.new.name or self.old.name

    @property
    def changed(self) -> bool:
        """Whether anything changed."""
        renamed = self.old.name != self.new.name
        return renamed or any((self.requests, self.connections, self.grants, self.revocations))

    @property
    def broader_access(self) -> bool:
        """Whether a token can do more than before."""
        return bool(self.grants) or any(change.raised for change in self.requests)
