"""The manifest that `init` writes: complete, commented, and ready for `generate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from okta_postman import templates
from okta_postman.okta import catalog
from okta_postman.operation import Operation

_UNKNOWN: Final = "GET /api/v1/replace/me"


def scaffold(org: str, client_id: str, redirect_uri: str, scopes: Sequence[str]) -> str:
    """The text of a manifest of one org and app, with an endpoint for each scope."""
    wanted = list(dict.fromkeys(scopes)) or ["okta.users.read"]
    examples = [(scope, _example(scope)) for scope in wanted]
    return (
        templates.render(
            "manifest.yaml",
            org=org,
            client_id=client_id,
            redirect_uri=redirect_uri,
            scopes=[
                (scope, endpoint or f"{_UNKNOWN}/{number}", endpoint is not None)
                for number, (scope, endpoint) in enumerate(examples, 1)
            ],
        )
        + "\n"
    )


def _example(scopes: str) -> str | None:
    """The simplest endpoint that needs a scope set, if Okta documents one."""
    operations = catalog.needing(tuple(sorted(scopes.split())))
    simplest = min(operations, key=_complexity, default=None)
    return str(simplest.endpoint) if simplest else None


def _complexity(operation: Operation) -> tuple[bool, int, int]:
    path = operation.endpoint.path
    return operation.deprecated, len(operation.endpoint.parameters), len(path)
