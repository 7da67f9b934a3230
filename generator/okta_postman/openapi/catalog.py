"""Writes Okta's documents as the catalogue that `okta/` reads: one operation a line, sorted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from okta_postman.openapi.api import Api
from okta_postman.operation import FormBody, JsonBody, Operation


def catalogue(apis: Iterable[Api]) -> str:
    """The text of the catalogue: releases, scopes and operations, a line each.

    Only names, types and values of enumerations come from the documents, and none of their prose.
    """
    listed = list(apis)
    every = sorted(
        (each for api in listed for each in api.operations),
        key=lambda each: (each.endpoint.path, each.endpoint.method),
    )
    scopes = sorted({scope for api in listed for scope in api.scopes})
    releases = {api.title: api.release for api in listed}
    return (
        f'{{\n"releases": {_json(releases)},\n'
        f'"scopes": [\n{_lines(scopes)}\n],\n'
        f'"operations": [\n{_lines(map(_line, every))}\n]\n}}\n'
    )


def _line(operation: Operation) -> dict[str, Any]:
    """An operation with what is to be said about it, and nothing else."""
    body = operation.body
    said = {
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
    }
    return {key: value for key, value in said.items() if value}


def _lines(values: Iterable[Any]) -> str:
    return ",\n".join(map(_json, values))


def _json(value: Any) -> str:  # noqa: ANN401 - what JSON can say
    return json.dumps(value, ensure_ascii=False)
