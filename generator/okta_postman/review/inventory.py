"""What a reviewer judges, wherever it was read: requests with their scopes, and the apps asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from okta_postman.manifest.model import Environment, Manifest
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.operation import PARAMETER, ScopeSet


class Asked(NamedTuple):
    """A request and the scopes that it asks for, sorted."""

    method: str
    path: str
    name: str
    folder: str
    scopes: ScopeSet

    @property
    def endpoint(self) -> str:
        """The method and the path."""
        return f"{self.method} {self.path}"

    @property
    def own_name(self) -> str:
        """The name that somebody gave it, or nothing where it is the endpoint."""
        return "" if self.name == self.endpoint else self.name

    @property
    def shape(self) -> str:
        """The endpoint whatever its parameters are called."""
        return f"{self.method} {PARAMETER.sub('{}', self.path)}"


class App(NamedTuple):
    """An app of an org: what scopes are granted to."""

    org: str
    client_id: str


class Connection(NamedTuple):
    """How an environment reaches an org; `granted` is None where nothing is said."""

    name: str
    slug: str
    org: str
    authorization_server: str
    client_id: str
    redirect_uri: str
    granted: frozenset[str] | None = None

    @property
    def app(self) -> App:
        """The app that its users sign in to."""
        return App(self.org, self.client_id)


class Inventory(NamedTuple):
    """A collection as a reviewer sees it."""

    name: str
    slug: str
    requests: tuple[Asked, ...]
    connections: tuple[Connection, ...]

    @property
    def complete(self) -> bool:
        """Whether it knows every environment, as a description does and a collection does not."""
        return bool(self.slug)

    @property
    def needed(self) -> tuple[str, ...]:
        """The scopes that must be granted to the app, sorted: only those of Okta's own APIs are.

        Source: developer.okta.com/docs/guides/implement-oauth-for-okta/.
        """
        return tuple(sorted(filter(is_okta_scope, self.scopes())))

    def held(self, app: App) -> frozenset[str]:
        """What an app has been granted: what is said of it, and what its requests cannot lack."""
        own = [each for each in self.connections if each.app == app]
        said = (scope for each in own for scope in each.granted or ())
        return frozenset((*said, *self.needed)) if own else frozenset()

    def scopes(self) -> Iterable[str]:
        """Every scope that a request asks for, in the order of the requests."""
        return dict.fromkeys(scope for request in self.requests for scope in request.scopes)

    def asking(self, scope: str) -> tuple[Asked, ...]:
        """The requests that ask for a scope."""
        return tuple(request for request in self.requests if scope in request.scopes)


NOTHING = Inventory("", "", (), ())
"""What stands where there is no file yet, or none any more."""


def inventory(manifest: Manifest) -> Inventory:
    """The inventory of a description."""
    requests = [
        Asked(
            request.endpoint.method,
            request.endpoint.path,
            request.name,
            request.folder,
            request.scopes,
        )
        for request in manifest.requests
    ]
    connections = tuple(_connection(each) for each in manifest.environments)
    return Inventory(manifest.name, manifest.slug, tuple(requests), connections)


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
