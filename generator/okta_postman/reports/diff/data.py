"""Changes as JSON."""

from __future__ import annotations

from typing import Any

from okta_postman.problems import Source
from okta_postman.reports.machine import dumped
from okta_postman.review.changes import Changes, ConnectionChange, GrantChange, RequestChange
from okta_postman.review.fields import FieldChange
from okta_postman.review.inventory import Request


def as_json(changes: Changes, old: Source, new: Source) -> str:
    """One object with a version, which tells a program the format that it reads."""
    return dumped(
        {
            "version": 1,
            "name": changes.name,
            "old": old.name,
            "new": new.name,
            "changed": changes.changed,
            "broader_access": changes.broader_access,
            "collection": [_field_data(field) for field in changes.fields],
            "new_scopes": list(changes.new_scopes),
            "requests": [_request_data(change) for change in changes.requests],
            "environments": [_connection_data(change) for change in changes.connections],
            "grant": [_grant_data(grant) for grant in changes.grants],
            "revoke": [_grant_data(grant) for grant in changes.revocations],
        }
    )


def _request_data(change: RequestChange) -> dict[str, Any]:
    return {
        "method": change.request.method,
        "path": change.request.path,
        "changes": list(change.kinds),
        "old": _version_data(change.old),
        "new": _version_data(change.new),
        "scopes_added": list(change.scopes_added),
        "scopes_removed": list(change.scopes_removed),
        "broader_scopes": [scope._asdict() for scope in change.broader_scopes],
        "fields": [_field_data(field) for field in change.fields if field.field.label != "scopes"],
    }


def _version_data(request: Request | None) -> dict[str, Any] | None:
    if request is None:
        return None
    return {
        "name": request.name,
        "folder": request.folder,
        "scopes": list(request.scopes),
        "public": request.public,
    }


def _connection_data(change: ConnectionChange) -> dict[str, Any]:
    return {
        "environment": change.name,
        "another_app": change.has_another_app,
        "kept_by_previous_app": list(change.kept),
        "change": "added" if not change.old else "changed" if change.new else "removed",
        "fields": [_field_data(field) for field in change.fields],
    }


def _field_data(change: FieldChange) -> dict[str, Any]:
    return {
        "field": change.field.label,
        "old": list(change.before),
        "new": list(change.after),
        "broader_access": change.broader_access,
    }


def _grant_data(grant: GrantChange) -> dict[str, Any]:
    return {
        "scope": grant.scope,
        "environments": list(grant.environments),
        "apps": [app._asdict() for app in grant.apps],
        "requests": [request.endpoint for request in grant.requests],
        "broader_scope": grant.broader_scope._asdict() if grant.broader_scope else None,
    }
