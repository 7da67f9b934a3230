"""A recorded request as a request of a manifest, and what of it a manifest cannot hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from okta_postman.documents.json_style import HALF_CHARACTER
from okta_postman.documents.yaml_text import block
from okta_postman.manifest.model import Request
from okta_postman.manifest.write import request_to_entry
from okta_postman.okta import catalog
from okta_postman.okta.credentials import find_credentials
from okta_postman.okta.endpoints import accept_header
from okta_postman.operation import METHODS, Endpoint, FormBody, JsonBody, ScopeSet, wrong_path
from okta_postman.postman.existing import request as recorded
from okta_postman.postman.variables import (
    CONNECTION_VARIABLES,
    REFERENCE,
    parameter_variable,
    reference,
)

_DEFAULT_TYPE: Final = re.compile(r"application/json\b|application/x-www-form-urlencoded\b")
_NOT_IN_A_PARAMETER: Final = re.compile(r"[^\w.-]+", re.ASCII)

Pairs = tuple[tuple[str, str], ...]


class Entry(NamedTuple):
    """A request without its name and folder, and in a few words each thing that is left out.

    There is no request if it cannot be in a manifest at all.
    """

    request: Request | None
    left_out: tuple[str, ...]


def entry_of(request: recorded.Request, scopes: ScopeSet) -> Entry:
    """A recorded request that needs some scopes, with nothing that must not be in a manifest."""
    path, variables = _path(request)
    wrong = wrong_path(path)
    if wrong or request.method not in METHODS:
        return Entry(None, (wrong or f"`{request.method}` is not a method",))
    query, no_query = _pairs(map(_with_spaces, request.query))
    headers, no_headers = _pairs(_headers(request, path))
    body, no_body = _body(request.body, request.method)
    operation = catalog.find(request.method, path)
    if body is None and operation and operation.body:
        body = JsonBody(None)
    left_out = [*no_query, *no_headers, *no_body]
    if request.has_scripts:
        left_out.append("its scripts")
    if request.has_responses:
        left_out.append("its saved responses")
    entry = Request(
        endpoint=Endpoint(request.method, path),
        scopes=scopes,
        name="",
        description=request.description,
        query=query,
        headers=headers,
        variables=variables,
        body=body,
    )
    return _safe(entry, list(dict.fromkeys(left_out)))


def _safe(entry: Request, left_out: list[str]) -> Entry:
    """An entry without its body, or none at all, if a manifest must not hold what is in it."""
    held = _forbidden(entry)
    if held and entry.body:
        left_out.insert(0, f"its body, which holds {held}")
        entry = entry._replace(body=JsonBody(None))
        held = _forbidden(entry)
    if held:
        return Entry(None, (f"it holds {held}", *left_out))
    return Entry(entry, tuple(left_out))


def _forbidden(entry: Request) -> str:
    """What a manifest must not or cannot hold of an entry, in a few words."""
    written = "".join(block({"entry": request_to_entry(entry)}))
    for credential in find_credentials(written):
        return credential.kind
    return "half a character" if HALF_CHARACTER.search(written) else ""


def _path(request: recorded.Request) -> tuple[str, Pairs]:
    """The path with `{parameters}`, and the values of those that no variable of the name fills."""
    given = dict(request.path_variables)
    variables: dict[str, str] = {}

    def parameter(typed: str, value: str) -> str:
        name = _NOT_IN_A_PARAMETER.sub("_", typed) or "value"
        if not (name[0].isalpha() or name[0] == "_"):
            name = f"_{name}"
        # A variable that connects to the org means something else in a path.
        usual = (parameter_variable(name), *CONNECTION_VARIABLES)
        if value and value not in map(reference, usual):
            variables[name] = value
        return f"{{{name}}}"

    def segment(typed: str) -> str:
        if typed.startswith(":"):
            return parameter(typed[1:], given.get(typed[1:], ""))
        return REFERENCE.sub(lambda found: parameter(found[1], found[0]), typed)

    segments = [segment(typed) for typed in request.target.path.split("/") if typed]
    return "".join(f"/{name}" for name in segments), tuple(variables.items())


def _headers(request: recorded.Request, path: str) -> Iterator[recorded.Pair]:
    """The headers that `generate` would not write by itself, without those that authorize."""
    usual = ("accept", accept_header(path))
    for header in request.headers:
        key, value = header.name.strip(), header.value.strip()
        name = key.lower()
        is_default = name == "content-type" and _DEFAULT_TYPE.match(value)
        if key and "authorization" not in name and not is_default and (name, value) != usual:
            yield recorded.Pair(key, value, header.is_on)


def _with_spaces(parameter: recorded.Pair) -> recorded.Pair:
    """A query parameter whose `+` is a space, as servers take it; a manifest's arrives as a `+`."""
    value = parameter.value and parameter.value.replace("+", " ")
    return parameter._replace(key=parameter.key.replace("+", " "), value=value)


def _pairs(listed: Iterable[recorded.Pair]) -> tuple[Pairs, list[str]]:
    """The pairs that a mapping can hold, and what is left out."""
    pairs: dict[str, str] = {}
    left_out = []
    bare = []
    for key, value, is_on in listed:
        if not is_on:
            left_out.append(f"the disabled `{key}`")
        elif key in pairs:
            left_out.append(f"a second `{key}`")
        else:
            pairs[key] = value or ""
        if value is None:
            bare.append(f"the bare parameter `{key}`, which gets an empty value")
    return tuple(pairs.items()), [*left_out, *bare]


def _body(body: recorded.Body | None, method: str) -> tuple[JsonBody | FormBody | None, list[str]]:
    """The body of a request of a method, and what is left out of it."""
    if body is None or (body.mode == "raw" and not body.text.strip()):
        return None, []
    if method in ("GET", "HEAD"):
        return None, ["the body of a GET"]
    if body.mode == "urlencoded":
        fields, left_out = _pairs(body.fields)
        return FormBody(fields) if fields else None, left_out
    if body.mode != "raw":
        return None, [f"a body of the kind {body.mode}"]
    try:
        return JsonBody(json.loads(body.text, parse_float=_number, parse_constant=_number)), []
    except json.JSONDecodeError:
        return None, ["a body that is not JSON"]
    except ValueError:
        return None, ["a body with a number that YAML cannot keep"]


def _number(word: str) -> float:
    """A number as it will be written again; raises ValueError if that is another one."""
    number = float(word)
    if Decimal(repr(number)) != Decimal(word):
        raise ValueError(word)
    return number
