"""The keys of each environment, its own before the shared ones, and mappings as pairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from okta_postman.documents.data import Path
from okta_postman.documents.document import Document
from okta_postman.manifest.model import AppType
from okta_postman.manifest.schema.types import (
    AppKeys,
    EnvironmentKeys,
    ManifestKeys,
    ServerUrls,
    Text,
)
from okta_postman.okta.servers import OTHER_ISSUER, AuthorizationServer, is_okta_server

Pairs: TypeAlias = tuple[tuple[str, str], ...]


def pairs(document: Document, path: Path, mapping: Mapping[str, Text] | None) -> Pairs:
    """A mapping of strings, each value as it was typed."""
    items = (mapping or {}).items()
    return tuple((key, document.text((*path, key), value)) for key, value in items)


class Settings(NamedTuple):
    """What an environment is made from: its own keys, and those at the top where it has none.

    `name` is None for the only environment of a manifest that has no key `environments`.
    """

    name: str | None
    own: EnvironmentKeys
    shared: ManifestKeys

    @property
    def path(self) -> Path:
        """Where its own keys are."""
        return () if self.name is None else ("environments", self.name)

    @property
    def org(self) -> str | None:
        """The URL of the org, as typed."""
        return self.own.get("org", self.shared.get("org"))

    @property
    def authorization_server(self) -> str | ServerUrls | None:
        """The name or the URLs of the server; None for the org authorization server."""
        return self.own.get("authorization_server", self.shared.get("authorization_server"))

    @property
    def is_okta(self) -> bool:
        """Whether its authorization server is Okta's and not another provider's."""
        return not isinstance(self.authorization_server, dict)

    @property
    def has_okta_tokens(self) -> bool:
        """Whether Okta issues its tokens, also where another API takes them."""
        server = self.authorization_server
        urls = (server["authorize_url"], server["token_url"]) if isinstance(server, dict) else None
        return urls is None or is_okta_server(AuthorizationServer(OTHER_ISSUER, *urls))

    @property
    def redirect_uri(self) -> str | None:
        """The redirect URI, as typed."""
        return self.own.get("redirect_uri", self.shared.get("redirect_uri"))

    @property
    def client_id(self) -> str | None:
        """The client ID of the app, as typed."""
        return self._own_app.get("client_id", self._shared_app.get("client_id"))

    @property
    def app_type(self) -> AppType | None:
        """The type of the app."""
        return self._own_app.get("type", self._shared_app.get("type"))

    @property
    def grants(self) -> frozenset[str] | None:
        """The scopes granted to the app; None if they are not listed."""
        grants = self._own_app.get("grants", self._shared_app.get("grants"))
        return None if grants is None else frozenset(grants)

    def path_of(self, key: Literal["org", "authorization_server", "redirect_uri"]) -> Path:
        """Where the value of a key is."""
        return (*(self.path if key in self.own else ()), key)

    @property
    def path_of_client_id(self) -> Path:
        """Where the client ID is."""
        return (*(self.path if "client_id" in self._own_app else ()), "app", "client_id")

    @property
    def path_of_app(self) -> Path | None:
        """Where the environment's own app is, if it has keys."""
        app = self.shared.get("app") if self.name is None else self.own.get("app")
        return (*self.path, "app") if app else None

    @property
    def _own_app(self) -> AppKeys:
        return self.own.get("app") or AppKeys()

    @property
    def _shared_app(self) -> AppKeys:
        return self.shared.get("app") or AppKeys()


def settings_of(data: ManifestKeys) -> tuple[Settings, ...]:
    """The settings of each environment, in the order of the manifest."""
    environments = data.get("environments")
    if environments is None:
        return (Settings(None, EnvironmentKeys(), data),)
    return tuple(
        Settings(name, keys or EnvironmentKeys(), data) for name, keys in environments.items()
    )
