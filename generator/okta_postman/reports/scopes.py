"""Which scope a call needs, what a scope allows, and what an app must be granted, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from okta_postman.manifest.model import Manifest
from okta_postman.okta import catalog
from okta_postman.okta.scopes import joined, without_openid
from okta_postman.operation import Operation
from okta_postman.reports.tables import Row


def operation_rows(operations: Iterable[Operation]) -> list[Row]:
    """An operation a row."""
    return [
        {
            "scopes": " or ".join(map(joined, each.scope_sets)) or "none",
            "method": each.endpoint.method,
            "path": each.endpoint.path,
            "operation": each.id,
            "lifecycle": "deprecated" if each.deprecated else each.lifecycle,
        }
        for each in operations
    ]


def scope_rows() -> list[Row]:
    """A scope of the catalogue a row, with the number of operations that need it."""
    used = Counter(
        scope
        for each in catalog.operations()
        for scope in {scope for scopes in each.scope_sets for scope in scopes}
    )
    return [{"scope": scope, "operations": used[scope]} for scope in sorted(catalog.scopes())]


def grant_rows(manifest: Manifest) -> list[Row]:
    """A scope that an app must be granted a row, with the requests that ask for it.

    No server, Okta's or another, has the scopes of OpenID Connect granted.
    """
    needed: dict[str, list[str]] = {}
    for request in manifest.requests:
        for scope in without_openid(request.scopes):
            needed.setdefault(scope, []).append(request.name)
    return [
        {"scope": scope, "requests": len(names), "needed for": ", ".join(names)}
        for scope, names in sorted(needed.items())
    ]
