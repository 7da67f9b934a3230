"""What an OpenAPI document says that a description can use, as frozen data."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.operation import Operation

MOST: Final = 10_000
"""Operations of one description: forty megabytes of a collection, which Postman fails to open."""


class Flow(NamedTuple):
    """Where an OAuth scheme signs people in and gives out tokens; relative or empty, perhaps."""

    authorize_url: str
    token_url: str


class Api(NamedTuple):
    """A document: its title and release, the host that it names if any, and its operations.

    `flow` gives out the tokens for all of them; it is None where no operation takes a scope.
    """

    title: str
    release: str
    host: str
    flow: Flow | None
    operations: tuple[Operation, ...]
    scopes: frozenset[str]
