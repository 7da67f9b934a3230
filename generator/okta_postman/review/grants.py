"""What an admin must grant to the app of each environment, and what to take back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from okta_postman.problems import UserError
from okta_postman.review.inventory import NOTHING, Asked, Connection, Inventory


class Needed(NamedTuple):
    """A scope, and the requests that ask for it; `new` where it was not granted before."""

    scope: str
    requests: tuple[Asked, ...]
    new: bool


class Grants(NamedTuple):
    """The scopes of one app: what its requests need, and what none of them needs.

    `revoke` was needed by a version before; `spare` is said to be granted.
    """

    collection: str
    connection: Connection
    file: str
    needed: tuple[Needed, ...]
    revoke: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()

    @property
    def grant(self) -> tuple[Needed, ...]:
        """What is to be granted now."""
        return tuple(each for each in self.needed if each.new)


def grants(
    new: Inventory, old: Inventory = NOTHING, environment: str | None = None
) -> tuple[Grants, ...]:
    """The grants of every environment, or of one; those that an older version had are not new.

    An app that no environment signs in to any more comes last. Raises UserError if there is no
    environment of that name.
    """
    every = [*(_grants(new, old, each) for each in new.connections), *_abandoned(new, old)]
    if environment is None:
        return tuple(every)
    found = tuple(each for each in every if each.connection.name == environment)
    if not found:
        names = ", ".join(f"`{each.name}`" for each in new.connections)
        raise UserError(f"there is no environment `{environment}`; there is {names}")
    return found


def _grants(new: Inventory, old: Inventory, connection: Connection) -> Grants:
    before = old.held(connection.app)
    return Grants(
        collection=new.name,
        connection=connection,
        file=_file(new, connection.slug),
        needed=tuple(Needed(each, new.asking(each), each not in before) for each in new.needed),
        revoke=_sorted(before - new.held(connection.app)),
        spare=_sorted((connection.granted or frozenset()) - set(new.needed)),
    )


def _abandoned(new: Inventory, old: Inventory) -> Iterator[Grants]:
    """The apps of an older version that are left with their grants."""
    used = {each.app for each in new.connections}
    for each in old.connections:
        if each.app not in used:
            revoke = _sorted(old.held(each.app))
            file = _file(old, f"{each.slug}.before")
            yield Grants(old.name, each, file, (), revoke)


def _file(inventory: Inventory, slug: str) -> str:
    """The beginning of a file name: two slugs, which cannot leave a folder."""
    return ".".join((inventory.slug or "collection", slug or "environment", "grants"))


def _sorted(scopes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(scopes))
