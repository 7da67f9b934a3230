"""Credentials that OAuth 2.0 replaces: API tokens and bearer tokens, in a header or in auth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.migrate.headers import Header, headers_of
from okta_postman.migrate.requests import Auth, Request
from okta_postman.migrate.tree import Node
from okta_postman.postman.variables import REFERENCE

# Teams comment a header out by its name; `SSWS{{apikey}}` without a space is in Okta's own files.
_HEADER: Final = re.compile(r"\s*(?://|#)?\s*authorization\s*", re.IGNORECASE)
_REPLACED: Final = re.compile(
    r"\s*(?:(?P<scheme>SSWS|Bearer(?![\w-]))|\{\{|00[\w-]{20}|$)", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]{,20})\s+\S")
_SCRIPTED: Final = re.compile(r"\bSSWS\b|([\"'`])Authorization\1", re.IGNORECASE)


class Credential(NamedTuple):
    """A credential, told without its value: where it is, its scheme, the variables it is made of.

    What of its value is written out stands at `spans` in the text of `node`.
    """

    place: str
    scheme: str
    variables: tuple[str, ...]
    node: Node
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        made_of = " ".join(f"{{{{{name}}}}}" for name in self.variables) or "a literal token"
        return f"{self.place}: {self.scheme} {made_of}".replace(":  ", ": ")


class InHeaders(NamedTuple):
    """What the headers of a request authorize with.

    OAuth 2.0 takes the place of those that are `replaced`, which need not be sent; `others` are.
    """

    replaced: tuple[Credential, ...]
    others: tuple[Credential, ...]
    is_sent: bool


def in_headers(request: Request) -> InHeaders:
    """The credentials in the headers of a request."""
    named = [each for each in headers_of(request.node) if _HEADER.fullmatch(each.name)]
    sent = [each for each in named if each.is_on and each.name.strip().lower() == "authorization"]
    return InHeaders(
        tuple(_in_header(each) for each in named if is_replaced(each)),
        tuple(_in_header(each) for each in sent if not is_replaced(each)),
        is_sent=any(is_replaced(each) for each in sent),
    )


def is_replaced(header: Header) -> bool:
    """Whether a header authorizes in a way that OAuth 2.0 replaces."""
    return bool(_HEADER.fullmatch(header.name) and _REPLACED.match(header.value))


def auth_credential(auth: Auth) -> Credential | None:
    """The credential in auth that authorizes as a header would."""
    said = auth.parameters
    if auth.type == "bearer":
        token, begun = auth.nodes.get("token", auth.node), "Bearer "
        return _credential("auth", token, f"{begun}{said.get('token', '')}", -len(begun))
    value = str(said.get("value", ""))
    if auth.type != "apikey" or said.get("in") == "query" or not _REPLACED.match(value):
        return None
    if not _HEADER.fullmatch(str(said.get("key", ""))):
        return None
    return _credential("auth", auth.nodes.get("value", auth.node), value)


def scripted(code: str) -> bool:
    """Whether a script deals with a credential: it names the scheme, or sets the header."""
    return bool(_SCRIPTED.search(code))


def _in_header(header: Header) -> Credential:
    place = "header" if header.is_on else "disabled header"
    return _credential(place, header.node, header.value, header.start)


def _credential(place: str, node: Node, value: str, start: int = 0) -> Credential:
    """A credential whose value starts there in the text of a node.

    Only what is a scheme by its looks is told as one: the rest may be secret.
    """
    replaced, other = _REPLACED.match(value), _SCHEME.match(value)
    said = (replaced["scheme"] or "") if replaced else other[1] if other else ""
    begun = start + len(value) - len(value.lstrip()) + len(said)
    rest = value.strip()[len(said) :]
    unnamed = "" if replaced else "a header of its own"
    named = {"ssws": "SSWS", "bearer": "Bearer"}.get(said.lower(), said) or unnamed
    variables = tuple(REFERENCE.findall(value))
    return Credential(place, named, variables, node, tuple(_written_out(rest, begun)))


def _written_out(value: str, start: int) -> Iterator[tuple[int, int]]:
    """The parts of a value, which starts there, that no variable fills."""
    done = 0
    for first, last in [*(each.span() for each in REFERENCE.finditer(value)), (len(value),) * 2]:
        part = value[done:first]
        if part.strip():
            begun = start + done + len(part) - len(part.lstrip())
            yield begun, begun + len(part.strip())
        done = last
