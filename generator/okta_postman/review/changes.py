"""The changes between two inventories as frozen data, and which of them mean broader access."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.okta.privilege import BroaderScope, broader_scopes
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.review.fields import REQUEST, FieldChange, field_changes
from okta_postman.review.inventory import App, Connection, Inventory, Request


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
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, if the request is in both versions."""
        return tuple(field_changes(REQUEST, self.old, self.new)) if self.old and self.new else ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """How the request changed: `added`, `removed`, or the labels of the fields that differ."""
        if self.old is None:
            return ("added",)
        if self.new is None:
            return ("removed",)
        return tuple(change.field.label for change in self.fields)

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

    @property
    def broader_access(self) -> bool:
        """Whether its token can do more than before, or goes elsewhere."""
        return bool(self.broader_scopes) or any(change.broader_access for change in self.fields)


class ConnectionChange(NamedTuple):
    """An environment before and after, and its fields that differ.

    If it has another app and no environment uses the one before, `kept` are the scopes that stay
    granted to that one.
    """

    old: Connection | None
    new: Connection | None
    fields: tuple[FieldChange, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The environment's name after the change, or before it if it was removed."""
        connection = self.new or self.old
        return connection.name if connection else ""

    @property
    def has_another_app(self) -> bool:
        """Whether people sign in to another app than before."""
        return self.old is not None and self.new is not None and self.old.app != self.new.app

    @property
    def broader_access(self) -> bool:
        """Whether it is new, or its tokens can do more, go to others or come from elsewhere."""
        return self.old is None or any(change.broader_access for change in self.fields)


class GrantChange(NamedTuple):
    """A scope to grant or to revoke, in which environments, at which app, and for which requests.

    Each environment has its app at the same position of `apps`.

    `broader_scope` is the scope to grant compared with what was granted before, if it is broader.
    """

    scope: str
    environments: tuple[str, ...]
    apps: tuple[App, ...]
    requests: tuple[Request, ...]
    broader_scope: BroaderScope | None = None


class Changes(NamedTuple):
    """All changes between two inventories."""

    old: Inventory
    new: Inventory
    fields: tuple[FieldChange, ...]
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
        every = (self.fields, self.requests, self.connections, self.grants, self.revocations)
        return any(every)

    @property
    def new_scopes(self) -> tuple[str, ...]:
        """The scopes that no request needed before and that nobody grants, as Okta's own are."""
        return tuple(
            scope
            for scope in self.new.scopes
            if scope not in self.old.scopes and not is_okta_scope(scope)
        )

    @property
    def broader_access(self) -> bool:
        """Whether a token can do more than before, or it or a code goes to others than before."""
        return (
            bool(self.grants or self.new_scopes)
            or any(change.broader_access for change in self.fields)
            or any(change.broader_access for change in self.requests)
            or any(change.broader_access for change in self.connections)
        )
