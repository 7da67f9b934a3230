"""Credentials that OAuth 2.0 replaces: API tokens and bearer tokens, in a header or in auth."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from generator.migrate.requests import Auth, Request
from generator.migrate.tree import Node, child, text
from generator.workspace import REFERENCE

# Teams comment a header out by its name; `SSWS{{apikey}}` without a space is in Okta's own files.
_HEADER: Final = re.compile(r"\s*(?://|#)?\s*authorization\s*", re.IGNORECASE)
_REPLACED: Final = re.compile(
    r"\s*(?:(?P<scheme>SSWS|Bearer(?![\w-]))|\{\{|00[\w-]{20}|$)", re.IGNORECASE
)
_SCRIPTED: Final = re.compile(r"\bSSWS\b|([\"'`])Authorization\1", re.IGNORECASE)


class Credential(NamedTuple):
    """A credential, told without its value: where it is, its scheme, the variables it is made of.

    `literal` is its value if that is written out, and `node` where this stands.
    """

    place: str
    scheme: str
    variables: tuple[str, ...]
    node: Node
    literal: str

    def __str__(self) -> str:
        made_of = " ".join(f"{{{{{name}}}}}" for name in self.variables) or "a literal token"
        return f"{self.place}: {self.scheme} {made_of}".replace(":  ", ": ")


def header_credential(header: Node) -> Credential | None:
    """The credential in a header that authorizes, disabled and commented ones too."""
    value = child(header, "value")
    if not _HEADER.fullmatch(text(child(header, "key"))) or not _REPLACED.match(text(value)):
        return None
    off = child(header, "disabled")
    place = "disabled header" if off is not None and off.value is True else "header"
    return _credential(place, value or header, text(value))


def lines_without_credentials(headers: str) -> tuple[str, list[str]]:
    """Headers in one text without those that authorize, and the values of those."""
    kept: list[str] = []
    found: list[str] = []
    for line in headers.splitlines(keepends=True):
        name, colon, value = line.rstrip("\r\n").partition(":")
        authorizes = colon and _HEADER.fullmatch(name) and _REPLACED.match(value)
        (found if authorizes else kept).append(value if authorizes else line)
    return "".join(kept), found


def auth_credential(auth: Auth) -> Credential | None:
    """The credential in auth that authorizes as a header would."""
    said = auth.parameters
    if auth.type == "bearer":
        token = auth.nodes.get("token", auth.node)
        return _credential("auth", token, f"Bearer {said.get('token', '')}")
    if auth.type == "apikey" and _HEADER.fullmatch(str(said.get("key", ""))):
        return _credential("auth", auth.nodes.get("value", auth.node), str(said.get("value", "")))
    return None


def credentials_of(request: Request) -> list[Credential]:
    """The credentials in the headers of a request."""
    headers = child(request.node, "header")
    if headers is not None and isinstance(headers.value, str):
        _, values = lines_without_credentials(headers.value)
        return [_credential("header", headers, value) for value in values]
    return [found for each in request.headers if (found := header_credential(each))]


def authorizes_otherwise(request: Request) -> str:
    """The scheme of a header with which a request authorizes, if OAuth 2.0 does not replace it."""
    for header in request.headers:
        off = child(header, "disabled")
        value = text(child(header, "value"))
        on = off is None or off.value is not True
        if on and text(child(header, "key")).lower().strip() == "authorization":
            return "" if _REPLACED.match(value) else value.split()[0]
    return ""


def scripted(code: str) -> bool:
    """Whether a script deals with a credential: it names the scheme, or sets the header."""
    return bool(_SCRIPTED.search(code))


def _credential(place: str, node: Node, value: str) -> Credential:
    scheme = _REPLACED.match(value)
    said = (scheme["scheme"] or "") if scheme else ""
    literal = REFERENCE.sub("", value[len(scheme[0]) if said and scheme else 0 :]).strip()
    named = {"ssws": "SSWS", "bearer": "Bearer"}.get(said.lower(), "")
    return Credential(place, named, tuple(REFERENCE.findall(value)), node, literal)
