"""Redirect URIs: which ones an app can have, and Postman can use."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from okta_postman.okta.org_url import has_usable_port, split_url
from okta_postman.postman.variables import POSTMAN_CALLBACKS

DESKTOP_CALLBACK, BROWSER_CALLBACK = POSTMAN_CALLBACKS

_NO_SCHEME: Final = re.compile(r"(?:[\w-]+\.)*[\w-]+:\d|(?:[\w-]+\.)+[\w-]+/")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
# The first three were switched off in December 2020 (Postman's issue tracker, number 9390).
_POSTMAN_HOSTS: Final = (
    "www.getpostman.com",
    "getpostman.com",
    "app.getpostman.com",
    "app.postman.com",
    "www.postman.com",
    "oauth.pstmn.io",
)


class Mistake(NamedTuple):
    """What is wrong with a redirect URI: a code, a message, and what to write."""

    code: str
    message: str
    hint: str


def mistake_in(uri: str) -> Mistake | None:
    """What is wrong with a redirect URI, or None if Postman can use it."""
    wrong = _wrong_form(uri)
    if wrong:
        return Mistake("R009", *wrong)
    if host_of(uri) in _POSTMAN_HOSTS and uri not in POSTMAN_CALLBACKS:
        message = f"`{uri}` is not one of Postman's callback URLs"
        hint = (
            f"register and write `{DESKTOP_CALLBACK}`, or `{BROWSER_CALLBACK}` for Postman in a "
            "browser"
        )
        return Mistake("R010", message, hint)
    return None


def host_of(uri: str) -> str:
    """The host of a URI in lower case; empty if it has none."""
    parts = split_url(uri)
    return (parts.hostname or "").lower() if parts else ""


def _wrong_form(uri: str) -> tuple[str, str] | None:
    """Why a string is no URI that an app can register, and what to write."""
    if any(character in uri for character in "{}*"):
        message = f"`{uri}` contains a placeholder or a wildcard"
        return message, f"write the registered URI itself, for example `{DESKTOP_CALLBACK}`"
    if uri.count("://") > 1:
        return "more than one redirect URI", "keep only the one that Postman should use"
    joined = "".join(uri.split())
    if "#" in uri:
        return "redirect URI has a fragment", f"write `{joined.partition('#')[0]}`"
    if joined != uri:
        return "redirect URI contains white space", f"write `{joined}`"
    if uri.lower().startswith(("javascript:", "data:", "file:")):
        message = f"`{uri.partition(':')[0]}:` can't be a redirect URI"
        return message, f"write a URL, for example `{DESKTOP_CALLBACK}`"
    if not uri.isprintable():
        message = "redirect URI contains an invisible character"
        return message, f"type it again, for example `{DESKTOP_CALLBACK}`"
    if _NO_SCHEME.match(uri):
        scheme = "http" if uri.startswith(("localhost", "127.")) else "https"
        return f"`{uri}` has no scheme", f"write `{scheme}://{uri}`"
    if not _ABSOLUTE.fullmatch(uri) or (uri[:4].lower() == "http" and not host_of(uri)):
        message = f"`{uri}` is not an absolute URI"
        return message, f"write the whole URI, for example `{DESKTOP_CALLBACK}`"
    parts = split_url(uri)
    if parts and not has_usable_port(parts):
        message = f"`{uri}` has a port that is not a number from 1 to 65535"
        return message, f"write the whole URI, for example `{DESKTOP_CALLBACK}`"
    return None
