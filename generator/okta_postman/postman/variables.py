"""Postman's variables: how a text refers to one, and those that connect to an org."""

from __future__ import annotations

import re
from typing import Final

REFERENCE: Final = re.compile(r"\{\{([^{}]*)\}\}")
"""A variable as texts ask for it: two braces around anything without braces.

Source: github.com/postmanlabs/postman-collection, lib/superstring/index.js.
"""

POSTMAN_CALLBACKS: Final = (
    "https://oauth.pstmn.io/v1/callback",
    "https://oauth.pstmn.io/v1/browser-callback",
)
"""The redirect URIs of Postman's desktop app and of Postman in a browser."""

CONNECTION_VARIABLES: Final = (
    "baseUrl",
    "authUrl",
    "accessTokenUrl",
    "clientId",
    "redirectUri",
    "state",
    "accessToken",
    "clientSecret",
)
"""The variables that connect to an org; a description sets them through its own keys."""


def parameter_variable(parameter: str) -> str:
    """The variable that fills a path parameter: its own name, unless that connects to the org.

    `/oauth2/v1/clients/{clientId}` is about another client than the one that signs in.
    """
    if parameter not in CONNECTION_VARIABLES:
        return parameter
    return f"path{parameter[0].upper()}{parameter[1:]}"
