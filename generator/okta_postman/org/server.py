"""The authorization server of an environment: its issuer and its two endpoints."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.manifest.model import Environment
from okta_postman.okta.servers import issuer


class Server(NamedTuple):
    """The issuer and endpoints of the authorization code flow; the issuer is empty if unknown."""

    issuer: str
    authorize: str
    token: str


def server_of(environment: Environment) -> Server:
    """The server that users of an environment sign in to."""
    server = environment.authorization_server
    return Server(issuer(environment.org, server), server.authorize_url, server.token_url)
