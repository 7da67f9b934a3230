"""An operation of an API: its endpoint, the scopes it takes, and what a request to it holds."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

ScopeSet = tuple[str, ...]
"""Scopes that are needed together, sorted."""

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

PARAMETER = re.compile(r"\{([^{}]*)\}")


_PATH = re.compile(
    r"(?:/(?![/:]|\.{1,2}(?:/|$))(?:[A-Za-z0-9\-._~!&'()*+,;=:@]|%[0-9A-Fa-f]{2}|\{[A-Za-z_][\w.-]*\})*)+",
    re.ASCII,
)


class Endpoint(NamedTuple):
    """A method and a path with `{parameters}`."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names between braces, in order."""
        return tuple(PARAMETER.findall(self.path))

    @property
    def shape(self) -> str:
        """The endpoint whatever its parameters are called."""
        return f"{self.method} {PARAMETER.sub('{}', self.path)}"


class JsonBody(NamedTuple):
    """Data to be sent as JSON."""

    data: Any


class FormBody(NamedTuple):
    """Fields to be sent as application/x-www-form-urlencoded."""

    fields: tuple[tuple[str, str], ...]


class Operation(NamedTuple):
    """What an OpenAPI document says of an endpoint; each of its scope sets is enough.

    Without one it takes no scope. `query` holds the required parameters; `lifecycle` is Okta's word
    for how far it is, or empty; `media` is the type of its body, which is None if none is written.
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


class _Mistake(NamedTuple):
    """A way to write a path wrong, and what to replace by what."""

    pattern: re.Pattern[str]
    message: str
    instead: str


_MISTAKES: Final = (
    _Mistake(re.compile(r"[\"'`\u201c\u201d]|^[\u00a0\s]+"), "a path holds no quotes", ""),
    _Mistake(re.compile(r"\\+"), "a path has slashes that lean forward", "/"),
    _Mistake(re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE), "an endpoint has no host", ""),
    _Mistake(re.compile(r"^\$?\{+\w+\}+(?=/)"), "an endpoint has no host", ""),
    _Mistake(re.compile(r"^[\w-]+(?:\.[\w-]+)+(?=/)"), "an endpoint has no host", ""),
    _Mistake(re.compile(r"[?#].*|\{[?&].*"), "a path has no query and no fragment", ""),
    _Mistake(re.compile(r"\$(?=\{)"), "a path parameter has no `$`", ""),
    _Mistake(re.compile(r"\{\{\s*(.*?)\s*\}\}"), "a path parameter has single braces", r"{\1}"),
    _Mistake(re.compile(r"\{\s*(\w+)\s+(\w*)\s*\}"), "a parameter's name has no spaces", r"{\1\2}"),
    _Mistake(
        re.compile(r"(?<=/)(?::|<)([A-Za-z_][\w-]*)>?"),
        "a path parameter stands in braces",
        r"{\1}",
    ),
    _Mistake(re.compile(r"\s.*"), "a path holds no white space", ""),
    _Mistake(
        re.compile(r"(?<=/)\.{0,2}/|(?<=/)\.{1,2}$"), "a path has no empty segments and no dots", ""
    ),
    _Mistake(re.compile(r"^\.*(?!/)"), "a path begins with `/`", "/"),
)


def wrong_path(path: str) -> str | None:
    """What is wrong with a path, if anything is."""
    if not _PATH.fullmatch(path):
        for mistake in _MISTAKES:
            if mistake.pattern.search(path):
                return mistake.message
        return f"the path `{path}` cannot be read"
    names = re.findall(r"\{(.*?)\}", path)
    if len(set(names)) != len(names):
        return "a parameter stands in the path twice; each has a name of its own"
    return None


def mended_path(path: str) -> str | None:
    """A path without the mistakes that people make, or None if that does not make it one."""
    for mistake in _MISTAKES:
        path = mistake.pattern.sub(mistake.instead, path)
    return path if len(path) > 1 and wrong_path(path) is None else None
