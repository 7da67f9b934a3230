"""The authorization servers of a description: Okta's by name, any other by its two URLs."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from okta_postman.documents.data import Path
from okta_postman.manifest.problem_list import Problems
from okta_postman.okta.org_url import LOOPBACK
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, AuthorizationServer, server_of

_URLS: Final = {"authorize_url": "authorize", "token_url": "token"}


def servers(data: dict[str, Any]) -> dict[str, str | None]:
    """The names of the servers that a description uses, and the environment that asked for each.

    None stands for all environments.
    """
    shared = _name(data.get("authorization_server"))
    found: dict[str, str | None] = {}
    for environment, said in (data.get("environments") or {None: {}}).items():
        own = (said or {}).get("authorization_server")
        found.setdefault(_name(own) if own else shared, environment if own else None)
    return found


def is_elsewhere(said: str | dict[str, str] | None) -> bool:
    """Whether the server that was asked for is not Okta's."""
    return isinstance(said, dict)


def authorization_server(
    findings: Problems, path: Path, said: str | dict[str, str] | None, org: str
) -> AuthorizationServer:
    """The server that was asked for; what is wrong with its URLs is in the findings."""
    if not isinstance(said, dict):
        return server_of(org, _name(said))
    for key, example in _URLS.items():
        wrong = _wrong(said[key])
        if wrong:
            hint = f"write it whole, like `https://login.example.com/{example}`"
            findings.add("R040", (*path, key), wrong, hint)
    return AuthorizationServer(OTHER_ISSUER, said["authorize_url"], said["token_url"])


def _name(said: str | dict[str, str] | None) -> str:
    return OTHER_ISSUER if isinstance(said, dict) else said or ORG_SERVER


def _wrong(url: str) -> str | None:
    """Why a URL is no endpoint of an authorization server. Source: RFC 6749, 3.1 and 3.2."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return f"`{url}` is not a URL"
    if not host or not url.isascii() or not url.isprintable() or set(url) & set(' {}"<>\\'):
        return f"`{url}` is not a URL that can be asked"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return f"an authorization server answers on https, not `{parts.scheme}`"
    return "an endpoint has no fragment" if "#" in url else None
