"""A description as frozen data: environments, and requests with the scopes they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from okta_postman.okta.servers import AuthorizationServer
from okta_postman.operation import Endpoint, FormBody, JsonBody, ScopeSet

AppType = Literal["native", "browser", "web"]
Folders = Literal["resource", "scope", "none"]
AuthLevel = Literal["request", "folder", "collection"]

DEFAULT_APP_TYPE: Final = "native"


class App(NamedTuple):
    """The OpenID Connect app a person signs in to; `grants` is None where nothing is said."""

    client_id: str
    type: AppType = DEFAULT_APP_TYPE
    grants: frozenset[str] | None = None

    @property
    def is_confidential(self) -> bool:
        """Whether it has a secret. Source: RFC 6749, 2.1."""
        return self.type == "web"


class Environment(NamedTuple):
    """One org and app to send the requests to; `slug` is its part of a file name."""

    name: str
    slug: str
    org: str
    authorization_server: AuthorizationServer
    app: App
    redirect_uri: str
    variables: Mapping[str, str]


class Request(NamedTuple):
    """An endpoint, the scopes it is asked with, and what else was said about it.

    `alternatives` are the other scope sets of which each would be enough; `variant` counts the
    requests of the same endpoint from 0; `folder` is empty where the request stands in none.
    """

    endpoint: Endpoint
    scopes: ScopeSet
    name: str
    folder: str = ""
    alternatives: tuple[ScopeSet, ...] = ()
    variant: int = 0
    description: str = ""
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    body: JsonBody | FormBody | None = None
    deprecated: bool = False


class Layout(NamedTuple):
    """How the collection is put together."""

    folders: Folders = "resource"
    auth: AuthLevel = "request"
    scripts: bool = True


class Manifest(NamedTuple):
    """Everything a user said about one collection, checked."""

    id: str
    slug: str
    name: str
    description: str
    environments: tuple[Environment, ...]
    requests: tuple[Request, ...]
    layout: Layout

    @property
    def token_scopes(self) -> tuple[ScopeSet, ...]:
        """The scope sets that tokens are asked for, each once, in the order of the requests."""
        if self.layout.auth == "collection":
            return (tuple(sorted({scope for each in self.requests for scope in each.scopes})),)
        return tuple(dict.fromkeys(each.scopes for each in self.requests))
