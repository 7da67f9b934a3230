"""One entry of the scope-to-endpoint map: an endpoint, and what its request should have."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Path
from okta_postman.manifest.names import check_name
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules.variables import Pairs, texts
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.operation import (
    METHODS,
    Endpoint,
    FormBody,
    JsonBody,
    Operation,
    mended_path,
    wrong_path,
)
from okta_postman.wording import listed, nearest

NO_CATALOGUE: Final = (
    "the catalogue of operations is Okta's, whose scopes the org authorization server mints"
)
LIST_ENDPOINTS: Final = "write each endpoint, like `GET /orders/{orderId}`"

_REQUEST = re.compile(r"(?P<method>[A-Za-z]+)[ \t]+(?P<path>\S.*)")
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
    findings: Problems, path: Path, said: str | dict[str, Any], *, of_okta: bool
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
    known = catalog.find(said_entry.endpoint.method, said_entry.endpoint.path)
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


def _endpoint(findings: Problems, path: Path, text: str, *, of_okta: bool) -> Endpoint | None:
    operation = catalog.by_id(text.strip()) if of_okta else None
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


def _not_a_request(findings: Problems, path: Path, text: str, *, of_okta: bool) -> None:
    method = next((word for word in re.findall(r"\w+", text) if word.upper() in METHODS), "GET")
    where = re.search(r"\S*/\S*", text)
    mended = mended_path(re.sub(rf"^{method}:?(?=/)", "", where[0])) if where else None
    if where is None and not of_okta:
        findings.add("R021", path, f"`{text}` is not an endpoint: {NO_CATALOGUE}", LIST_ENDPOINTS)
    elif where is None:
        guess = nearest(text, catalog.ids())
        hint = (
            "write it as `GET /api/v1/users/{userId}`, or as an id that `okta-postman scopes` lists"
        )
        hint = f"did you mean `{guess}`? Otherwise {hint}" if guess else hint
        findings.add("R021", path, f"no operation of Okta is called `{text}`", hint)
    else:
        hint = f"write `{method.upper()} {mended or '/api/v1/users'}`"
        findings.add("R017", path, f"`{text}` is not a method, a space and a path", hint)


_ENCODE: Final = "parameters are `{name}`; what URLs cannot hold is percent-encoded"


def _check_headers(findings: Problems, path: Path, headers: Pairs) -> None:
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
    findings: Problems, path: Path, name: str, value: str, endpoint: Endpoint
) -> None:
    if name not in endpoint.parameters:
        guess = nearest(name, endpoint.parameters)
        hint = f"did you mean `{guess}`?" if guess else "other variables stand at the top level"
        findings.add_at_key("R035", path, f"`{endpoint}` has no parameter `{name}`", hint)
    elif any(each in value for each in "/?#"):
        hint = "percent-encode it: `/` is `%2F`, `?` is `%3F`, `#` is `%23`"
        findings.add("R035", path, "a path parameter ends at `/`, `?` and `#`", hint)


def _body(
    findings: Problems, path: Path, said: dict[str, Any], endpoint: Endpoint
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
