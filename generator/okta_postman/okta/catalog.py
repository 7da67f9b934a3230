"""Okta's published operations: which endpoints there are, and which scopes each of them needs.

The data is made from Okta's own OpenAPI documents by `make catalog`, never typed.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

from okta_postman.okta.routes import Routes
from okta_postman.operation import Endpoint, FormBody, JsonBody, Operation, ScopeSet

FILE: Final = "catalog.json"


def operations() -> tuple[Operation, ...]:
    """Every operation, by path and then by method."""
    return tuple(_made(line) for line in _data()["operations"])


def by_id(operation_id: str) -> Operation | None:
    """The operation that Okta calls `listUsers` or the like.

    Two names are those of a MyAccount operation too, which is found by its endpoint only.
    """
    line = _ids().get(operation_id)
    return _made(line) if line else None


def ids() -> tuple[str, ...]:
    """The id of every operation."""
    return tuple(_ids())


def find(method: str, path: str) -> Operation | None:
    """The operation of an endpoint, whatever its parameters are called or filled with.

    `/api/v1/groups/rules` is about the rules, and not about a group of that name: literal segments
    win. A final slash means nothing.
    """
    line = _routes().find(method, path)
    return _made(line) if line else None


def needing(scopes: ScopeSet) -> tuple[Operation, ...]:
    """The operations for which exactly this scope set is enough."""
    wanted = " ".join(scopes)
    return tuple(_made(line) for line in _data()["operations"] if wanted in line.get("scopes", ()))


def scopes() -> frozenset[str]:
    """Every scope that Okta's documents declare."""
    return frozenset(_data()["scopes"])


def releases() -> Mapping[str, str]:
    """The documents that the catalogue was made from, by title, and their releases."""
    found: dict[str, str] = _data()["releases"]
    return found


@functools.cache
def _data() -> dict[str, Any]:
    text = resources.files("okta_postman.okta").joinpath(FILE).read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@functools.cache
def _ids() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in _data()["operations"]:
        found.setdefault(line["id"], line)
    return found


@functools.cache
def _routes() -> Routes[dict[str, Any]]:
    lines = _data()["operations"]
    return Routes((line["method"], line["path"], line) for line in lines)


def _made(line: Mapping[str, Any]) -> Operation:
    body = line.get("body")
    form = line.get("form")
    return Operation(
        endpoint=Endpoint(line["method"], line["path"]),
        id=line["id"],
        tag=line["tag"],
        scope_sets=tuple(tuple(each.split(" ")) for each in line.get("scopes", ())),
        lifecycle=line.get("lifecycle", ""),
        deprecated=line.get("deprecated", False),
        query=tuple(line.get("query", {}).items()),
        media=line.get("media", ""),
        body=FormBody(tuple(form.items())) if form else None if body is None else JsonBody(body),
    )
