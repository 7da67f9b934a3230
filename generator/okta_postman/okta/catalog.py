"""The API catalog: Okta's published operations, and the scopes that each of them needs.

Its data is made from Okta's OpenAPI documents by `make catalog`, never typed. Only names, types and
values of enumerations come from the documents, and none of their prose.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, Final

from okta_postman.okta.routes import Routes
from okta_postman.operation import Endpoint, FormBody, JsonBody, Operation, ScopeSet

FILE: Final = "catalog.json"

_Row = Mapping[str, Any]
"""An operation as the file has it; keys without a value are left out."""


def operations() -> tuple[Operation, ...]:
    """Every operation, by path and then by method."""
    return tuple(_operation(row) for row in _data()["operations"])


def by_id(operation_id: str) -> Operation | None:
    """The operation with an ID of Okta's, such as `listUsers`.

    Two IDs also belong to a MyAccount operation, which is found by its endpoint only.
    """
    row = _rows_by_id().get(operation_id)
    return _operation(row) if row else None


def ids() -> tuple[str, ...]:
    """The ID of every operation."""
    return tuple(_rows_by_id())


def find(method: str, path: str) -> Operation | None:
    """The operation of an endpoint, whatever its parameters are called or filled with.

    Literal segments win: `/api/v1/groups/rules` is about rules, not about a group called `rules`. A
    final slash means nothing.
    """
    row = _routes().find(method, path)
    return _operation(row) if row else None


def needing(scopes: ScopeSet) -> tuple[Operation, ...]:
    """The operations for which a token with exactly these scopes is enough."""
    joined = " ".join(scopes)
    rows = _data()["operations"]
    return tuple(_operation(row) for row in rows if joined in row.get("scopes", ()))


def scopes() -> frozenset[str]:
    """Every scope that Okta's documents declare."""
    return frozenset(_data()["scopes"])


def releases() -> Mapping[str, str]:
    """The release of each document that the catalog was made from, by the document's title."""
    releases: dict[str, str] = _data()["releases"]
    return releases


def to_text(
    releases: Mapping[str, str], scopes: Iterable[str], operations: Iterable[Operation]
) -> str:
    """The text of the catalog's file: a scope and an operation a line, so that diffs are short."""
    by_endpoint = sorted(operations, key=lambda it: (it.endpoint.path, it.endpoint.method))
    return (
        f'{{\n"releases": {_json(releases)},\n'
        f'"scopes": [\n{_lines(sorted(set(scopes)))}\n],\n'
        f'"operations": [\n{_lines(map(_row, by_endpoint))}\n]\n}}\n'
    )


@functools.cache
def _data() -> dict[str, Any]:
    text = resources.files("okta_postman.okta").joinpath(FILE).read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@functools.cache
def _rows_by_id() -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for row in _data()["operations"]:
        rows.setdefault(row["id"], row)
    return rows


@functools.cache
def _routes() -> Routes[_Row]:
    return Routes((row["method"], row["path"], row) for row in _data()["operations"])


def _operation(row: _Row) -> Operation:
    body = row.get("body")
    form = row.get("form")
    return Operation(
        endpoint=Endpoint(row["method"], row["path"]),
        id=row["id"],
        tag=row["tag"],
        scope_sets=tuple(tuple(scopes.split(" ")) for scopes in row.get("scopes", ())),
        lifecycle=row.get("lifecycle", ""),
        deprecated=row.get("deprecated", False),
        query=tuple(row.get("query", {}).items()),
        media=row.get("media", ""),
        body=FormBody(tuple(form.items())) if form else None if body is None else JsonBody(body),
        host=row.get("host", ""),
    )


def _row(operation: Operation) -> _Row:
    body = operation.body
    row = {
        "id": operation.id,
        "method": operation.endpoint.method,
        "path": operation.endpoint.path,
        "tag": operation.tag,
        "scopes": [" ".join(scopes) for scopes in operation.scope_sets],
        "lifecycle": operation.lifecycle,
        "deprecated": operation.deprecated,
        "query": dict(operation.query),
        "media": operation.media,
        "body": body.data if isinstance(body, JsonBody) else None,
        "form": dict(body.fields) if isinstance(body, FormBody) else None,
        "host": operation.host,
    }
    return {key: value for key, value in row.items() if value}


def _lines(values: Iterable[Any]) -> str:
    return ",\n".join(map(_json, values))


def _json(value: Any) -> str:  # noqa: ANN401 - anything JSON can hold
    return json.dumps(value, ensure_ascii=False)
