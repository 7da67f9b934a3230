"""The authorization servers of an org, and where each of them authorizes and gives out tokens."""

from __future__ import annotations

from typing import Final, NamedTuple

ORG_SERVER: Final = "org"
"""The name a description uses for the org's own authorization server, which has no id."""


class ServerUrls(NamedTuple):
    """The two endpoints that the authorization code flow uses."""

    authorize: str
    token: str


def server_urls(org: str, server: str) -> ServerUrls:
    """The endpoints of an authorization server: `org`, `default`, or an id like `aus…`.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    base = f"{org}/oauth2" if server == ORG_SERVER else f"{org}/oauth2/{server}"
    return ServerUrls(f"{base}/v1/authorize", f"{base}/v1/token")


def issuer(org: str, server: str) -> str:
    """What an authorization server calls itself in its metadata and in its tokens.

    Source: developer.okta.com/docs/concepts/auth-servers/.
    """
    return org if server == ORG_SERVER else f"{org}/oauth2/{server}"
