"""The authorization server of an environment: who it says it is, and where it is asked."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.manifest.model import Environment
from okta_postman.okta.servers import issuer


class Server(NamedTuple):
    """The two endpoints of the authorization code flow, and their issuer; empty if unknown."""

    issuer: str
    authorize: str
    token: str


def server_of(environment: Environment) -> Server:
    """The server that the collection of an environment signs in to."""
    server = environment.authorization_server
    return Server(issuer(environment.org, server), server.authorize_url, server.token_url)
