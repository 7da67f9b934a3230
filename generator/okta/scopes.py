"""The grammar of scopes, which server mints which, and how much privilege each one carries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

LONGEST: Final = 1024
"""Characters Okta documents for the `scope` parameter of /authorize."""

OPENID_SCOPES: Final = frozenset(
    ("openid", "profile", "email", "address", "phone", "offline_access", "groups", "device_sso")
)
# Shared signals have scopes of the org server without its prefix.
_ORG_SCOPES: Final = frozenset(("ssf.read", "ssf.manage"))
_NEED_OPENID: Final = frozenset(("profile", "email", "address", "phone", "offline_access"))

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
    """What a user means whose `okta.*` scope ends in a word that Okta never uses there."""
    head, _, last = scope.rpartition(".")
    if not scope.startswith("okta.") or last in _ENDINGS:
        return None
    if head.endswith((".read", ".manage")):
        return head
    meant = last.lower() if last.lower() in _ENDINGS else _MEANT.get(last.lower())
    return f"{head}.{meant}" if meant else None


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
    return (*rest, *(f"{each}.self" for each in (own, *rest)))
