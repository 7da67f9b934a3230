"""Postman's variables: how they are referred to, and those that connect to an org."""

from __future__ import annotations

import re
from typing import Final

REFERENCE: Final = re.compile(r"\{\{([^{}]*)\}\}")
"""A reference to a variable: two braces around anything without braces.

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
"""The variables that connect to an org; a manifest sets them through keys of its own."""


def parameter_variable(parameter: str) -> str:
    """The variable for a path parameter: of the same name, unless that one connects to the org.

    In `/oauth2/v1/clients/{clientId}` the client is not the app that people sign in to.
    """
    if parameter not in CONNECTION_VARIABLES:
        return parameter
    return f"path{parameter[0].upper()}{parameter[1:]}"
