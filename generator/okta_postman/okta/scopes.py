"""Scopes: what they look like, and which server issues them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

from okta_postman.okta import catalog

LONGEST_SCOPES: Final = 1024
"""The most characters that Okta documents for the `scope` parameter of /authorize."""

OPENID_SCOPES: Final = frozenset(
    ("openid", "profile", "email", "address", "phone", "offline_access", "groups", "device_sso")
)
# Shared signals have scopes of the org server without its prefix.
_ORG_SCOPES: Final = frozenset(("ssf.read", "ssf.manage"))
_NEED_OPENID: Final = frozenset(("profile", "email", "address", "phone", "offline_access"))

# Scopes in Okta's documents on governance, and those that orgs list as supported although no
# document has them. Source: developer.okta.com/docs/api/oauth2/ and an org's
# /.well-known/oauth-authorization-server.
_READ_AND_MANAGE: Final = (
    "accessRequests.condition",
    "accessRequests.request",
    "accessRequests.tasks",
    "certificateAuthorities",
    "factors",
    "governance.accessCertifications",
    "governance.accessRequests",
    "governance.admin",
    "governance.collections",
    "governance.entitlements",
    "governance.labels",
    "governance.principalSettings",
    "governance.resourceOwner",
    "governance.reviewer",
    "governance.riskRule",
    "governance.securityAccessReviews.admin",
    "governance.securityAccessReviews.endUser",
    "governance.settings",
    "riskProviders",
)
_OTHERS: Final = (
    "okta.accessRequests.catalog.read",
    "okta.authenticators.manage.self",
    "okta.directories.manage",
    "okta.events.read",
    "okta.governance.assignmentCandidates.read",
    "okta.governance.delegates.read",
    "okta.governance.operations.read",
    "okta.reports.read",
    "okta.users.manage.self",
    "okta.users.read.self",
)


@functools.cache
def known() -> frozenset[str]:
    """Every scope that Okta is known to issue tokens with, in the catalog or not."""
    pairs = {f"okta.{name}.{ending}" for name in _READ_AND_MANAGE for ending in _ENDINGS[:2]}
    return catalog.scopes() | pairs | frozenset(_OTHERS)


# Source: RFC 6749, appendix A.4.
_SCOPE: Final = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
_ENDINGS: Final = ("read", "manage", "self", "register", "invoke", "maintenance")
_SYNONYMS: Final = {
    **dict.fromkeys(("write", "create", "update", "delete", "edit", "admin", "full"), "manage"),
    **dict.fromkeys(("get", "list", "view", "readonly", "reader"), "read"),
}


def is_scope(text: str) -> bool:
    """Whether a string can be one scope."""
    return _SCOPE.fullmatch(text) is not None


def is_okta_scope(scope: str) -> bool:
    """Whether only the org authorization server can issue a token with a scope."""
    return scope.startswith("okta.") or scope in _ORG_SCOPES


def is_custom_scope(scope: str) -> bool:
    """Whether only a custom authorization server can issue a token with a scope."""
    return not is_okta_scope(scope) and scope not in OPENID_SCOPES


def lacks_openid(scopes: Iterable[str]) -> bool:
    """Whether Okta refuses scopes because one of them needs `openid` beside it."""
    requested = set(scopes)
    return bool(requested & _NEED_OPENID) and "openid" not in requested


def likely_meant(scope: str) -> str | None:
    """The scope that was meant by an `okta.*` scope with a last word that Okta never uses, or None.

    Creating, changing and deleting are all `manage`, even if another word is nearer in spelling.
    """
    head, _, last = scope.rpartition(".")
    if not scope.startswith("okta.") or last in _ENDINGS:
        return None
    if head.endswith((".read", ".manage")):
        return head
    word = last.lower()
    ending = word if word in _ENDINGS else _SYNONYMS.get(word)
    return f"{head}.{ending}" if ending else None


def without_openid(scopes: Iterable[str]) -> tuple[str, ...]:
    """The scopes that say what a token may do, sorted, without those that say whose it is."""
    return tuple(sorted(scope for scope in scopes if scope not in OPENID_SCOPES))


def is_mapped(scopes: Iterable[str]) -> bool:
    """Whether Okta's documents say which endpoints each of the scopes is for.

    They never do so for custom scopes, nor for those with which users manage themselves.
    """
    return all(scope in known() and not scope.endswith(".self") for scope in scopes)


def joined(scopes: Iterable[str]) -> str:
    """Scopes as the value of the `scope` parameter: sorted, with one space between them."""
    return " ".join(sorted(scopes))


# No scope set is spelled like one of these, for its scopes are sorted.
_NO_TOKEN: Final = "without token"  # noqa: S105 - words of reports
_NO_SCOPE: Final = "without scope"


def scopes_label(scopes: Iterable[str], *, public: bool = False) -> str:
    """What a scope set is called where it needs a name; `public` if no token is sent at all."""
    return _NO_TOKEN if public else joined(scopes) or _NO_SCOPE
