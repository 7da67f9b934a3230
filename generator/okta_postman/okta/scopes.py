"""The grammar of scopes, which server mints which, and how much privilege each one carries."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from okta_postman.okta import catalog

LONGEST: Final = 1024
"""Characters Okta documents for the `scope` parameter of /authorize."""

OPENID_SCOPES: Final = frozenset(
    ("openid", "profile", "email", "address", "phone", "offline_access", "groups", "device_sso")
)
# Shared signals have scopes of the org server without its prefix.
_ORG_SCOPES: Final = frozenset(("ssf.read", "ssf.manage"))
_NEED_OPENID: Final = frozenset(("profile", "email", "address", "phone", "offline_access"))

# Scopes of Okta's documents for governance, and of what orgs list as supported although no document
# has them. Source: developer.okta.com/docs/api/oauth2/ and /.well-known/oauth-authorization-server.
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
    """Every scope that Okta is known to mint, with or without operations in the catalogue."""
    pairs = {f"okta.{name}.{ending}" for name in _READ_AND_MANAGE for ending in _ENDINGS[:2]}
    return catalog.scopes() | pairs | frozenset(_OTHERS)


# Source: RFC 6749, appendix A.4.
_TOKEN = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
_ENDINGS = ("read", "manage", "self", "register", "invoke", "maintenance")
_MEANT: Final = {
    **dict.fromkeys(("write", "create", "update", "delete", "edit", "admin", "full"), "manage"),
    **dict.fromkeys(("get", "list", "view", "readonly", "reader"), "read"),
}


def is_scope(text: str) -> bool:
    """Whether a text can be one scope at all."""
    return _TOKEN.fullmatch(text) is not None


def is_okta_scope(scope: str) -> bool:
    """Whether only the org authorization server mints it."""
    return scope.startswith("okta.") or scope in _ORG_SCOPES


def is_custom_scope(scope: str) -> bool:
    """Whether only a custom authorization server mints it."""
    return not is_okta_scope(scope) and scope not in OPENID_SCOPES


def lacks_openid(scopes: Iterable[str]) -> bool:
    """Whether Okta refuses the set because an OpenID scope stands in it without `openid`."""
    known = set(scopes)
    return bool(known & _NEED_OPENID) and "openid" not in known


def likely_meant(scope: str) -> str | None:
    """What a user means whose `okta.*` scope ends in a word that Okta never uses there.

    Creating, changing and deleting are all `manage`, whatever is near in spelling.
    """
    head, _, last = scope.rpartition(".")
    if not scope.startswith("okta.") or last in _ENDINGS:
        return None
    if head.endswith((".read", ".manage")):
        return head
    meant = last.lower() if last.lower() in _ENDINGS else _MEANT.get(last.lower())
    return f"{head}.{meant}" if meant else None


def without_openid(scopes: Iterable[str]) -> tuple[str, ...]:
    """Those of a scope set that say what a token may do, and not whose it is."""
    return tuple(sorted(scope for scope in scopes if scope not in OPENID_SCOPES))


def is_mapped(scopes: Iterable[str]) -> bool:
    """Whether Okta's documents say which endpoints a scope set is for.

    They never mention the scopes that let people manage themselves, and no custom ones.
    """
    return all(scope in known() and not scope.endswith(".self") for scope in scopes)


def privilege(scopes: Iterable[str]) -> tuple[int, int]:
    """How much a scope set allows, smaller is narrower: reading before managing, then how many."""
    listed = [scope for scope in scopes if scope not in OPENID_SCOPES]
    reading = all(scope.endswith((".read", ".read.self")) for scope in listed)
    return (0 if reading else 1, len(listed))


def joined(scopes: Iterable[str]) -> str:
    """A scope set as the `scope` parameter writes it: sorted, one space between."""
    return " ".join(sorted(scopes))


Level = Literal["sign-in", "read", "manage"]


def level(scope: str) -> Level:
    """What a scope allows: to sign in, to read, or more than that."""
    if scope in OPENID_SCOPES:
        return "sign-in"
    return "manage" if privilege([scope])[0] else "read"


class Raise(NamedTuple):
    """A scope that allows more, and what there was instead: a narrower scope, or none of its kind.

    `kind` is `org-wide` where there was a `.self` scope, else `manage`.
    """

    scope: str
    instead_of: str
    kind: Literal["manage", "org-wide"]


def raises(before: Iterable[str], added: Iterable[str]) -> tuple[Raise, ...]:
    """The scopes among the added ones that allow a kind of thing that those before did not."""
    known = set(before)
    found = []
    for scope in added:
        narrower = next((each for each in _narrower(scope) if each in known), "")
        if narrower.endswith(".self") and not scope.endswith(".self"):
            found.append(Raise(scope, narrower, "org-wide"))
        elif narrower or (known and level(scope) == "manage" and not privilege(known)[0]):
            found.append(Raise(scope, narrower, "manage"))
    return tuple(found)


def _narrower(scope: str) -> tuple[str, ...]:
    """The scopes of the same resource that allow less, the widest of them first.

    Source: `manage` includes `read`, and `.self` is the own user alone:
    developer.okta.com/docs/guides/implement-oauth-for-okta/.
    """
    own = scope.removesuffix(".self")
    resource, _, operation = own.rpartition(".")
    rest = [f"{resource}.read"] if operation == "manage" else []
    if own != scope:
        return tuple(f"{each}.self" for each in rest)
    return (*rest, f"{resource}.manage.self", f"{resource}.read.self")
