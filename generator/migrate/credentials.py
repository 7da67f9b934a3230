"""Credentials that OAuth 2.0 replaces: API tokens and bearer tokens, in a header or in auth."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from generator.migrate.requests import Auth, Request
from generator.migrate.tree import Node, child, every, text
from generator.workspace import REFERENCE

# Teams comment a header out by its name; `SSWS{{apikey}}` without a space is in Okta's own files.
_HEADER: Final = re.compile(r"\s*(?://|#)?\s*authorization\s*", re.IGNORECASE)
_REPLACED: Final = re.compile(
    r"\s*(?:(?P<scheme>SSWS|Bearer(?![\w-]))|\{\{|00[\w-]{20}|$)", re.IGNORECASE
)
_LINE: Final = re.compile(
    r"(?:\A|(?<=[\r\n]))(?P<name>[^:\r\n]*):(?P<value>[^\r\n]*)(?:\r\n|\r|\n|\Z)"
)
_SCRIPTED: Final = re.compile(r"\bSSWS\b|([\"'`])Authorization\1", re.IGNORECASE)


class Credential(NamedTuple):
    """A credential, told without its value: where it is, its scheme, the variables it is made of.

    `literal` is its value if that is written out, and `span` where, in the text of `node`.
    """

    place: str
    scheme: str
    variables: tuple[str, ...]
    node: Node
    literal: str
    span: tuple[int, int]

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


def authorizing_lines(headers: str) -> list[re.Match[str]]:
    """The lines that authorize among headers in one text, each with its name and its value."""
    return [
        line
        for line in _LINE.finditer(headers)
        if _HEADER.fullmatch(line["name"]) and _REPLACED.match(line["value"])
    ]


def auth_credential(auth: Auth) -> Credential | None:
    """The credential in auth that authorizes as a header would."""
    said = auth.parameters
    if auth.type == "bearer":
        token = auth.nodes.get("token", auth.node)
        begun = "Bearer "
        return _credential("auth", token, f"{begun}{said.get('token', '')}", -len(begun))
    if auth.type == "apikey" and _HEADER.fullmatch(str(said.get("key", ""))):
        return _credential("auth", auth.nodes.get("value", auth.node), str(said.get("value", "")))
    return None


def credentials_of(request: Request) -> list[Credential]:
    """The credentials in the headers of a request."""
    in_text = [
        _credential("header", headers, line["value"], line.start("value"))
        for headers in every(request.node, "header")
        for line in authorizing_lines(text(headers))
    ]
    return [*in_text, *(found for each in request.headers if (found := header_credential(each)))]


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


def _credential(place: str, node: Node, value: str, start: int = 0) -> Credential:
    """A credential whose value starts there in the text of a node."""
    scheme = _REPLACED.match(value)
    said = (scheme["scheme"] or "") if scheme else ""
    rest = value[len(scheme[0]) if scheme and said else 0 :].strip()
    literal = REFERENCE.sub("", rest).strip()
    end = start + len(value.rstrip())
    named = {"ssws": "SSWS", "bearer": "Bearer"}.get(said.lower(), "")
    variables = tuple(REFERENCE.findall(value))
    return Credential(place, named, variables, node, literal, (end - len(rest), end))
