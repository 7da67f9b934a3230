"""The scopes that an admin must grant to the app of each environment, and those to revoke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from okta_postman.problems import UserError
from okta_postman.review.inventory import NOTHING, Connection, Inventory, Request


class NeededScope(NamedTuple):
    """A scope, and the requests that need it; `new` if it was not granted before."""

    scope: str
    requests: tuple[Request, ...]
    new: bool


class Grants(NamedTuple):
    """The scopes of one app: those that its requests need, and those that none of them needs.

    `revoke` are scopes that an older version needed; `spare` are listed as granted. `file` is the
    beginning of a file name for the report.
    """

    collection: str
    connection: Connection
    file: str
    needed: tuple[NeededScope, ...]
    revoke: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()

    @property
    def grant(self) -> tuple[NeededScope, ...]:
        """The scopes that are not granted yet."""
        return tuple(scope for scope in self.needed if scope.new)


def grants(
    new: Inventory, old: Inventory = NOTHING, environment: str | None = None
) -> tuple[Grants, ...]:
    """The grants of every environment, or of one; those that an older version had are not new.

    Apps that no environment uses any longer come last. Raises UserError if there is no environment
    of that name.
    """
    every = [
        *(_grants(new, old, connection) for connection in new.connections),
        *_abandoned(new, old),
    ]
    if environment is None:
        return tuple(every)
    named = tuple(one for one in every if one.connection.name == environment)
    if not named:
        names = ", ".join(f"`{connection.name}`" for connection in new.connections)
        raise UserError(f"no environment is called `{environment}`; there is {names}")
    return named


def _grants(new: Inventory, old: Inventory, connection: Connection) -> Grants:
    before = old.granted_to(connection.app)
    return Grants(
        collection=new.name,
        connection=connection,
        file=_file(new, connection.slug),
        needed=tuple(
            NeededScope(scope, new.requests_with(scope), scope not in before)
            for scope in new.needed
        ),
        revoke=_sorted(before - new.granted_to(connection.app)),
        spare=_sorted((connection.granted or frozenset()) - set(new.needed)),
    )


def _abandoned(new: Inventory, old: Inventory) -> Iterator[Grants]:
    """The apps that only an older version uses, whose scopes are all to revoke."""
    apps = {connection.app for connection in new.connections}
    for connection in old.connections:
        if connection.app not in apps:
            file = _file(old, f"{connection.slug}.before")
            revoke = _sorted(old.granted_to(connection.app))
            yield Grants(old.name, connection, file, (), revoke)


def _file(inventory: Inventory, slug: str) -> str:
    """The beginning of a file name, made of two slugs, which cannot leave a folder."""
    return ".".join((inventory.slug or "collection", slug or "environment", "grants"))


def _sorted(scopes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(scopes))
