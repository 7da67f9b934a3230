"""The authorization servers of an org, and where each of them authorizes and gives out tokens."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

ORG_SERVER: Final = "org"
"""The name a description uses for the org's own authorization server, which has no id."""

ELSEWHERE: Final = ""
"""The name of a server that is not Okta's, which a description gives by its URLs."""

_ISSUED: Final = re.compile(r"/oauth2/(?!v1/)([^/]+)/v1/.*")


class AuthorizationServer(NamedTuple):
    """Where tokens come from; its name is `org`, an id of Okta's, or empty if it is not Okta's."""

    name: str
    authorize_url: str
    token_url: str


def server_of(org: str, name: str) -> AuthorizationServer:
    """An authorization server of an org: `org`, `default`, or an id like `aus…`.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    base = f"{org}/oauth2" if name == ORG_SERVER else f"{org}/oauth2/{name}"
    return AuthorizationServer(name, f"{base}/v1/authorize", f"{base}/v1/token")


def is_org_server(server: AuthorizationServer) -> bool:
    """Whether a server is the org's own, which alone mints the scopes of Okta's APIs."""
    return server.name == ORG_SERVER


def minting_server(path: str) -> str:
    """The name of the server whose tokens an endpoint takes: the org's, but below another's path.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    found = _ISSUED.fullmatch(path)
    return found[1] if found else ORG_SERVER


def issuer(org: str, server: AuthorizationServer) -> str:
    """What a server calls itself in its metadata and in tokens; empty if it is not Okta's.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    issuers = {ORG_SERVER: org, ELSEWHERE: ""}
    return issuers.get(server.name, f"{org}/oauth2/{server.name}")
