"""The description that `init` writes: complete, commented, and fit to be generated from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator import texts

# One endpoint to begin with, for the scopes people begin with; their source is Okta's OpenAPI
# document, release 2026.06.3.
_FIRST: Final = {
    "okta.apps.manage": "POST /api/v1/apps/{appId}/lifecycle/activate",
    "okta.apps.read": "GET /api/v1/apps",
    "okta.appGrants.manage": "POST /api/v1/apps/{appId}/grants",
    "okta.appGrants.read": "GET /api/v1/apps/{appId}/grants",
    "okta.groups.manage": "PUT /api/v1/groups/{groupId}/users/{userId}",
    "okta.groups.read": "GET /api/v1/groups",
    "okta.logs.read": "GET /api/v1/logs",
    "okta.policies.read": "GET /api/v1/policies/{policyId}",
    "okta.roles.read": "GET /api/v1/iam/roles",
    "okta.users.manage": "POST /api/v1/users/{userId}/lifecycle/activate",
    "okta.users.read": "GET /api/v1/users",
}
_UNKNOWN: Final = "GET /api/v1/replace/me"


def starter(org: str, client_id: str, redirect_uri: str, scopes: Sequence[str]) -> str:
    """A description of one org and app, with an endpoint for each scope."""
    wanted = list(dict.fromkeys(scopes)) or ["okta.users.read"]
    return (
        texts.render(
            "description.yaml",
            org=org,
            client_id=client_id,
            redirect_uri=redirect_uri,
            scopes=[
                (scope, _FIRST.get(scope, f"{_UNKNOWN}/{number}"), scope in _FIRST)
                for number, scope in enumerate(wanted, 1)
            ],
        )
        + "\n"
    )
