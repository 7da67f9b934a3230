"""Compares two inventories: requests by endpoint, environments by name, grants by app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from okta_postman.okta.privilege import BroaderScope, broader_scopes
from okta_postman.review.changes import Changes, ConnectionChange, GrantChange, RequestChange
from okta_postman.review.fields import (
    COLLECTION,
    CONNECTION,
    REQUEST,
    comparable,
    field_changes,
)
from okta_postman.review.inventory import NOTHING, App, Connection, Inventory, Request


def compare(old: Inventory, new: Inventory) -> Changes:
    """The changes from one inventory to another, of manifests or of collections.

    A collection has only the first environment, so a manifest is compared with it by that alone.
    """
    old, new = _comparable(old, new), _comparable(new, old)
    pairs = list(_connection_pairs(old, new))
    changes = (RequestChange(*pair) for pair in _request_pairs(old.requests, new.requests))
    return Changes(
        old=old,
        new=new,
        fields=() if NOTHING in (old, new) else tuple(field_changes(COLLECTION, old, new)),
        requests=tuple(change for change in changes if change.kinds),
        connections=tuple(_connection_changes(pairs, old, new)),
        grants=_by_scope(new, _grants(old, new)),
        revocations=_by_scope(old, _revocations(old, new, pairs)),
    )


def _comparable(one: Inventory, other: Inventory) -> Inventory:
    """An inventory as it is, or what manifests and collections have both, if the other is of those.

    The first connection of the collection gets the name that it has in the manifest.
    """
    if NOTHING in (one, other) or one.is_manifest == other.is_manifest:
        return one
    requests = tuple(comparable(REQUEST, request) for request in one.requests)
    connections = tuple(comparable(CONNECTION, connection) for connection in one.connections)
    shared = comparable(COLLECTION, one)._replace(requests=requests, connections=connections)
    if not (one.connections and other.connections):
        return shared
    if not one.is_manifest:
        first = connections[0]._replace(name=other.connections[0].name)
        return shared._replace(connections=(first, *connections[1:]))
    first = connections[0]
    variables = sorted((*first.variables, *first.unused_variables))
    first = first._replace(variables=(), unused_variables=())
    return shared._replace(connections=(first,), variables=tuple(variables))


RequestPair = tuple[Request | None, Request | None]
ConnectionPair = tuple[Connection | None, Connection | None]


def _request_pairs(old: Iterable[Request], new: Iterable[Request]) -> Iterator[RequestPair]:
    """Every request with its counterpart: in the order of the new ones, then the removed ones.

    Several requests of one endpoint are paired by name, and those that are left by their order.
    """
    unpaired: dict[str, list[Request]] = {}
    for request in old:
        unpaired.setdefault(request.shape, []).append(request)
    added = list(new)
    counterparts: dict[int, Request] = {}
    for by_name in (True, False):
        for index, request in enumerate(added):
            if index in counterparts:
                continue
            for candidate in unpaired.get(request.shape, []):
                if not by_name or candidate.name == request.name:
                    counterparts[index] = candidate
                    unpaired[request.shape].remove(candidate)
                    break
    for index, request in enumerate(added):
        yield counterparts.get(index), request
    for removed in unpaired.values():
        for request in removed:
            yield request, None


def _connection_pairs(old: Inventory, new: Inventory) -> Iterator[ConnectionPair]:
    """Environments by name, the removed ones last.

    If each inventory has one, they are a pair: the default name of the only environment is its
    host, which may have changed.
    """
    if len(old.connections) == len(new.connections) == 1:
        yield old.connections[0], new.connections[0]
        return
    before = {connection.name: connection for connection in old.connections}
    for connection in new.connections:
        yield before.pop(connection.name, None), connection
    for removed in before.values():
        yield removed, None


def _connection_changes(
    pairs: Iterable[ConnectionPair], old: Inventory, new: Inventory
) -> Iterator[ConnectionChange]:
    apps = {connection.app for connection in new.connections}
    for before, after in pairs:
        if before is None or after is None:
            yield ConnectionChange(before, after)
        elif fields := tuple(field_changes(CONNECTION, before, after)):
            kept = () if before.app in apps else sorted(old.granted_to(before.app))
            yield ConnectionChange(before, after, fields, tuple(kept))


class _Grant(NamedTuple):
    """A scope to grant or to revoke in one environment, at its app."""

    scope: str
    environment: str
    app: App
    broader_scope: BroaderScope | None = None


def _grants(old: Inventory, new: Inventory) -> Iterator[_Grant]:
    """Scopes that an app needs and was not granted before, by environment."""
    for connection in new.connections:
        before = old.granted_to(connection.app)
        for scope in sorted({*new.needed, *(connection.granted or ())} - before):
            broader = broader_scopes(before, [scope])
            yield _Grant(scope, connection.name, connection.app, broader[0] if broader else None)


def _revocations(
    old: Inventory, new: Inventory, pairs: Iterable[ConnectionPair]
) -> Iterator[_Grant]:
    """Scopes that an app was granted and that no request needs any longer, by environment.

    An app that gave way to another one is a change of the environment.
    """
    apps = {connection.app for connection in new.connections}
    for before, after in pairs:
        if before is None or (after is not None and before.app not in apps):
            continue
        app = before.app
        needed = set(new.needed) if app in apps else set()
        unlisted = old.granted_to(app) - new.granted_to(app)
        environment = after.name if after and after.app == app else before.name
        for scope in sorted({*old.needed, *unlisted} - needed):
            yield _Grant(scope, environment, app)


def _by_scope(inventory: Inventory, grants: Iterable[_Grant]) -> tuple[GrantChange, ...]:
    """One change for each scope, with all of its environments."""
    by_scope: dict[str, list[_Grant]] = {}
    for grant in grants:
        by_scope.setdefault(grant.scope, []).append(grant)
    return tuple(
        GrantChange(
            scope,
            environments=tuple(grant.environment for grant in same),
            apps=tuple(grant.app for grant in same),
            requests=inventory.requests_with(scope),
            broader_scope=next(filter(None, (grant.broader_scope for grant in same)), None),
        )
        for scope, same in sorted(by_scope.items())
    )
