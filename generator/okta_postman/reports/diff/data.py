"""Changes for programs."""

from __future__ import annotations

from typing import Any

from okta_postman.problems import Source
from okta_postman.reports.machine import dumped
from okta_postman.review.changes import Changes, ConnectionChange, GrantChange, RequestChange
from okta_postman.review.inventory import Asked


def as_json(changes: Changes, old: Source, new: Source) -> str:
    """One object with a version."""
    return dumped(
        {
            "version": 1,
            "name": changes.name,
            "old": old.name,
            "new": new.name,
            "changed": changes.changed,
            "broader_access": changes.broader_access,
            "requests": [_request_data(each) for each in changes.requests],
            "environments": [_connection_data(each) for each in changes.connections],
            "grant": [_grant_data(each) for each in changes.grants],
            "revoke": [_grant_data(each) for each in changes.revocations],
        }
    )


def _request_data(change: RequestChange) -> dict[str, Any]:
    return {
        "method": change.request.method,
        "path": change.request.path,
        "changes": list(change.kinds),
        "old": _asked_data(change.old),
        "new": _asked_data(change.new),
        "scopes_added": list(change.scopes_added),
        "scopes_removed": list(change.scopes_removed),
        "raised": [each._asdict() for each in change.raised],
    }


def _asked_data(asked: Asked | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {"name": asked.name, "folder": asked.folder, "scopes": list(asked.scopes)}


def _connection_data(change: ConnectionChange) -> dict[str, Any]:
    return {
        "environment": change.name,
        "change": "added" if not change.old else "changed" if change.new else "removed",
        "fields": [
            {"field": field, "old": before, "new": after} for field, before, after in change.fields
        ],
    }


def _grant_data(grant: GrantChange) -> dict[str, Any]:
    return {
        "scope": grant.scope,
        "environments": list(grant.environments),
        "requests": [each.endpoint for each in grant.requests],
        "raised": grant.raised._asdict() if grant.raised else None,
    }
