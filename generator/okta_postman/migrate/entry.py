"""A request of a collection as an entry of a description's scope map, and what that cannot hold."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Data
from okta_postman.migrate.endpoints import Target
from okta_postman.migrate.headers import headers_of
from okta_postman.migrate.requests import Request, lines_of
from okta_postman.migrate.tree import Node, child, elements, is_disabled, text
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import accept_header
from okta_postman.operation import METHODS, wrong_path
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE, parameter_variable

_PLAIN: Final = re.compile(r"application/json\b|application/x-www-form-urlencoded\b")
_NO_NAME: Final = re.compile(r"[^\w.-]+", re.ASCII)


class Entry(NamedTuple):
    """What a description says of a request, and what of it is lost, each in a few words.

    It is None if there is no saying it.
    """

    said: dict[str, Data] | None
    lost: tuple[str, ...]


def entry(request: Request, target: Target) -> Entry:
    """A request as an entry without its name and folder."""
    path, variables = _path(request, target)
    wrong = wrong_path(path)
    if wrong or request.method not in METHODS:
        return Entry(None, (wrong or f"`{request.method}` is not a method",))
    said: dict[str, Data] = {"request": f"{request.method} {path}"}
    typed = _query(request)
    query, lost = _pairs([(key, value or "", on) for key, value, on in typed])
    lost += [_bare(key) for key, value, _ in typed if value is None]
    headers, repeated = _pairs(_headers(request, path))
    body, bodiless = _body(request)
    known = catalog.find(request.method, path)
    if not body and known and known.body:
        body = {"body": None}
    about = child(request.node, "description")
    said["description"] = text(about) or text(child(about, "content"))
    said |= {"query": query, "headers": headers, "variables": variables}
    kept = {key: value for key, value in said.items() if value not in ("", {})}
    lost = [*lost, *repeated, *bodiless, *_beside(request)]
    return Entry({**kept, **body}, tuple(dict.fromkeys(lost)))


def _bare(key: str) -> str:
    return f"the bare parameter `{key}`, which gets an empty value"


def _path(request: Request, target: Target) -> tuple[str, dict[str, Data]]:
    """The path with `{parameters}`, and the values of those that a variable does not fill."""
    given = {
        text(child(each, "key")) or text(child(each, "id")): text(child(each, "value"))
        for each in elements(child(request.url, "variable"))
    }
    variables: dict[str, Data] = {}

    def parameter(name: str, value: str) -> str:
        clean = _NO_NAME.sub("_", name) or "value"
        clean = clean if clean[0].isalpha() or clean[0] == "_" else f"_{clean}"
        # A variable that connects to the org means something else in a path.
        own = (parameter_variable(clean), *CONNECTION_VARIABLES)
        if value and value not in [f"{{{{{each}}}}}" for each in own]:
            variables[clean] = value
        return f"{{{clean}}}"

    def segment(typed: str) -> str:
        if typed.startswith(":"):
            return parameter(typed[1:], given.get(typed[1:], ""))
        return REFERENCE.sub(lambda found: parameter(found[1], found[0]), typed)

    return "".join(f"/{segment(each)}" for each in target.path.split("/") if each), variables


def _query(request: Request) -> list[tuple[str, str | None, bool]]:
    """The query parameters; one that is sent without an equals sign has no value."""
    listed = child(request.url, "query")
    if listed is not None:
        return [_parameter(each) for each in elements(listed)]
    whole = text(child(request.url, "raw")) or text(request.url)
    parts = whole.partition("#")[0].partition("?")[2].split("&")
    split = [each.partition("=") for each in parts if each]
    return [(key, value if equals else None, True) for key, equals, value in split]


def _parameter(node: Node) -> tuple[str, str | None, bool]:
    key, said, on = _pair(node)
    value = child(node, "value")
    return key, None if value is not None and value.value is None else said, on


def _headers(request: Request, path: str) -> list[tuple[str, str, bool]]:
    """The headers that `generate` would not write by itself, without the one that authorizes."""
    usual = accept_header(path)
    found = []
    for header in headers_of(request.node):
        key, value, on = header.name.strip(), header.value.strip(), header.is_on
        name = key.lower()
        plain = name == "content-type" and _PLAIN.match(value)
        if key and "authorization" not in name and not plain and (name, value) != ("accept", usual):
            found.append((key, value, on))
    return found


def _pair(node: Node) -> tuple[str, str, bool]:
    return text(child(node, "key")), text(child(node, "value")), not is_disabled(node)


def _pairs(listed: list[tuple[str, str, bool]]) -> tuple[dict[str, Data], list[str]]:
    """Pairs as a mapping, and what a mapping cannot hold."""
    found: dict[str, Data] = {}
    lost = []
    for key, value, on in listed:
        if not on:
            lost.append(f"the disabled `{key}`")
        elif key in found:
            lost.append(f"a second `{key}`")
        else:
            found[key] = value
    return found, lost


def _body(request: Request) -> tuple[dict[str, Data], list[str]]:
    body = child(request.node, "body")
    mode = "" if is_disabled(body) else text(child(body, "mode"))
    content = text(child(body, mode)) if mode else ""
    if not mode or (mode == "raw" and not content.strip()):
        return {}, []
    if request.method in ("GET", "HEAD"):
        return {}, ["the body of a GET"]
    if mode == "urlencoded":
        form, lost = _pairs([_pair(each) for each in elements(child(body, mode))])
        return ({"form": form} if form else {}), lost
    if mode != "raw":
        return {}, [f"a body of the kind {mode}"]
    try:
        data: Any = json.loads(content, parse_float=_number, parse_constant=_number)
    except json.JSONDecodeError:
        return {}, ["a body that is not JSON"]
    except ValueError:
        return {}, ["a body with a number that YAML cannot keep"]
    return {"body": data}, []


def _number(word: str) -> float:
    """A number as it will be written again; raises ValueError if that is another one."""
    number = float(word)
    if Decimal(repr(number)) != Decimal(word):
        raise ValueError(word)
    return number


def _beside(request: Request) -> list[str]:
    events = elements(child(request.item, "event"))
    code = any(text(line).strip() for each in events for line in lines_of(each))
    saved = elements(child(request.item, "response"))
    return ["its scripts"] * code + ["its saved responses"] * bool(saved)
