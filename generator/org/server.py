"""The authorization server of an environment: who it says it is, and where it is asked."""

from __future__ import annotations

from typing import NamedTuple

from generator.model import Environment
from generator.okta.servers import issuer, server_urls


class Server(NamedTuple):
    """An issuer, and the two endpoints of the authorization code flow."""

    issuer: str
    authorize: str
    token: str


def server_of(environment: Environment) -> Server:
    """The server that the collection of an environment signs in to."""
    urls = server_urls(environment.org, environment.authorization_server)
    return Server(
        issuer(environment.org, environment.authorization_server), urls.authorize, urls.token
    )
