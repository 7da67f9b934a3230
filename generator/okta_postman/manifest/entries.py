"""Read the entries of the scope map: an endpoint, and what its request should have."""

from __future__ import annotations

import re
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Entry
from okta_postman.manifest.keys import Pairs, pairs
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.types import PUBLIC, EntryKeys
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.operation import (
    METHODS,
    Endpoint,
    FormBody,
    JsonBody,
    Operation,
    corrected_path,
    wrong_path,
)
from okta_postman.wording import listed

ONLY_OKTA: Final = "the API catalog has only Okta's operations"

_REQUEST = re.compile(r"(?P<method>[A-Za-z]+)[ \t]+(?P<path>\S.*)")
_ENCODE: Final = "write it like `/api/v1/users/{userId}`; percent-encode what a URL can't contain"


def entry_of_operation(path: Path, operation: Operation) -> Entry:
    """An entry that the user didn't type: one of those that `all` selects."""
    return _filled(Entry(path, operation.endpoint, bare=True), None)


def entry(problems: Problems, path: Path, keys: str | EntryKeys, *, of_okta: bool) -> Entry | None:
    """The entry at a path, or None, with a problem, if its endpoint cannot be read.

    `of_okta` is whether the endpoints are Okta's: the API catalog knows no others.
    """
    public = path[:1] == (PUBLIC,)
    if isinstance(keys, str):
        endpoint = _endpoint(problems, path, keys, of_okta=of_okta)
        bare = Entry(path, endpoint, bare=True, public=public) if endpoint else None
        return _known(problems, path, bare, None) if bare and of_okta else bare
    endpoint = _endpoint(problems, (*path, "request"), keys["request"], of_okta=of_okta)
    if endpoint is None:
        return None
    document = problems.document
    variables = pairs(document, (*path, "variables"), keys.get("variables"))
    typed = Entry(
        path,
        endpoint,
        bare=len(keys) == 1,
        name=keys.get("name"),
        description=keys.get("description", ""),
        folder=keys.get("folder"),
        query=pairs(document, (*path, "query"), keys.get("query")),
        headers=pairs(document, (*path, "headers"), keys.get("headers")),
        variables=tuple((name, value) for name, value in variables if value),
        body=_body(problems, path, keys),
        public=public,
    )
    return _known(problems, (*path, "request"), typed, keys) if of_okta else typed


def _body(problems: Problems, path: Path, keys: EntryKeys) -> JsonBody | FormBody | None:
    form, body = keys.get("form"), keys.get("body")
    if form is not None:
        return FormBody(pairs(problems.document, (*path, "form"), form))
    path = (*path, "body")
    return None if body is None else JsonBody(problems.document.as_typed(path, body))


def _known(problems: Problems, path: Path, typed: Entry, keys: EntryKeys | None) -> Entry | None:
    """An entry with what the API catalog has for it; None, with a problem, if it is elsewhere."""
    entry = _filled(typed, keys)
    if entry.operation is None or not entry.operation.host:
        return entry
    hint = "delete it: the request would go to the org"
    problems.error("R046", path, other_host(entry.operation), hint)
    return None


def other_host(operation: Operation) -> str:
    """The message about an operation that is not on the org's host."""
    return f"`{operation.endpoint}` is on {operation.host}, another host than the org"


def _filled(entry: Entry, keys: EntryKeys | None) -> Entry:
    """An entry with what the API catalog has for its endpoint, where it does not say otherwise."""
    operation = catalog.find(entry.endpoint.method, entry.endpoint.path)
    if operation is None:
        return entry
    typed = frozenset(keys or ())
    own = dict(entry.query)
    required = tuple(pair for pair in operation.query if pair[0] not in own)
    headers = _media_header(operation) if not typed & {"headers", "body", "form"} else ()
    return entry._replace(
        operation=operation,
        query=required + entry.query,
        headers=entry.headers or headers,
        body=entry.body if typed & {"body", "form"} else operation.body,
    )


def _media_header(operation: Operation) -> Pairs:
    """The Content-Type of a body that is JSON, but not plainly so."""
    plain = re.match(r"application/(?:json|x-www-form-urlencoded)\b", operation.media)
    return () if operation.body is None or plain else (("Content-Type", operation.media),)


def _endpoint(problems: Problems, path: Path, typed: str, *, of_okta: bool) -> Endpoint | None:
    text = typed.strip()
    operation = catalog.by_id(text) if of_okta else None
    if operation:
        text = str(operation.endpoint)
    match = _REQUEST.fullmatch(text)
    if match is None or (match["method"].upper() not in METHODS and "/" not in text):
        _add_no_endpoint(problems, path, text, of_okta=of_okta)
        return None
    endpoint = Endpoint(match["method"], match["path"])
    if endpoint.method not in METHODS:
        guess = problems.nearest(endpoint.method, METHODS)
        fixed = f"{guess} {corrected_path(endpoint.path) or endpoint.path}"
        hint = f"write `{fixed}`" if guess else f"use {listed(METHODS, 'or')}"
        problems.error("R017", path, f"`{endpoint.method}` is not an HTTP method", hint)
        return None
    wrong = wrong_path(endpoint.path)
    if wrong:
        corrected = corrected_path(endpoint.path)
        query = ", and put the query under `query`" if "?" in endpoint.path else ""
        hint = f"write `{endpoint.method} {corrected}`{query}" if corrected else _ENCODE
        problems.error("R022", path, wrong, hint)
        return None
    takes_token = of_okta and path[:1] != (PUBLIC,)
    reason = reason_against_bearer(endpoint.path.rstrip("/")) if takes_token else None
    if reason:
        message = f"`{endpoint.path}` takes no access token: {reason}"
        hint = "delete it, or list it under `public`, where requests have no token"
        problems.error("R018", path, message, hint)
        return None
    return endpoint


def _add_no_endpoint(problems: Problems, path: Path, text: str, *, of_okta: bool) -> None:
    """Add the problem of a string that is no method with a path, and no operation ID."""
    url = next((word for word in text.split() if "/" in word), None)
    if url:
        words = re.findall(r"\w+", text)
        method = next((word for word in words if word.upper() in METHODS), "GET")
        corrected = corrected_path(re.sub(rf"^{method}:?(?=/)", "", url))
        hint = f"write `{method.upper()} {corrected or '/api/v1/users'}`"
        problems.error("R017", path, f"`{text}` is not a method, a space and a path", hint)
    elif of_okta:
        guess = problems.nearest(text, catalog.ids())
        hint = (
            "write `GET /api/v1/users/{userId}`, or an operation ID that `okta-postman scopes` "
            "lists"
        )
        hint = f"did you mean `{guess}`? Otherwise {hint}" if guess else hint
        problems.error("R021", path, f"no Okta operation is called `{text}`", hint)
    else:
        message = f"`{text}` is not an endpoint: {ONLY_OKTA}"
        problems.error("R021", path, message, "write it like `GET /orders/{orderId}`")
