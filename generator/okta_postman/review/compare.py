"""Compares two inventories: requests by endpoint, environments by name, grants by app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okta_postman.okta.scopes import BroaderScope, broader_scopes
from okta_postman.review.changes import Changes, ConnectionChange, GrantChange, RequestChange
from okta_postman.review.inventory import Asked, Connection, Inventory


def compare(old: Inventory, new: Inventory) -> Changes:
    """What changed from one inventory to another, of descriptions or of collections.

    A collection knows the first environment alone; against it a description is compared by that.
    """
    old, new = _alike(old, new), _alike(new, old)
    pairs = list(_paired(old, new))
    return Changes(
        old=old,
        new=new,
        requests=tuple(each for each in _requests(old.requests, new.requests) if each.kinds),
        connections=tuple(_connections(pairs)),
        grants=_by_scope(new, _grants(old, new)),
        revocations=_by_scope(old, _revocations(old, new, pairs)),
    )


def _alike(one: Inventory, other: Inventory) -> Inventory:
    """An inventory, cut to its first environment by one name where one of both lacks the rest."""
    if not (one.connections and other.connections) or one.complete == other.complete:
        return one
    named = other if other.complete else one
    first = one.connections[0]._replace(name=named.connections[0].name)
    return one._replace(connections=(first,))


def _requests(old: tuple[Asked, ...], new: tuple[Asked, ...]) -> Iterator[RequestChange]:
    """Every request with its counterpart, in the order of the new ones, the removed ones last.

    Several requests of one endpoint are told apart by their names, and then by their order.
    """
    left: dict[str, list[Asked]] = {}
    for request in old:
        left.setdefault(request.shape, []).append(request)
    known: dict[int, Asked] = {}
    for same_name in (True, False):
        for index, request in enumerate(new):
            rest = left.get(request.shape, [])
            fits = (each for each in rest if not same_name or each.name == request.name)
            found = None if index in known else next(fits, None)
            if found:
                rest.remove(found)
                known[index] = found
    for index, request in enumerate(new):
        yield RequestChange(known.get(index), request)
    for rest in left.values():
        yield from (RequestChange(request, None) for request in rest)


Pair = tuple[Connection | None, Connection | None]


def _paired(old: Inventory, new: Inventory) -> Iterator[Pair]:
    """Environments by name; where there is but one, its name follows the org and says nothing."""
    if len(old.connections) == len(new.connections) == 1:
        yield old.connections[0], new.connections[0]
        return
    before = {each.name: each for each in old.connections}
    for each in new.connections:
        yield before.pop(each.name, None), each
    for gone in before.values():
        yield gone, None


_FIELDS = {
    "name": "name",
    "org": "org",
    "authorization_server": "authorization server",
    "client_id": "client id",
    "redirect_uri": "redirect URI",
}


def _connections(pairs: Iterable[Pair]) -> Iterator[ConnectionChange]:
    for old, new in pairs:
        fields = tuple(
            (words, getattr(old, key), getattr(new, key))
            for key, words in _FIELDS.items()
            if old and new and getattr(old, key) != getattr(new, key)
        )
        if fields or not old or not new:
            yield ConnectionChange(old, new, fields)


_Found = Iterator[tuple[str, str, BroaderScope | None]]


def _grants(old: Inventory, new: Inventory) -> _Found:
    """Scopes that an app needs and has never been granted, by environment."""
    for each in new.connections:
        before = old.held(each.app)
        for scope in sorted({*new.needed, *(each.granted or ())} - before):
            yield scope, each.name, next(iter(broader_scopes(before, [scope])), None)


def _revocations(old: Inventory, new: Inventory, pairs: Iterable[Pair]) -> _Found:
    """Scopes that an app was granted and that no request needs any more, by environment."""
    for before, after in pairs:
        if before:
            app = before.app
            used = any(each.app == app for each in new.connections)
            dropped = {*old.needed, *(old.held(app) - new.held(app))}.difference(
                new.needed if used else ()
            )
            name = after.name if after and after.app == app else before.name
            yield from ((scope, name, None) for scope in sorted(dropped))


def _by_scope(inventory: Inventory, found: _Found) -> tuple[GrantChange, ...]:
    """One entry a scope, with all of its environments."""
    names: dict[str, list[str]] = {}
    raised: dict[str, BroaderScope | None] = {}
    for scope, name, each in found:
        names.setdefault(scope, []).append(name)
        raised[scope] = raised.get(scope) or each
    return tuple(
        GrantChange(scope, tuple(names[scope]), inventory.asking(scope), raised[scope])
        for scope in sorted(names)
    )
