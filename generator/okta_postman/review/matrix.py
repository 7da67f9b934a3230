"""Endpoints against scopes and environments, with hints towards the least privilege."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from okta_postman.okta import catalog
from okta_postman.okta.scopes import Level, is_okta_scope, level
from okta_postman.review.inventory import Asked, Connection, Inventory


class Row(NamedTuple):
    """A request; `grants` says for each environment what is known of its scopes."""

    request: Asked
    level: Level
    grants: tuple[str, ...]


class Hint(NamedTuple):
    """A scope that could be given up, why, and in which environments if not in all."""

    scope: str
    message: str
    environments: tuple[str, ...] = ()


class Matrix(NamedTuple):
    """All requests of a collection by environment."""

    name: str
    connections: tuple[Connection, ...]
    rows: tuple[Row, ...]
    hints: tuple[Hint, ...]


def matrix(inventory: Inventory) -> Matrix:
    """The matrix of an inventory, its requests in their order."""
    return Matrix(
        name=inventory.name,
        connections=inventory.connections,
        rows=tuple(_row(inventory, request) for request in inventory.requests),
        hints=(*_only_read(inventory), *_spare(inventory)),
    )


_LEVELS: tuple[Level, ...] = ("sign-in", "read", "manage")


def _row(inventory: Inventory, request: Asked) -> Row:
    levels = [level(scope) for scope in request.scopes]
    return Row(
        request,
        max(levels, key=_LEVELS.index, default="sign-in"),
        tuple(_granted(request, each) for each in inventory.connections),
    )


def _granted(request: Asked, connection: Connection) -> str:
    """Whether an app has been granted what a request asks for, as far as the description says."""
    needed = set(filter(is_okta_scope, request.scopes))
    if not needed:
        return "needs no grant"
    if connection.granted is None:
        return "requested"
    missing = needed - connection.granted
    return "not granted" if missing else "granted"


def _only_read(inventory: Inventory) -> Iterator[Hint]:
    """Scopes that manage and are only used to read, though Okta's documents do not ask for them."""
    for scope in inventory.scopes():
        asking = inventory.asking(scope)
        if level(scope) == "manage" and all(_reads_without(scope, each) for each in asking):
            less = scope.replace(".manage", ".read")
            reading = f": try {less}" if less != scope else ""
            yield Hint(scope, f"manages, and is used for GET alone{reading}")


def _reads_without(scope: str, request: Asked) -> bool:
    known = catalog.find(request.method, request.path)
    needed = known.scope_sets if known else ()
    return request.method in ("GET", "HEAD") and not any(scope in each for each in needed)


def _spare(inventory: Inventory) -> Iterator[Hint]:
    """Scopes that are granted and that nothing asks for, with the environments."""
    spare: dict[str, list[str]] = {}
    for connection in inventory.connections:
        for scope in sorted((connection.granted or frozenset()) - set(inventory.scopes())):
            spare.setdefault(scope, []).append(connection.name)
    for scope, names in spare.items():
        yield Hint(scope, "is granted, and nothing asks for it", tuple(names))
