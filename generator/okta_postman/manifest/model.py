"""A manifest as frozen data: environments, and requests with the scopes they need."""

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
    """The OpenID Connect app that users sign in to; `grants` is None if they are not listed."""

    client_id: str
    type: AppType = DEFAULT_APP_TYPE
    grants: frozenset[str] | None = None

    @property
    def is_confidential(self) -> bool:
        """Whether it has a secret. Source: RFC 6749, 2.1."""
        return self.type == "web"


class Environment(NamedTuple):
    """An org and an app to send requests to; `slug` is its part of a file name.

    `sign_in_parameters` are added to the authorization request.
    """

    name: str
    slug: str
    org: str
    authorization_server: AuthorizationServer
    app: App
    redirect_uri: str
    variables: Mapping[str, str]
    sign_in_parameters: tuple[tuple[str, str], ...] = ()


class Request(NamedTuple):
    """An endpoint, the scopes that its token has, and what else is sent.

    A request that is `public` is sent without a token; another without scopes takes any token.
    `alternatives` are other scope sets, each of which would be enough; `variant` counts the
    requests of one endpoint from 0; `folder` is empty for a request at the top of the collection.
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
    public: bool = False


class Layout(NamedTuple):
    """How the collection is put together."""

    folders: Folders = "resource"
    auth: AuthLevel = "request"
    scripts: bool = True


class Manifest(NamedTuple):
    """One collection with its environments; everything in it has been checked."""

    id: str
    slug: str
    name: str
    description: str
    environments: tuple[Environment, ...]
    requests: tuple[Request, ...]
    layout: Layout

    @property
    def sign_in_parameters(self) -> tuple[str, ...]:
        """The names of the parameters that an environment adds to the authorization request."""
        every = (name for each in self.environments for name, _ in each.sign_in_parameters)
        return tuple(dict.fromkeys(every))

    @property
    def token_scopes(self) -> tuple[ScopeSet, ...]:
        """The scope sets that tokens are requested with, each once, in order of the requests."""
        if self.layout.auth == "collection":
            return (
                tuple(sorted({scope for request in self.requests for scope in request.scopes})),
            )
        with_token = (request for request in self.requests if not request.public)
        return tuple(dict.fromkeys(request.scopes for request in with_token))
