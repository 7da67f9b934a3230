"""The authorization servers of an org, and where each of them authorizes and issues tokens."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from okta_postman.okta.org_url import is_okta_host, split_url

ORG_SERVER: Final = "org"
"""The name in a manifest of the org's own authorization server, which has no ID."""

OTHER_ISSUER: Final = ""
"""The name of another provider's server, which a manifest has as its two URLs."""

_CUSTOM_SERVER_PATH: Final = re.compile(r"/oauth2/(?!v1/)([^/]+)/v1/.*")


# On a host that is not in a domain of Okta's, only these names of servers are surely Okta's.
_OKTA_NAME: Final = re.compile(r"default|aus[A-Za-z0-9]{10,}")
_AUTHORIZE_PATH: Final = re.compile(r"/oauth2(?:/([A-Za-z0-9]+))?/v1/authorize")
_DISCOVERY: Final = re.compile(
    r"((?:https?://[^/?#]+)?)(?:/oauth2/([A-Za-z0-9]+))?"
    r"/\.well-known/(?:openid-configuration|oauth-authorization-server)(?:\?.*)?"
)


class AuthorizationServer(NamedTuple):
    """Where tokens come from; its name is `org`, an ID of Okta's, or empty for another provider."""

    name: str
    authorize_url: str
    token_url: str


def server_of(org: str, name: str) -> AuthorizationServer:
    """An authorization server of an org by its name: `org`, `default`, or an ID like `aus…`.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    base = f"{org}/oauth2" if name == ORG_SERVER else f"{org}/oauth2/{name}"
    return AuthorizationServer(name, f"{base}/v1/authorize", f"{base}/v1/token")


def is_org_server(server: AuthorizationServer) -> bool:
    """Whether a server is the org's own, the only one to issue tokens with Okta's API scopes."""
    return server.name == ORG_SERVER


def is_okta_server(server: AuthorizationServer) -> bool:
    """Whether a server is Okta's, and so has Okta's restrictions, whatever a manifest calls it."""
    if server.name != OTHER_ISSUER:
        return True
    parts = split_url(server.authorize_url)
    match = _AUTHORIZE_PATH.fullmatch(parts.path) if parts else None
    return bool(parts and match and _is_oktas(parts.netloc, match[1]))


def server_of_discovery(url: str) -> AuthorizationServer | None:
    """The server of Okta's whose metadata is at a URL; None if it may be another provider's.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    match = _DISCOVERY.fullmatch(url)
    if match is None or not _is_oktas(match[1].partition("://")[2], match[2]):
        return None
    return server_of(match[1], match[2] or ORG_SERVER)


def _is_oktas(host: str, name: str | None) -> bool:
    """Whether the server of a name, or the one without, is Okta's on some host."""
    return is_okta_host(host) or bool(name and _OKTA_NAME.fullmatch(name))


def issuing_server(path: str) -> str:
    """The name of the server that issues the tokens for a path.

    That is the org's own, except below `/oauth2/{id}/v1/` of a custom one.
    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    match = _CUSTOM_SERVER_PATH.fullmatch(path)
    return match[1] if match else ORG_SERVER


def issuer(org: str, server: AuthorizationServer) -> str:
    """The issuer in a server's metadata and tokens; empty for another provider's server.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    issuers = {ORG_SERVER: org, OTHER_ISSUER: ""}
    return issuers.get(server.name, f"{org}/oauth2/{server.name}")
