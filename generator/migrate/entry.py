"""A request of a collection as an entry of a description's scope map, and what that cannot hold."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final, NamedTuple

from generator.description.endpoints import METHODS, wrong_path
from generator.document.reader import Data
from generator.migrate.endpoints import Target
from generator.migrate.headers import headers_of
from generator.migrate.requests import Request
from generator.migrate.tree import Node, child, elements, text
from generator.model import CONNECTION_VARIABLES, parameter_variable
from generator.okta import catalogue
from generator.okta.endpoints import accept_header
from generator.workspace import REFERENCE

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
    query, lost = _pairs(_query(request))
    headers, repeated = _pairs(_headers(request, path))
    body, bodiless = _body(request)
    known = catalogue.find(request.method, path)
    if not body and known and known.body:
        body = {"body": None}
    about = child(request.node, "description")
    said["description"] = text(about) or text(child(about, "content"))
    said |= {"query": query, "headers": headers, "variables": variables}
    kept = {key: value for key, value in said.items() if value not in ("", {})}
    lost = [*lost, *_without_value(request), *repeated, *bodiless, *_beside(request)]
    return Entry({**kept, **body}, tuple(dict.fromkeys(lost)))


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


def _query(request: Request) -> list[tuple[str, str, bool]]:
    listed = child(request.url, "query")
    if listed is not None:
        return [_pair(each) for each in elements(listed)]
    whole = text(child(request.url, "raw")) or text(request.url)
    parts = whole.partition("#")[0].partition("?")[2].split("&")
    split = [each.partition("=") for each in parts if each]
    return [(key, value, True) for key, _, value in split]


def _without_value(request: Request) -> list[str]:
    """Query parameters that are sent without an equals sign, which a description cannot say."""
    listed = child(request.url, "query")
    if listed is None:
        whole = text(child(request.url, "raw")) or text(request.url)
        parts = whole.partition("#")[0].partition("?")[2].split("&")
        bare = [each for each in parts if each and "=" not in each]
    else:
        bare = [
            text(child(each, "key"))
            for each in elements(listed)
            if (value := child(each, "value")) is not None and value.value is None
        ]
    return [f"the bare parameter `{each}`, which gets an empty value" for each in bare]


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
    off = child(node, "disabled")
    on = off is None or off.value is not True
    return text(child(node, "key")), text(child(node, "value")), on


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
    off = child(body, "disabled")
    mode = text(child(body, "mode")) if off is None or off.value is not True else ""
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
    scripts = [child(each, "script", "exec") for each in elements(child(request.item, "event"))]
    lines = [line for each in scripts for line in (each, *elements(each))]
    code = any(text(line).strip() for line in lines)
    saved = elements(child(request.item, "response"))
    return ["its scripts"] * code + ["its saved responses"] * bool(saved)
