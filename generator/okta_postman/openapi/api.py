"""An API as its OpenAPI document describes it, as far as a manifest can use it."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.operation import Operation

MOST: Final = 10_000
"""Operations of one manifest; more make a collection of 40 MB, which Postman fails to open."""


class Flow(NamedTuple):
    """The authorize and token URL of an OAuth scheme; both may be relative or empty."""

    authorize_url: str
    token_url: str


class Api(NamedTuple):
    """A document: its title, its release, its host if it has one, and its operations.

    `flow` issues the tokens for all operations; it is None if no operation needs a scope. `scopes`
    are those of the operations and those that the security schemes declare.
    """

    title: str
    release: str
    host: str
    flow: Flow | None
    operations: tuple[Operation, ...]
    scopes: frozenset[str]
