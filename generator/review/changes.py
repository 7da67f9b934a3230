"""What changed between two inventories, and which of it widens what a token can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.okta.scopes import Raise, raises
from generator.review.inventory import Asked, Connection, Inventory


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
    def raised(self) -> tuple[Raise, ...]:
        """The scopes that let this request do more than it could."""
        return raises(self.old.scopes, self.scopes_added) if self.old and self.new else ()


class ConnectionChange(NamedTuple):
    """An environment before and after, and its fields that differ: name, before, after."""

    old: Connection | None
    new: Connection | None
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def name(self) -> str:
        """The environment's name, the new one if it has a new one."""
        return (self.new or self.old or _NAMELESS).name


class GrantChange(NamedTuple):
    """A scope to grant or to revoke, in which environments, and for which requests."""

    scope: str
    environments: tuple[str, ...]
    requests: tuple[Asked, ...]
    raised: Raise | None = None


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
    def any(self) -> bool:
        """Whether anything changed."""
        renamed = self.old.name != self.new.name
        return renamed or any((self.requests, self.connections, self.grants, self.revocations))

    @property
    def widening(self) -> bool:
        """Whether a token can do more than before."""
        return bool(self.grants) or any(change.raised for change in self.requests)


_NAMELESS = Connection("", "", "", "", "", "")


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


_Found = Iterator[tuple[str, str, Raise | None]]


def _grants(old: Inventory, new: Inventory) -> _Found:
    """Scopes that an app needs and has never been granted, by environment."""
    for each in new.connections:
        before = old.held(each.app)
        for scope in sorted({*new.needed, *(each.granted or ())} - before):
            yield scope, each.name, next(iter(raises(before, [scope])), None)


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
    raised: dict[str, Raise | None] = {}
    for scope, name, each in found:
        names.setdefault(scope, []).append(name)
        raised[scope] = raised.get(scope) or each
    return tuple(
        GrantChange(scope, tuple(names[scope]), inventory.asking(scope), raised[scope])
        for scope in sorted(names)
    )
