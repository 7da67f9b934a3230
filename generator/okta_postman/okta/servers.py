"""The authorization servers of an org, and where each of them authorizes and issues tokens."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

ORG_SERVER: Final = "org"
"""The name in a manifest of the org's own authorization server, which has no ID."""

OTHER_ISSUER: Final = ""
"""The name of another provider's server, which a manifest has as its two URLs."""

_CUSTOM_SERVER_PATH: Final = re.compile(r"/oauth2/(?!v1/)([^/]+)/v1/.*")


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
