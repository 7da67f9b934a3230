"""An API as its OpenAPI document describes it, as far as a manifest can use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from okta_postman.okta.org_url import split_url
from okta_postman.openapi.nodes import Node
from okta_postman.operation import Endpoint, Operation

MOST: Final = 10_000
"""Operations of one manifest; more make a collection of 40 MB, which Postman fails to open."""


class Flow(NamedTuple):
    """The authorize and token URL of an OAuth scheme; both may be relative or empty.

    `pkce` is whether the document says that this is an authorization code flow, which PKCE is for.
    `discovery_url` is all that an OpenID Connect scheme says of its server.
    """

    authorize_url: str = ""
    token_url: str = ""
    pkce: bool = False
    discovery_url: str = ""

    def is_same_server(self, other: Flow) -> bool:
        """Whether the flows may be those of one authorization server.

        A server has one endpoint of each kind (RFC 6749, 3). A flow without one may be any
        server's, or any on the host of its discovery URL.
        """
        if any(self[:2]) and any(other[:2]):
            return any(mine and mine == its for mine, its in zip(self[:2], other[:2], strict=True))
        hosts, others = self._hosts(), other._hosts()
        return not hosts or not others or not hosts.isdisjoint(others)

    def _hosts(self) -> set[str]:
        urls = (self.authorize_url, self.token_url, self.discovery_url)
        return {parts.netloc for parts in map(split_url, urls) if parts and parts.netloc}


class Api(NamedTuple):
    """A document: its title, its release, its host if it has one, and its operations.

    `flow` issues the tokens for all operations; it is None if no operation needs a scope. `scopes`
    are those of the operations and those that the security schemes declare. `nodes` are the places
    of the operations, for problems.
    """

    title: str
    release: str
    host: str
    flow: Flow | None
    operations: tuple[Operation, ...]
    scopes: frozenset[str]
    nodes: Mapping[Endpoint, Node]
