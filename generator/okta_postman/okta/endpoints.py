"""Endpoints: which ones take no bearer token, their Accept header, and their resource."""

from __future__ import annotations

import re
from typing import Final

from okta_postman.wording import as_title

_ANY_SERVER: Final = r"/oauth2(?:/[^/]+)?/v1"

# Source: the `security` of each operation in Okta's OpenAPI documents, release 2026.06.3; for the
# current session release 2025.08.0, the last to have it.
_WITHOUT_BEARER: Final = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r".*/\.well-known(?:/(?s:.*))?", "it is public"),
        (r"/api/v1/authn(?:/.*)?", "the Authentication API signs users in, before any token"),
        (rf"{_ANY_SERVER}/authorize", "it is a page for the browser"),
        (rf"{_ANY_SERVER}/keys", "it is public"),
        (rf"{_ANY_SERVER}/logout", "it is a page for the browser"),
        (
            rf"{_ANY_SERVER}/(?:token|introspect|revoke|par|bc/authorize|device/authorize)",
            "the client authenticates there with its own credentials",
        ),
        (r"/api/v1/sessions/me(?:/.*)?", "it takes the session cookie of a browser"),
        (r"/security/api/v1/security-events", "it takes a signed JWT as its body"),
    )
)

_MY_ACCOUNT: Final = "/idp/myaccount/"
_VERSIONED_JSON: Final = "application/json; okta-version=1.0.0"


def reason_against_bearer(path: str) -> str | None:
    """Why the endpoint of a path takes no bearer token, or None if it may take one."""
    for pattern, reason in _WITHOUT_BEARER:
        if pattern.fullmatch(path):
            return reason
    return None


def accept_header(path: str) -> str:
    """The Accept header to send to an endpoint.

    Source: developer.okta.com/docs/reference/core-okta-api/ and the MyAccount OpenAPI document,
    whose endpoints are versioned by media type.
    """
    return _VERSIONED_JSON if path.startswith(_MY_ACCOUNT) else "application/json"


_PREFIX: Final = re.compile(r"/(?:(?:[a-z-]+/)?api/v\d+|oauth2(?:/[^/]+)?/v\d+|api|v\d+|idp)(?=/)")


def resource(path: str) -> str:
    """The resource of a path as a title: "Log streams" for `/api/v1/logStreams/{id}`.

    It is the first segment after the prefix of the API; "Other" if there is none.
    """
    prefix = _PREFIX.match(path)
    rest = path[prefix.end() :] if prefix else path
    segments = [part for part in rest.split("/") if part and "{" not in part]
    return as_title(segments[0]) if segments else "Other"
