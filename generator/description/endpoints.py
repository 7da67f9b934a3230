"""One entry of the scope-to-endpoint map: an endpoint, and what its request should have."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from generator.description.findings import Findings
from generator.description.names import check_name
from generator.description.variables import Pairs, texts
from generator.description.wording import listed, nearest
from generator.document.reader import Path
from generator.model import Endpoint, FormBody, JsonBody, Operation
from generator.okta import catalogue
from generator.okta.endpoints import reason_against_bearer

NO_CATALOGUE: Final = (
    "the catalogue of operations is Okta's, whose scopes the org authorization server mints"
)
LIST_ENDPOINTS: Final = "write each endpoint, like `GET /orders/{orderId}`"
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_REQUEST = re.compile(r"(?P<method>[A-Za-z]+)[ \t]+(?P<path>\S.*)")
_PATH = re.compile(
    r"(?:/(?![/:]|\.{1,2}(?:/|$))(?:[A-Za-z0-9\-._~!&'()*+,;=:@]|%[0-9A-Fa-f]{2}|\{[A-Za-z_][\w.-]*\})*)+",
    re.ASCII,
)
# Source: RFC 9110, 5.6.2 and 5.5; Node refuses to send anything else.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"(?:[\t\x20-\x7e\xa0-\xff]|\{\{[^{}]*\}\})*")


class Entry(NamedTuple):
    """An endpoint as it stands under a scope key; `bare` if nothing else is said about it.

    `operation` is what the catalogue knows about it. Its required query and its body stand in where
    the description says nothing.
    """

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
    operation: Operation | None = None


def of_operation(path: Path, operation: Operation) -> Entry:
    """An entry that nobody typed: one of those that `all` stands for."""
    return _filled(Entry(path, operation.endpoint, bare=True), {})


def entry(
    findings: Findings, path: Path, said: str | dict[str, Any], *, of_okta: bool
) -> Entry | None:
    """What an entry of the map asks for, or None if its endpoint cannot be read.

    What is known of Okta's endpoints is said of no others: `of_okta` is whether they are Okta's.
    """
    if isinstance(said, str):
        endpoint = _endpoint(findings, path, said, of_okta=of_okta)
        plain = Entry(path, endpoint, bare=True) if endpoint else None
        return _filled(plain, {}) if plain and of_okta else plain
    endpoint = _endpoint(findings, (*path, "request"), said["request"], of_okta=of_okta)
    for key in ("name", "folder"):
        if said.get(key):
            check_name(findings, (*path, key), said[key])
    if endpoint is None:
        return None
    headers = texts(findings, (*path, "headers"), said.get("headers"))
    _check_headers(findings, (*path, "headers"), headers)
    variables = texts(findings, (*path, "variables"), said.get("variables"))
    for name, value in variables:
        _check_parameter(findings, (*path, "variables", name), name, value, endpoint)
    said_entry = Entry(
        path,
        endpoint,
        bare=len(said) == 1,
        name=said.get("name"),
        description=said.get("description", ""),
        folder=said.get("folder"),
        query=texts(findings, (*path, "query"), said.get("query")),
        headers=headers,
        variables=tuple((name, value) for name, value in variables if value),
        body=_body(findings, path, said, endpoint),
    )
    return _filled(said_entry, said) if of_okta else said_entry


def _filled(said_entry: Entry, said: dict[str, Any]) -> Entry:
    """An entry with what the catalogue knows about its endpoint, where nothing else is said."""
    known = catalogue.find(said_entry.endpoint.method, said_entry.endpoint.path)
    if known is None:
        return said_entry
    own = dict(said_entry.query)
    needed = tuple(pair for pair in known.query if pair[0] not in own)
    headers = _media_header(known) if not said.keys() & {"headers", "body", "form"} else ()
    return said_entry._replace(
        operation=known,
        query=needed + said_entry.query,
        headers=said_entry.headers or headers,
        body=said_entry.body if said.keys() & {"body", "form"} else known.body,
    )


def _media_header(known: Operation) -> Pairs:
    """The Content-Type of a body that is JSON, but not plainly so."""
    plain = re.match(r"application/(?:json|x-www-form-urlencoded)\b", known.media)
    return () if known.body is None or plain else (("Content-Type", known.media),)


def _endpoint(findings: Findings, path: Path, text: str, *, of_okta: bool) -> Endpoint | None:
    operation = catalogue.by_id(text.strip()) if of_okta else None
    if operation:
        text = str(operation.endpoint)
    found = _REQUEST.fullmatch(text.strip())
    if found is None or (found["method"].upper() not in METHODS and "/" not in text):
        _not_a_request(findings, path, text.strip(), of_okta=of_okta)
        return None
    method, where = found["method"], found["path"]
    if method not in METHODS:
        guess = nearest(method, METHODS)
        hint = (
            f"write `{guess} {mended_path(where) or where}`" if guess else f"use {listed(METHODS)}"
        )
        findings.add("R017", path, f"`{method}` is not a method", hint)
        return None
    wrong = wrong_path(where)
    if wrong:
        mended = mended_path(where)
        query = " and give the rest under `query`" if "?" in where else ""
        hint = f"write `{method} {mended}`{query}" if mended else _ENCODE
        findings.add("R022", path, wrong, hint)
        return None
    reason = reason_against_bearer(where.rstrip("/")) if of_okta else None
    if reason:
        hint = "leave it out; it needs no scope"
        findings.add("R018", path, f"`{where}` takes no bearer token: {reason}", hint)
        return None
    return Endpoint(method, where)


def _not_a_request(findings: Findings, path: Path, text: str, *, of_okta: bool) -> None:
    method = next((word for word in re.findall(r"\w+", text) if word.upper() in METHODS), "GET")
    where = re.search(r"\S*/\S*", text)
    mended = mended_path(re.sub(rf"^{method}:?(?=/)", "", where[0])) if where else None
    if where is None and not of_okta:
        findings.add("R021", path, f"`{text}` is not an endpoint: {NO_CATALOGUE}", LIST_ENDPOINTS)
    elif where is None:
        guess = nearest(text, catalogue.ids())
        hint = (
            "write it as `GET /api/v1/users/{userId}`, or as an id that `okta-postman scopes` lists"
        )
        hint = f"did you mean `{guess}`? Otherwise {hint}" if guess else hint
        findings.add("R021", path, f"no operation of Okta is called `{text}`", hint)
    else:
        hint = f"write `{method.upper()} {mended or '/api/v1/users'}`"
        findings.add("R017", path, f"`{text}` is not a method, a space and a path", hint)


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
_ENCODE: Final = "parameters are `{name}`; what URLs cannot hold is percent-encoded"


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


def _check_headers(findings: Findings, path: Path, headers: Pairs) -> None:
    first: dict[str, str] = {}
    for name, value in headers:
        here = (*path, name)
        if name.lower() == "authorization":
            if not findings.holds_credential(here):
                hint = "delete it; the request's OAuth 2.0 settings write this header"
                message = "the `Authorization` header is not for a description"
                findings.add_at_key("R029", here, message, hint)
        elif not _HEADER_NAME.fullmatch(name):
            hint = "use letters, digits and `-`"
            findings.add_at_key("R029", here, f"`{name}` cannot be the name of a header", hint)
        elif not _HEADER_VALUE.fullmatch(value):
            hint = "write it on one line, in letters of Latin-1"
            message = f"the header `{name}` holds a character that no header can carry"
            findings.add("R029", here, message, hint)
        elif name.lower() in first:
            message = f"the header `{name}` stands here as `{first[name.lower()]}` already"
            findings.add_at_key("R029", here, message, "keep one; headers ignore case")
        first.setdefault(name.lower(), name)


def _check_parameter(
    findings: Findings, path: Path, name: str, value: str, endpoint: Endpoint
) -> None:
    if name not in endpoint.parameters:
        guess = nearest(name, endpoint.parameters)
        hint = f"did you mean `{guess}`?" if guess else "other variables stand at the top level"
        findings.add_at_key("R035", path, f"`{endpoint}` has no parameter `{name}`", hint)
    elif any(each in value for each in "/?#"):
        hint = "percent-encode it: `/` is `%2F`, `?` is `%3F`, `#` is `%23`"
        findings.add("R035", path, "a path parameter ends at `/`, `?` and `#`", hint)


def _body(
    findings: Findings, path: Path, said: dict[str, Any], endpoint: Endpoint
) -> JsonBody | FormBody | None:
    body, form = said.get("body"), said.get("form")
    if body is not None and form is not None:
        hint = "keep `body` for JSON or `form` for form fields"
        findings.add_at_key("R030", (*path, "form"), "a request has one body, not two", hint)
    elif (body is not None or form is not None) and endpoint.method in ("GET", "HEAD"):
        key = "form" if body is None else "body"
        message = f"Postman sends no body with {endpoint.method}"
        hint = "give `query`, or another method"
        findings.add_at_key("R030", (*path, key), message, hint)
    if form is not None:
        return FormBody(texts(findings, (*path, "form"), form))
    return None if body is None else JsonBody(body)
