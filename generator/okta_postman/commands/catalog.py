"""Makes the API catalog from Okta's OpenAPI documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from okta_postman.commands.import_openapi import read_document
from okta_postman.commands.result import Result
from okta_postman.okta.catalog import to_text
from okta_postman.openapi.api import Api


def catalog(paths: Iterable[str]) -> Result[str]:
    """The text of the catalog's file, from OpenAPI documents.

    Raises UserError if a file cannot be read.
    """
    results = [read_document(path, examples=False) for path in paths]
    checked = tuple(source for result in results for source in result.checked)
    apis = [result.value for result in results if result.value is not None]
    return Result(catalog_text(apis) if len(apis) == len(results) else None, checked)


def catalog_text(apis: Sequence[Api]) -> str:
    """The text of the catalog's file, with the operations and scopes of all documents."""
    return to_text(
        releases={api.title: api.release for api in apis},
        scopes={scope for api in apis for scope in api.scopes},
        operations=[operation for api in apis for operation in api.operations],
    )
