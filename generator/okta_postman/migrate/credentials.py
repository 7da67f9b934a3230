"""What a request authorizes with: credentials that OAuth 2.0 replaces, and others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.documents.data import Path
from okta_postman.postman.existing.auth import Auth, Holder
from okta_postman.postman.existing.request import Header, Request
from okta_postman.postman.variables import REFERENCE

# Teams comment a header out by its name; `SSWS{{apikey}}` without a space is in Okta's own files.
_HEADER: Final = re.compile(r"\s*+(?:(?://|#)\s*+)?authorization\s*", re.IGNORECASE)
_REPLACED: Final = re.compile(
    r"\s*(?:(?P<scheme>SSWS|Bearer(?![\w-]))|\{\{|00[\w-]{20}|$)", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]{,20})\s+\S")
_SHORT, _LONG = 8, 20


class Credential(NamedTuple):
    """A credential without its value: where it is, its scheme, and the variables in it.

    What of it is hard-coded is at `spans` of the string at `path`.
    """

    place: str
    scheme: str
    variables: tuple[str, ...]
    path: Path
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        value = " ".join(f"{{{{{name}}}}}" for name in self.variables) or "hard-coded"
        return f"{self.place}: {self.scheme} {value}".replace(":  ", ": ")


class Authorization(NamedTuple):
    """How a request authorizes now.

    OAuth 2.0 takes the place of what is in its `headers`, of which some `is_sent`, and of what is
    `in_auth` of the holder in force; it sends `others` besides.
    """

    headers: tuple[Credential, ...]
    others: tuple[Credential, ...]
    is_sent: bool
    holder: Holder | None
    in_auth: Credential | None

    @property
    def replaceable(self) -> tuple[Credential, ...]:
        """All that OAuth 2.0 takes the place of."""
        return (*self.headers, self.in_auth) if self.in_auth else self.headers


def authorization(request: Request) -> Authorization:
    """How a request authorizes now."""
    named = [header for header in request.headers if _HEADER.fullmatch(header.name)]
    sent = [each for each in named if each.is_on and each.name.strip().lower() == "authorization"]
    holder = request.holder
    return Authorization(
        headers=tuple(_in_header(header) for header in named if is_replaceable(header)),
        others=tuple(_in_header(header) for header in sent if not is_replaceable(header)),
        is_sent=any(map(is_replaceable, sent)),
        holder=holder,
        in_auth=in_auth(holder.auth) if holder and holder.auth else None,
    )


def is_replaceable(header: Header) -> bool:
    """Whether a header authorizes in a way that OAuth 2.0 replaces."""
    return bool(_HEADER.fullmatch(header.name) and _REPLACED.match(header.value))


def in_auth(auth: Auth) -> Credential | None:
    """The credential in auth that authorizes as a header would."""
    parameters = auth.parameters
    if auth.type == "bearer":
        prefix = "Bearer "
        value = f"{prefix}{parameters.get('token', '')}"
        return _credential("auth", auth.path_of("token"), value, -len(prefix))
    value = str(parameters.get("value", ""))
    if auth.type != "apikey" or parameters.get("in") == "query" or not _REPLACED.match(value):
        return None
    if not _HEADER.fullmatch(str(parameters.get("key", ""))):
        return None
    return _credential("auth", auth.path_of("value"), value)


def is_ours(auth: Auth) -> bool:
    """Whether OAuth 2.0 settings are like those of this program, which may write them again."""
    parameters = auth.parameters
    pkce = parameters.get("grant_type") == "authorization_code_with_pkce"
    names = ("authUrl", other_name("authUrl"))
    urls = [f"{{{{{name}}}}}" for name in names]
    return auth.type == "oauth2" and pkce and parameters.get("authUrl") in urls


def other_name(name: str) -> str:
    """The name of a variable of the OAuth 2.0 settings whose usual name means something else."""
    return f"oauth{name[0].upper()}{name[1:]}"


def can_be_secret(text: str) -> bool:
    """Whether the text of a credential can be one, and not a placeholder or a word.

    Okta's API tokens have 42 characters, and digits among them.
    """
    return len(text) >= _LONG or (len(text) >= _SHORT and any(map(str.isdigit, text)))


def _in_header(header: Header) -> Credential:
    place = "header" if header.is_on else "disabled header"
    return _credential(place, header.path, header.value, header.start)


def _credential(place: str, path: Path, value: str, start: int = 0) -> Credential:
    """A credential whose value begins there in the string at a path.

    Only what looks like a scheme is named as one: the rest may be secret.
    """
    replaced, other = _REPLACED.match(value), _SCHEME.match(value)
    scheme = (replaced["scheme"] or "") if replaced else other[1] if other else ""
    begun = len(value) - len(value.lstrip()) + len(scheme)
    name = {"ssws": "SSWS", "bearer": "Bearer"}.get(scheme.lower(), scheme)
    name = name or ("" if replaced else "a custom header")
    spans = tuple((start + first, start + last) for first, last in _hard_coded(value, begun))
    return Credential(place, name, tuple(REFERENCE.findall(value)), path, spans)


def _hard_coded(value: str, begun: int) -> Iterator[tuple[int, int]]:
    """The spans after a scheme that no variable fills, and that can be secret."""
    variables = [found.span() for found in REFERENCE.finditer(value, begun)]
    for first, last in [*variables, (len(value), len(value))]:
        part = value[begun:first]
        if can_be_secret(part.strip()):
            start = begun + len(part) - len(part.lstrip())
            yield start, start + len(part.strip())
        begun = last
