"""Searches the API catalog for the scopes that an endpoint needs."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.okta import catalog_search
from okta_postman.operation import Operation


class Search(NamedTuple):
    """The operations that match; if there are none, the value that may have been meant, if any."""

    operations: list[Operation]
    suggestion: str | None


def search(operation: str | None, path: str | None, scope: str | None) -> Search:
    """The operations that match every filter that is not None.

    There is a suggestion only for a single filter.
    """
    operations = catalog_search.search(operation, path, scope)
    filters = [value for value in (operation, path, scope) if value is not None]
    if operations or len(filters) > 1:
        return Search(operations, None)
    return Search(operations, catalog_search.suggestion(operation, path, scope))


def option_for(text: str) -> str | None:
    """The option of `scopes` that finds something for a text which is no file, or None."""
    name = catalog_search.filter_for(text)
    return name and f"--{name}"
