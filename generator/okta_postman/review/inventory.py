"""What a reviewer judges, read from a manifest or a collection: requests, scopes and apps."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.manifest.model import Environment, Manifest
from okta_postman.okta.scopes import is_okta_scope, scopes_label
from okta_postman.operation import PARAMETER, ScopeSet


class Request(NamedTuple):
    """A request and the scopes that its token is requested with, sorted.

    One that is `public` is sent without a token.
    """

    method: str
    path: str
    name: str
    folder: str
    scopes: ScopeSet
    public: bool = False

    @property
    def token(self) -> tuple[str, ...]:
        """What a report says of its token: the scopes, or that there are none."""
        return self.scopes or (scopes_label((), public=self.public),)

    @property
    def endpoint(self) -> str:
        """The method and the path."""
        return f"{self.method} {self.path}"

    @property
    def own_name(self) -> str:
        """The name of the request; empty if it is the endpoint, the default."""
        return "" if self.name == self.endpoint else self.name

    @property
    def shape(self) -> str:
        """The endpoint without the names of its parameters."""
        return f"{self.method} {PARAMETER.sub('{}', self.path)}"


class App(NamedTuple):
    """An app of an org, which scopes are granted to."""

    org: str
    client_id: str


class Connection(NamedTuple):
    """How an environment connects to an org; `granted` is None if granted scopes aren't listed."""

    name: str
    slug: str
    org: str
    authorization_server: str
    client_id: str
    redirect_uri: str
    granted: frozenset[str] | None = None

    @property
    def app(self) -> App:
        """The app that users sign in to."""
        return App(self.org, self.client_id)


class Inventory(NamedTuple):
    """The requests and connections of a manifest or a collection; a collection has no slug."""

    name: str
    slug: str
    requests: tuple[Request, ...]
    connections: tuple[Connection, ...]

    @property
    def is_manifest(self) -> bool:
        """Whether it has every environment: a manifest does, a collection has only the first."""
        return bool(self.slug)

    @property
    def scopes(self) -> tuple[str, ...]:
        """Every scope of a request, in the order of the requests."""
        every = (scope for request in self.requests for scope in request.scopes)
        return tuple(dict.fromkeys(every))

    @property
    def needed(self) -> tuple[str, ...]:
        """The scopes that must be granted to the app, sorted: only Okta's own APIs have such.

        Source: developer.okta.com/docs/guides/implement-oauth-for-okta/.
        """
        return tuple(sorted(filter(is_okta_scope, self.scopes)))

    def granted_to(self, app: App) -> frozenset[str]:
        """The scopes of an app: those listed as granted, and those that its requests need."""
        connections = [known for known in self.connections if known.app == app]
        if not connections:
            return frozenset()
        return frozenset(self.needed).union(*(known.granted or () for known in connections))

    def requests_with(self, scope: str) -> tuple[Request, ...]:
        """The requests that need a scope."""
        return tuple(request for request in self.requests if scope in request.scopes)


NOTHING = Inventory("", "", (), ())
"""The inventory of a file that does not exist yet, or not any longer."""


def inventory(manifest: Manifest) -> Inventory:
    """The inventory of a manifest."""
    requests = tuple(
        Request(
            request.endpoint.method,
            request.endpoint.path,
            request.name,
            request.folder,
            request.scopes,
            request.public,
        )
        for request in manifest.requests
    )
    connections = tuple(map(_connection, manifest.environments))
    return Inventory(manifest.name, manifest.slug, requests, connections)


def _connection(environment: Environment) -> Connection:
    server = environment.authorization_server
    return Connection(
        name=environment.name,
        slug=environment.slug,
        org=environment.org,
        authorization_server=server.name or server.authorize_url,
        client_id=environment.app.client_id,
        redirect_uri=environment.redirect_uri,
        granted=environment.app.grants,
    )
