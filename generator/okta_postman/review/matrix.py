"""Requests by scopes and environments, with hints where narrower scopes are enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.okta import catalog
from okta_postman.okta.privilege import Level, level
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.review.inventory import Connection, Inventory, Request


class Row(NamedTuple):
    """A request; `grants` has for each environment what is known about its scopes."""

    request: Request
    level: Level
    grants: tuple[str, ...]


class Hint(NamedTuple):
    """A scope that could be given up, the reason, and the environments if it is not all of them."""

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
    """The matrix of an inventory, with the requests in their order."""
    return Matrix(
        name=inventory.name,
        connections=inventory.connections,
        rows=tuple(_row(inventory, request) for request in inventory.requests),
        hints=(*_only_for_get(inventory), *_unused(inventory)),
    )


_LEVELS: Final[tuple[Level, ...]] = ("sign-in", "read", "unknown", "manage")


def _row(inventory: Inventory, request: Request) -> Row:
    levels = [level(scope) for scope in request.scopes]
    highest: Level = "none" if request.public else "sign-in"
    return Row(
        request,
        max(levels, key=_LEVELS.index, default=highest),
        tuple(_grant(request, connection) for connection in inventory.connections),
    )


def _grant(request: Request, connection: Connection) -> str:
    """Whether the scopes of a request are granted to an app, as far as the manifest tells."""
    needed = set(filter(is_okta_scope, request.scopes))
    if not needed:
        return "needs no token" if request.public else "needs no grant"
    if connection.granted is None:
        return "requested"
    return "granted" if needed <= connection.granted else "not granted"


def _only_for_get(inventory: Inventory) -> Iterator[Hint]:
    """The `manage` scopes that are used only to read, though Okta's API does not need them."""
    for scope in inventory.scopes:
        requests = inventory.requests_with(scope)
        if level(scope) == "manage" and all(_reads_without(scope, request) for request in requests):
            narrower = scope.replace(".manage", ".read")
            suggestion = f": try {narrower}" if narrower != scope else ""
            yield Hint(scope, f"is used only for GET{suggestion}")


def _reads_without(scope: str, request: Request) -> bool:
    """Whether a request only reads, and the API catalog has no scope set with this scope for it."""
    operation = catalog.find(request.method, request.path)
    scope_sets = operation.scope_sets if operation else ()
    return request.method in ("GET", "HEAD") and not any(scope in scopes for scopes in scope_sets)


def _unused(inventory: Inventory) -> Iterator[Hint]:
    """Scopes that are granted and that no request needs, with the environments."""
    environments: dict[str, list[str]] = {}
    for connection in inventory.connections:
        for scope in sorted((connection.granted or frozenset()) - set(inventory.scopes)):
            environments.setdefault(scope, []).append(connection.name)
    for scope, names in environments.items():
        yield Hint(scope, "is granted, but no request needs it", tuple(names))
