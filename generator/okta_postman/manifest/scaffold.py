"""The description that `init` writes: complete, commented, and fit to be generated from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from okta_postman import templates
from okta_postman.okta import catalog
from okta_postman.operation import Operation

_UNKNOWN: Final = "GET /api/v1/replace/me"


def starter(org: str, client_id: str, redirect_uri: str, scopes: Sequence[str]) -> str:
    """A description of one org and app, with an endpoint for each scope."""
    wanted = list(dict.fromkeys(scopes)) or ["okta.users.read"]
    return (
        templates.render(
            "description.yaml",
            org=org,
            client_id=client_id,
            redirect_uri=redirect_uri,
            scopes=[
                (scope, _first(scope) or f"{_UNKNOWN}/{number}", _first(scope) is not None)
                for number, scope in enumerate(wanted, 1)
            ],
        )
        + "\n"
    )


def _first(scopes: str) -> str | None:
    """The plainest endpoint that needs a scope set, if Okta documents one."""
    known = catalog.needing(tuple(sorted(scopes.split())))
    plainest = min(known, key=_plainness, default=None)
    return str(plainest.endpoint) if plainest else None


def _plainness(operation: Operation) -> tuple[bool, int, int]:
    path = operation.endpoint.path
    return operation.deprecated, len(operation.endpoint.parameters), len(path)
