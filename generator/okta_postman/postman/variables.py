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

_SIGN_IN: Final = "signIn_"


def sign_in_variable(parameter: str) -> str:
    """The variable for a parameter of the sign-in whose value differs between environments."""
    return f"{_SIGN_IN}{parameter}"


def is_connection_variable(name: str) -> bool:
    """Whether a variable connects to an org, or is for a parameter of the sign-in."""
    return name in CONNECTION_VARIABLES or name.startswith(_SIGN_IN)


JAVASCRIPT_NAMES: Final = frozenset(
    (
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
        *("__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"),
        *("toLocaleString", "toString", "valueOf"),
    )
)
"""No names for variables: Postman finds a part of JavaScript there, sends that, or hangs.

Source: github.com/postmanlabs/postman-collection, lib/collection/variable-list.js, which looks
variables up in a plain object; and ECMA-262, 20.1.3 and B.2.2, for what every object has.
"""

_PATH_VARIABLE: Final = re.compile(r"(?!__proto__$)[A-Za-z_][A-Za-z0-9_-]*")


def reference(name: str) -> str:
    """The reference to a variable, which Postman replaces by its value."""
    return f"{{{{{name}}}}}"


def is_path_variable(parameter: str) -> bool:
    """Whether a path may have a parameter as `:name`: Postman ends a name at a dot."""
    return _PATH_VARIABLE.fullmatch(parameter) is not None


def parameter_variable(parameter: str) -> str:
    """The variable for a path parameter: of the same name, unless that one is taken.

    In `/oauth2/v1/clients/{clientId}` the client is not the app that people sign in to.
    """
    if not is_connection_variable(parameter) and parameter not in JAVASCRIPT_NAMES:
        return parameter
    return f"path{parameter[0].upper()}{parameter[1:]}"
