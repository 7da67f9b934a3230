"""Makes the API catalog from Okta's OpenAPI documents."""

from __future__ import annotations

from collections.abc import Sequence

from okta_postman.okta.catalog import to_text
from okta_postman.openapi.api import Api


def catalog_text(apis: Sequence[Api]) -> str:
    """The text of the catalog's file, with the operations and scopes of all documents."""
    return to_text(
        releases={api.title: api.release for api in apis},
        scopes={scope for api in apis for scope in api.scopes},
        operations=[operation for api in apis for operation in api.operations],
    )
