"""A description as frozen data: environments, and requests with the scopes they need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

AppType = Literal["native", "browser", "web"]
Folders = Literal["resource", "scope", "none"]
AuthLevel = Literal["request", "folder", "collection"]
ScopeSet = tuple[str, ...]
"""Scopes that are needed together, sorted."""

POSTMAN_CALLBACKS: Final = (
    "https://oauth.pstmn.io/v1/callback",
    "https://oauth.pstmn.io/v1/browser-callback",
)
"""The redirect URIs of Postman's desktop app and of Postman in a browser."""

CONNECTION_VARIABLES: Final = (
    "baseUrl",
    "authUrl",
    "accessTokenUrl",
    "clientId",
    "redirectUri",
    "state",
    "accessToken",
    "clientSecret",
)
"""The variables that connect to an org; a description sets them through its own keys."""

PARAMETER = re.compile(r"\{([^{}]*)\}")


def parameter_variable(parameter: str) -> str:
    """The variable that fills a path parameter: its own name, unless that connects to the org.

    `/oauth2/v1/clients/{clientId}` is about another client than the one that signs in.
    """
    if parameter not in CONNECTION_VARIABLES:
        return parameter
    return f"path{parameter[0].upper()}{parameter[1:]}"


class App(NamedTuple):
    """The OpenID Connect app a person signs in to; `grants` is None where nothing is said."""

    client_id: str
    type: AppType = "native"
    grants: frozenset[str] | None = None

    @property
    def is_confidential(self) -> bool:
        """Whether it has a secret. Source: RFC 6749, 2.1."""
        return self.type == "web"


class AuthorizationServer(NamedTuple):
    """Where tokens come from; its name is `org`, an id of Okta's, or empty if it is not Okta's."""

    name: str
    authorize_url: str
    token_url: str


class Environment(NamedTuple):
    """One org and app to send the requests to; `slug` is its part of a file name."""

    name: str
    slug: str
    org: str
    authorization_server: AuthorizationServer
    app: App
    redirect_uri: str
    variables: Mapping[str, str]


class Endpoint(NamedTuple):
    """A method and a path with `{parameters}`."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names between braces, in order."""
        return tuple(PARAMETER.findall(self.path))

    @property
    def shape(self) -> str:
        """The endpoint whatever its parameters are called."""
        return f"{self.method} {PARAMETER.sub('{}', self.path)}"


class JsonBody(NamedTuple):
    """Data to be sent as JSON."""

    data: Any


class FormBody(NamedTuple):
    """Fields to be sent as application/x-www-form-urlencoded."""

    fields: tuple[tuple[str, str], ...]


class Operation(NamedTuple):
    """What an OpenAPI document says of an endpoint; each of its scope sets is enough.

    Without one it takes no scope. `query` holds the required parameters; `lifecycle` is Okta's word
    for how far it is, or empty; `media` is the type of its body, which is None if none is written.
    """

    endpoint: Endpoint
    id: str
    tag: str
    scope_sets: tuple[ScopeSet, ...] = ()
    lifecycle: str = ""
    deprecated: bool = False
    query: tuple[tuple[str, str], ...] = ()
    media: str = ""
    body: JsonBody | FormBody | None = None


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


class Description(NamedTuple):
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
