"""Which scope a call needs, what a scope allows, and what an app must be granted, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from okta_postman.manifest.model import Manifest
from okta_postman.okta import catalog
from okta_postman.okta.scopes import joined, likely_meant, without_openid
from okta_postman.operation import METHODS, Operation, mended_path
from okta_postman.reports.tables import Row
from okta_postman.wording import nearest

_NEAR: Final = 0.88
"""How near a path must be to be the one that was meant: they all begin alike."""


def search(operation: str | None, path: str | None, scope: str | None) -> list[Operation]:
    """The operations of the catalogue whose id, path or scopes are as asked for.

    An id may be a part of one in any case, a path one with values or the beginning of several, with
    or without a method before it, or a whole URL; a scope may be without its last word.
    """
    found: Sequence[Operation] = catalog.operations()
    if operation is not None:
        found = [each for each in found if operation.casefold() in each.id.casefold()]
    if path is not None:
        found = _at(path, found)
    if scope is not None:
        found = [each for each in found if _has(each, scope)]
    return list(found)


def meant(operation: str | None, path: str | None, scope: str | None) -> str | None:
    """What somebody meant whose one question found nothing: the nearest id, path or scope."""
    if scope is not None:
        stems = {each.rpartition(".")[0] for each in catalog.scopes()}
        return nearest(likely_meant(scope) or scope, catalog.scopes() | stems)
    if path is not None:
        paths = {each.endpoint.path for each in catalog.operations()}
        return nearest(_endpoint(path)[1], paths, cutoff=_NEAR)
    return nearest(operation, catalog.ids()) if operation is not None else None


def option_for(text: str) -> str | None:
    """The option that finds something for a text which is no file."""
    questions = {
        "--operation": (text, None, None),
        "--path": (None, text, None),
        "--scope": (None, None, text),
    }
    return next((option for option, asked in questions.items() if search(*asked)), None)


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


def _at(path: str, operations: Sequence[Operation]) -> list[Operation]:
    method, wanted = _endpoint(path)
    methods = {method} if method else set(METHODS)
    exact = [found for each in sorted(methods) if (found := catalog.find(each, wanted))]
    if exact:
        # `/groups/rules` is no group, although another method knows groups only.
        fewest = min(len(each.endpoint.parameters) for each in exact)
        return [
            each for each in operations if each in exact and len(each.endpoint.parameters) == fewest
        ]
    begun = f"{wanted.rstrip('/')}/"
    return [
        each
        for each in operations
        if each.endpoint.method in methods and f"{each.endpoint.path}/".startswith(begun)
    ]


def _endpoint(asked: str) -> tuple[str, str]:
    """The method that was asked for, if one was, and the path, without a host and a query."""
    method, _, rest = asked.strip().rpartition(" ")
    return method.strip().upper(), mended_path(rest) or rest


def _has(operation: Operation, scope: str) -> bool:
    return any(
        each == scope or each.startswith(f"{scope}.")
        for scopes in operation.scope_sets
        for each in scopes
    )
