"""One entry of the scope-to-endpoint map: an endpoint, and what its request should have."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from generator.description.findings import Findings
from generator.description.names import check_name
from generator.description.variables import Pairs, texts
from generator.description.wording import nearest
from generator.document.reader import Path
from generator.model import Endpoint, FormBody, JsonBody
from generator.okta.endpoints import reason_against_bearer

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_REQUEST = re.compile(r"(?P<method>[A-Za-z]+)[ \t]+(?P<path>\S.*)")
_PATH = re.compile(
    r"/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2}|\{[A-Za-z_][\w.-]*\})*", re.ASCII
)
# Source: RFC 9110, 5.6.2; a line break in a value would make a second header.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")


@dataclass(frozen=True)
class Entry:
    """An endpoint as it stands under a scope key; `bare` if nothing else is said about it."""

    path: Path
    endpoint: Endpoint
    bare: bool
    name: str | None = None
    description: str = ""
    folder: str | None = None
    query: Pairs = ()
    headers: Pairs = ()
    variables: Pairs = ()
    body: JsonBody | FormBody | None = None


def entry(findings: Findings, path: Path, said: str | dict[str, Any]) -> Entry | None:
    """What an entry of the map asks for, or None if its endpoint cannot be read."""
    if isinstance(said, str):
        endpoint = _endpoint(findings, path, said)
        return Entry(path, endpoint, bare=True) if endpoint else None
    endpoint = _endpoint(findings, (*path, "request"), said["request"])
    for key in ("name", "folder"):
        if said.get(key):
            check_name(findings, (*path, key), said[key])
    if endpoint is None:
        return None
    headers = texts(findings, (*path, "headers"), said.get("headers"))
    for name, value in headers:
        _check_header(findings, (*path, "headers", name), name, value)
    variables = texts(findings, (*path, "variables"), said.get("variables"))
    for name, _ in variables:
        _check_parameter(findings, (*path, "variables", name), name, endpoint)
    return Entry(
        path,
        endpoint,
        bare=len(said) == 1,
        name=said.get("name"),
        description=said.get("description", ""),
        folder=said.get("folder"),
        query=texts(findings, (*path, "query"), said.get("query")),
        headers=headers,
        variables=variables,
        body=_body(findings, path, said),
    )


def _endpoint(findings: Findings, path: Path, text: str) -> Endpoint | None:
    found = _REQUEST.fullmatch(text.strip())
    if found is None:
        if text.startswith("/"):
            findings.add("R017", path, f"`{text}` has no method", f"write `GET {text}`")
        else:
            hint = "write it as `GET /api/v1/users/{userId}`"
            findings.add("R021", path, f"no operation is called `{text}`", hint)
        return None
    method, where = found["method"], found["path"]
    if method not in METHODS:
        guess = nearest(method, METHODS)
        hint = f"write `{guess} {where}`" if guess else f"use one of {', '.join(METHODS)}"
        findings.add("R017", path, f"`{method}` is not a method", hint)
        return None
    wrong = _wrong_path(method, where)
    if wrong:
        findings.add("R022", path, *wrong)
        return None
    reason = reason_against_bearer(where)
    if reason:
        hint = "leave it out; it needs no scope"
        findings.add("R018", path, f"`{where}` takes no bearer token: {reason}", hint)
        return None
    return Endpoint(method, where)


class _Mistake(NamedTuple):
    """A way to write a path wrong, and how to write it right."""

    pattern: re.Pattern[str]
    message: str
    mend: Callable[[str], str]


_MISTAKES: Final = (
    _Mistake(
        re.compile(r"\S+://"),
        "an endpoint has no host",
        lambda path: urlsplit(path).path or "/",
    ),
    _Mistake(
        re.compile(r".*\{\{"),
        "a path parameter has single braces",
        lambda path: path.replace("{{", "{").replace("}}", "}"),
    ),
    _Mistake(
        re.compile(r".*/:[A-Za-z_]"),
        "a path parameter stands in braces",
        lambda path: re.sub(r"/:([A-Za-z_]\w*)", r"/{\1}", path),
    ),
    _Mistake(
        re.compile(r".*[?#]"),
        "a path has no query and no fragment; a query stands under `query`",
        lambda path: re.split("[?#]", path)[0],
    ),
    _Mistake(
        re.compile(r"[^/]"), "a path begins with `/`", lambda path: f"/{path.removeprefix('./')}"
    ),
    _Mistake(
        re.compile(r".*\s"),
        "a path holds no white space",
        lambda path: path.split()[0],
    ),
)
_ENCODE: Final = "parameters are `{name}`; what URLs cannot hold is percent-encoded"


def _wrong_path(method: str, path: str) -> tuple[str, str] | None:
    """What is wrong with a path, and what to do about it."""
    for mistake in _MISTAKES:
        if mistake.pattern.match(path):
            return mistake.message, f"write `{method} {mistake.mend(path)}`"
    if not _PATH.fullmatch(path):
        return f"the path `{path}` cannot be read", _ENCODE
    names = re.findall(r"\{(.*?)\}", path)
    if len(set(names)) != len(names):
        return "a parameter stands in the path twice", "give each a name of its own"
    return None


def _check_header(findings: Findings, path: Path, name: str, value: str) -> None:
    if name.lower() == "authorization":
        hint = "delete it; the request's OAuth 2.0 settings write this header"
        findings.add_at_key(
            "R029", path, "the `Authorization` header is not for a description", hint
        )
    elif not _HEADER_NAME.fullmatch(name):
        hint = "use letters, digits and `-`"
        findings.add_at_key("R029", path, f"`{name}` cannot be the name of a header", hint)
    elif not _HEADER_VALUE.fullmatch(value):
        findings.add("R029", path, f"the header `{name}` has more than one line", "use one line")


def _check_parameter(findings: Findings, path: Path, name: str, endpoint: Endpoint) -> None:
    if name not in endpoint.parameters:
        guess = nearest(name, endpoint.parameters)
        hint = f"did you mean `{guess}`?" if guess else "other variables stand at the top level"
        findings.add_at_key("R035", path, f"`{endpoint}` has no parameter `{name}`", hint)


def _body(findings: Findings, path: Path, said: dict[str, Any]) -> JsonBody | FormBody | None:
    body, form = said.get("body"), said.get("form")
    if body is not None and form is not None:
        hint = "keep `body` for JSON or `form` for form fields"
        findings.add_at_key("R030", (*path, "form"), "a request has one body, not two", hint)
    if form is not None:
        return FormBody(texts(findings, (*path, "form"), form))
    return None if body is None else JsonBody(body)
