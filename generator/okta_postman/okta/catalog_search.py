"""Searches the catalog by operation ID, path and scope, and suggests what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from okta_postman.okta import catalog
from okta_postman.okta.scopes import likely_meant
from okta_postman.operation import METHODS, Operation, corrected_path
from okta_postman.wording import nearest

_NEAR: Final = 0.88
"""How similar a path must be to be suggested: all of Okta's begin alike."""


def search(operation: str | None, path: str | None, scope: str | None) -> list[Operation]:
    """The operations of the catalog that match every filter that is not None.

    An operation may be part of an ID, in any case. A path may have values in it, be the beginning
    of several, be a whole URL, or follow a method. A scope may lack its last word.
    """
    matches: Sequence[Operation] = catalog.operations()
    if operation is not None:
        matches = [match for match in matches if operation.casefold() in match.id.casefold()]
    if path is not None:
        matches = _at(path, matches)
    if scope is not None:
        matches = [match for match in matches if _needs(match, scope)]
    return list(matches)


def suggestion(operation: str | None, path: str | None, scope: str | None) -> str | None:
    """The nearest scope, path or operation ID to the filter that matched nothing, or None."""
    if scope is not None:
        stems = {known.rpartition(".")[0] for known in catalog.scopes()}
        return nearest(likely_meant(scope) or scope, catalog.scopes() | stems)
    if path is not None:
        paths = {known.endpoint.path for known in catalog.operations()}
        return nearest(_method_and_path(path)[1], paths, cutoff=_NEAR)
    return nearest(operation, catalog.ids()) if operation is not None else None


def filter_for(text: str) -> str | None:
    """The first of `operation`, `path` and `scope` by which a text matches anything, or None."""
    if search(text, None, None):
        return "operation"
    if search(None, text, None):
        return "path"
    return "scope" if search(None, None, text) else None


def _at(path: str, operations: Sequence[Operation]) -> list[Operation]:
    method, wanted = _method_and_path(path)
    methods = {method} if method else set(METHODS)
    exact = [match for name in sorted(methods) if (match := catalog.find(name, wanted))]
    if exact:
        # `/groups/rules` is no group, although another method knows groups only.
        fewest = min(len(match.endpoint.parameters) for match in exact)
        best = [match for match in exact if len(match.endpoint.parameters) == fewest]
        return [operation for operation in operations if operation in best]
    start = f"{wanted.rstrip('/')}/"
    return [
        operation
        for operation in operations
        if operation.endpoint.method in methods and f"{operation.endpoint.path}/".startswith(start)
    ]


def _method_and_path(text: str) -> tuple[str, str]:
    """The method, empty if there is none, and the path without host and query."""
    method, _, rest = text.strip().rpartition(" ")
    return method.strip().upper(), corrected_path(rest) or rest


def _needs(operation: Operation, scope: str) -> bool:
    """Whether one of an operation's scopes is this one, or this one with a last word."""
    scopes = {needed for scope_set in operation.scope_sets for needed in scope_set}
    return any(needed == scope or needed.startswith(f"{scope}.") for needed in scopes)
