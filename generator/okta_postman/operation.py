"""Operations of an API: endpoint, scopes, request body; and what is wrong with a path."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import quote

ScopeSet = tuple[str, ...]
"""Scopes that a request needs together, sorted."""

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

PARAMETER: Final = re.compile(r"\{([^{}]*)\}")
"""A path parameter and, as its group, the parameter's name."""

_DOT: Final = r"(?:\.|%2[eE])"
# Source: RFC 3986, 3.3. A `$` before a brace is what a shell and JavaScript write.
_PATH: Final = re.compile(
    rf"(?:/(?![/:]|{_DOT}{{1,2}}(?:/|$))"
    r"(?:[A-Za-z0-9\-._~!&'()*+,;=:@]|\$(?!\{)|%[0-9A-Fa-f]{2}|\{[A-Za-z_][\w.-]*\})*)+",
    re.ASCII,
)
_NOT_IN_A_PATH: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[\[\]^|<>]|[^\x00-\x7f]")


class Endpoint(NamedTuple):
    """A method and a path with `{parameters}`."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the path parameters, in order."""
        return tuple(PARAMETER.findall(self.path))

    @property
    def shape(self) -> str:
        """The endpoint without the names of its parameters: the same for equivalent endpoints."""
        return f"{self.method} {PARAMETER.sub('{}', self.path)}"


class JsonBody(NamedTuple):
    """Data that is sent as JSON."""

    data: Any


class FormBody(NamedTuple):
    """Fields that are sent as application/x-www-form-urlencoded."""

    fields: tuple[tuple[str, str], ...]


class Operation(NamedTuple):
    """An operation of an OpenAPI document; any one of its scope sets is enough for a request.

    Without scope sets it needs no token. `query` has the required parameters; `lifecycle` is Okta's
    word for its maturity, or empty; `media` is the media type of its body, which is None if the
    document has no example and no schema to make one from. `host` has scheme and host if they are
    not those of all other operations.
    """

    endpoint: Endpoint
    id: str
    tag: str
    scope_sets: tuple[ScopeSet, ...] = ()
    lifecycle: str = ""
    deprecated: bool = False
    query: tuple[tuple[str, str], ...] = ()
    media: str = ""
    body: JsonBody | FormBody | None = None
    host: str = ""


def _without_dots(match: re.Match[str]) -> str:
    """A path without empty segments and dots. Source: RFC 3986, 5.2.4."""
    segments: list[str] = []
    *parts, last = match[0].split("/")
    for segment in (*parts, last):
        dots = re.sub("%2e", ".", segment, flags=re.IGNORECASE)
        if dots == "..":
            del segments[-1:]
        elif dots not in ("", "."):
            segments.append(segment)
    is_folder = re.fullmatch(rf"{_DOT}{{0,2}}", last)
    return "/".join(("", *segments, *([""] if is_folder else [])))


class _Mistake(NamedTuple):
    """A common mistake in a path, and what its correction replaces it with."""

    pattern: re.Pattern[str]
    message: str
    replacement: str | Callable[[re.Match[str]], str]


_MISTAKES: Final = (
    _Mistake(re.compile(r"[\"`\u201c\u201d]|^[\u00a0\s']+|'$"), "the path contains quotes", ""),
    _Mistake(re.compile(r"\\+"), "the path contains a backslash", "/"),
    _Mistake(re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE), "the endpoint contains a host", ""),
    _Mistake(re.compile(r"^\$?\{+\w+\}+(?=/)"), "the endpoint contains a host", ""),
    _Mistake(re.compile(r"^[\w-]+(?:\.[\w-]+)+(?=/)"), "the endpoint contains a host", ""),
    _Mistake(re.compile(r"[?#].*|\{[?&].*"), "the path contains a query or fragment", ""),
    _Mistake(re.compile(r"\$(?=\{)"), "a path parameter begins with `$`", ""),
    _Mistake(
        re.compile(r"\{\{([^{}]*)\}\}"),
        "a path parameter is in double braces",
        lambda match: f"{{{match[1].strip()}}}",
    ),
    _Mistake(
        re.compile(r"\{\s*+(\w++)\s++(\w*+)\s*+\}"),
        "the name of a path parameter contains spaces",
        r"{\1\2}",
    ),
    _Mistake(
        re.compile(r"(?<=/)(?::|<)([A-Za-z_][\w-]*)>?"),
        "a path parameter is not in braces",
        r"{\1}",
    ),
    _Mistake(re.compile(r"\s.*"), "the path contains white space", ""),
    _Mistake(re.compile(r"^(?!/)"), "the path doesn't begin with `/`", "/"),
    _Mistake(
        re.compile(rf"^.*(?:(?<=/){_DOT}{{0,2}}/|(?<=/){_DOT}{{1,2}}$).*"),
        "the path contains an empty segment or dots",
        _without_dots,
    ),
)


def wrong_path(path: str) -> str | None:
    """What is wrong with a path, or None."""
    if not _PATH.fullmatch(path):
        for mistake in _MISTAKES:
            if mistake.pattern.search(path):
                return mistake.message
        return f"invalid path `{path}`"
    names = PARAMETER.findall(path)
    if len(set(names)) != len(names):
        return "two parameters of the path have the same name"
    return None


def corrected_path(path: str) -> str | None:
    """A path without the common mistakes, or None if it is not a path even so."""
    for mistake in _MISTAKES:
        path = mistake.pattern.sub(mistake.replacement, path)
    path = _with_distinct_names(path)
    if path.isprintable():  # nobody means a character that cannot be seen
        path = _NOT_IN_A_PATH.sub(lambda found: quote(found[0], safe=""), path)
    return path if len(path) > 1 and wrong_path(path) is None else None


def _with_distinct_names(path: str) -> str:
    """A path whose parameters are numbered from the second of a name on."""
    counts: dict[str, int] = {}

    def numbered(parameter: re.Match[str]) -> str:
        name = parameter[1]
        counts[name] = counts.get(name, 0) + 1
        return f"{{{name}{counts[name]}}}" if counts[name] > 1 else parameter[0]

    return PARAMETER.sub(numbered, path)
