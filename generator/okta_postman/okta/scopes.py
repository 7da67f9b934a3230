"""Scopes: what they look like, which server issues them, and how much access they give."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

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


def privilege(scopes: Iterable[str]) -> tuple[int, int]:
    """How much access scopes give, to be compared: reading before managing, then their number."""
    access = [scope for scope in scopes if scope not in OPENID_SCOPES]
    only_reads = all(scope.endswith((".read", ".read.self")) for scope in access)
    return (0 if only_reads else 1, len(access))


def joined(scopes: Iterable[str]) -> str:
    """Scopes as the value of the `scope` parameter: sorted, with one space between them."""
    return " ".join(sorted(scopes))


# No scope set is spelled like one of these, for its scopes are sorted.
_NO_TOKEN: Final = "without token"  # noqa: S105 - words of reports
_NO_SCOPE: Final = "without scope"


def scopes_label(scopes: Iterable[str], *, public: bool = False) -> str:
    """What a scope set is called where it needs a name; `public` if no token is sent at all."""
    return _NO_TOKEN if public else joined(scopes) or _NO_SCOPE


Level = Literal["none", "sign-in", "read", "manage"]


def level(scope: str) -> Level:
    """What a scope allows: to sign in, to read, or more than to read."""
    if scope in OPENID_SCOPES:
        return "sign-in"
    return "manage" if privilege([scope])[0] else "read"


class BroaderScope(NamedTuple):
    """A scope that gives broader access, and the narrower one before it, empty if there was none.

    The kind is `org-wide` if that was a `.self` scope, else `manage`.
    """

    scope: str
    instead_of: str
    kind: Literal["manage", "org-wide"]


def broader_scopes(before: Iterable[str], added: Iterable[str]) -> tuple[BroaderScope, ...]:
    """The added scopes that give a kind of access that the scopes before did not give."""
    known = set(before)
    only_read = bool(known) and not privilege(known)[0]
    broader = []
    for scope in added:
        narrower = next((candidate for candidate in _narrower(scope) if candidate in known), "")
        if narrower.endswith(".self") and not scope.endswith(".self"):
            broader.append(BroaderScope(scope, narrower, "org-wide"))
        elif narrower or (only_read and level(scope) == "manage"):
            broader.append(BroaderScope(scope, narrower, "manage"))
    return tuple(broader)


def _narrower(scope: str) -> tuple[str, ...]:
    """The scopes of the same resource that give less access, the broadest of them first.

    `manage` includes `read`, and `.self` is about the signed-in user only.
    Source: developer.okta.com/docs/guides/implement-oauth-for-okta/.
    """
    own = scope.removesuffix(".self")
    resource, _, operation = own.rpartition(".")
    rest = [f"{resource}.read"] if operation == "manage" else []
    if own != scope:
        return tuple(f"{narrower}.self" for narrower in rest)
    return (*rest, f"{resource}.manage.self", f"{resource}.read.self")
