"""Operations with their scopes, scopes with their use, and scopes to grant, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okta_postman.manifest.model import Manifest
from okta_postman.okta import catalog
from okta_postman.okta.scopes import joined, without_openid
from okta_postman.operation import Operation
from okta_postman.reports.tables import Row


def operation_rows(operations: Iterable[Operation]) -> list[Row]:
    """A row for each operation, with the scope sets of which it needs one."""
    return [
        {
            "scopes": " or ".join(map(joined, operation.scope_sets)) or "none",
            "method": operation.endpoint.method,
            "path": operation.endpoint.path,
            "operation": operation.id,
            "lifecycle": "deprecated" if operation.deprecated else operation.lifecycle,
        }
        for operation in operations
    ]


def scope_rows() -> list[Row]:
    """A row for each scope of the API catalog, with the number of operations that need it."""
    counts: Counter[str] = Counter()
    for operation in catalog.operations():
        counts.update({scope for scopes in operation.scope_sets for scope in scopes})
    return [{"scope": scope, "operations": counts[scope]} for scope in sorted(catalog.scopes())]


def grant_rows(manifest: Manifest) -> list[Row]:
    """A row for each scope that must be granted to the app, with the requests that need it.

    Scopes of OpenID Connect need no grant on any server.
    """
    names_by_scope: dict[str, list[str]] = {}
    for request in manifest.requests:
        for scope in without_openid(request.scopes):
            names_by_scope.setdefault(scope, []).append(request.name)
    return [
        {"scope": scope, "requests": len(names), "needed for": ", ".join(names)}
        for scope, names in sorted(names_by_scope.items())
    ]
