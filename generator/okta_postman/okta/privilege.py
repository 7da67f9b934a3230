"""How much access scopes give, as far as their spelling tells; else it is unknown."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from okta_postman.okta.scopes import OPENID_SCOPES, without_openid
from okta_postman.operation import ScopeSet

Level = Literal["none", "sign-in", "read", "unknown", "manage"]

_SIGN_IN: Final = 0
_READ: Final = 1
_WRITE: Final = 2
_MANAGE: Final = 3

# Spellings of Okta, and of APIs such as Google's, Microsoft Graph, GitHub, Slack, Linode and Auth0.
_VERBS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("read", "readonly", "view", "r"), _READ),
    **dict.fromkeys(("write", "writeonly", "readwrite", "create", "update", "delete"), _WRITE),
    **dict.fromkeys(("edit", "modify", "rw", "w"), _WRITE),
    **dict.fromkeys(("manage", "fullcontrol"), _MANAGE),
}
"""Words that say what a scope allows wherever they stand."""

_WORDS: Final[Mapping[str, int]] = {
    **_VERBS,
    **dict.fromkeys(("reader", "viewer", "get", "list", "search"), _READ),
    **dict.fromkeys(("writer", "editor", "add", "insert", "patch", "post", "put"), _WRITE),
    **dict.fromkeys(("remove", "send", "upload", "publish", "execute", "invoke"), _WRITE),
    **dict.fromkeys(("register", "maintenance"), _WRITE),
    **dict.fromkeys(("admin", "administer", "full", "control", "owner"), _MANAGE),
}
"""Words that may also name what is accessed: they count only at the end or the beginning."""

_REACH: Final[Mapping[str, int]] = {
    "all": 1,
    **dict.fromkeys(("basic", "only", "access"), 0),
    **dict.fromkeys(("self", "own", "me", "mine", "selected", "limited"), -1),
}
"""Words at the end that say whose data a scope is about: everybody's, or only some."""

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_VERSION: Final = re.compile(r"v|[0-9]+")


class _Meaning(NamedTuple):
    """What a scope is about, how much it allows (None if that is unknown), and for whose data."""

    resource: tuple[str, ...]
    rank: int | None
    reach: int


def level(scope: str) -> Level:
    """What a scope allows: to sign in, to read, or more than to read; or that it is unknown."""
    return _LEVELS[_meaning(scope).rank]


_LEVELS: Final[Mapping[int | None, Level]] = {
    _SIGN_IN: "sign-in",
    _READ: "read",
    None: "unknown",
    _WRITE: "manage",
    _MANAGE: "manage",
}


def narrowest(scope_sets: Sequence[ScopeSet]) -> ScopeSet:
    """The set that allows least; the first of those of which that cannot be told."""
    best = scope_sets[0]
    for scopes in scope_sets:
        if is_narrower(scopes, best):
            best = scopes
    return best


def rivals(scope_sets: Sequence[ScopeSet]) -> list[ScopeSet]:
    """The sets of which nobody can tell whether they allow more than the narrowest one."""
    best = narrowest(scope_sets)
    return [
        scopes
        for scopes in scope_sets
        if set(scopes) != set(best) and not is_narrower(best, scopes)
    ]


def is_narrower(scopes: ScopeSet, others: ScopeSet) -> bool:
    """Whether a scope set is known to allow less than another.

    A part allows less than the whole, reading less than writing, and one scope less than two.
    """
    own, other = set(scopes), set(others)
    if own < other or other < own:
        return own < other
    rank, other_rank = _rank(scopes), _rank(others)
    if rank is None or other_rank is None:
        return rank is not None and rank <= _READ and other_rank is None
    if rank != other_rank:
        return rank < other_rank
    access, other_access = set(without_openid(own)), set(without_openid(other))
    if len(access) != len(other_access):
        return len(access) < len(other_access)
    if len(access - other_access) == 1:
        (mine,), (its,) = access - other_access, other_access - access
        return _is_part(_meaning(mine), _meaning(its))
    return access == other_access and len(own) < len(other)


class BroaderScope(NamedTuple):
    """A scope that gives broader access, and the narrower one before it, empty if there was none.

    The kind is `org-wide` if that was about the data of one user only, else `manage`; or `unknown`
    where nobody can tell whether the scope allows more than to read.
    """

    scope: str
    instead_of: str
    kind: Literal["manage", "org-wide", "unknown"]


def broader_scopes(before: Iterable[str], added: Iterable[str]) -> tuple[BroaderScope, ...]:
    """The added scopes that give a kind of access that the scopes before did not give."""
    known = set(before)
    levels = {level(scope) for scope in known}
    by_resource: dict[tuple[str, ...], list[str]] = {}
    for scope in known:
        by_resource.setdefault(_meaning(scope).resource, []).append(scope)
    broader = []
    for scope in added:
        same = by_resource.get(_meaning(scope).resource, ())
        narrower = max((each for each in same if _kind(each, scope)), key=_breadth, default="")
        kind = _kind(narrower, scope) if narrower else _first_kind(levels, level(scope))
        if kind:
            broader.append(BroaderScope(scope, narrower, kind))
    return tuple(broader)


def _kind(narrower: str, scope: str) -> Literal["manage", "org-wide", "unknown"] | None:
    """How a scope gives more access than another of the same resource; None if it does not.

    `manage` includes `read`, and `.self` is about the signed-in user only.
    Source: developer.okta.com/docs/guides/implement-oauth-for-okta/.
    """
    before, after = _meaning(narrower), _meaning(scope)
    if before.reach < after.reach:
        return "org-wide"
    levels = level(narrower), level(scope)
    if before.reach > after.reach or levels[0] != "read":
        return None
    return _CHANGES.get(levels[1])


def _first_kind(
    before: set[Level], after: Level
) -> Literal["manage", "org-wide", "unknown"] | None:
    """What a scope of another level than those before adds to them; None if nothing is known."""
    if not before or "manage" in before or after in before:
        return None
    return _CHANGES.get(after)


_CHANGES: Final[Mapping[Level, Literal["manage", "unknown"]]] = {
    "manage": "manage",
    "unknown": "unknown",
}


def _breadth(scope: str) -> tuple[int, int, str]:
    meaning = _meaning(scope)
    return meaning.reach, meaning.rank or 0, scope


def _rank(scopes: Iterable[str]) -> int | None:
    """How much scopes allow together; None if that is unknown, and may be more than to read."""
    ranks = {_meaning(scope).rank for scope in scopes}
    if _MANAGE in ranks:
        return _MANAGE
    return None if None in ranks else max((rank for rank in ranks if rank), default=_SIGN_IN)


def _is_part(own: _Meaning, other: _Meaning) -> bool:
    """Whether a resource, or the part of it that a scope reaches, is inside another."""
    size = len(other.resource)
    if own.resource[:size] != other.resource or own.reach > other.reach:
        return False
    return len(own.resource) > size or own.reach < other.reach


@functools.cache
def _meaning(scope: str) -> _Meaning:
    """What the words of a scope say."""
    if scope in OPENID_SCOPES:
        return _Meaning((scope,), _SIGN_IN, 0)
    words = [word.lower() for word in _WORD.findall(scope)]
    while len(words) > 1 and _VERSION.fullmatch(words[-1]):
        del words[-1]
    reach = 0
    while words and words[-1] in _REACH:
        reach = reach or _REACH[words[-1]]
        del words[-1]
    if not words:
        return _Meaning((), _MANAGE if reach > 0 else None, 0)
    if words[-1] in _WORDS and (words[-1] in _VERBS or words[0] not in _VERBS):
        rank = _WORDS[words.pop()]
        while words and words[-1] in _VERBS:  # `read_write` is to write
            rank = max(rank, _VERBS[words.pop()])
        return _Meaning(tuple(words), rank, reach)
    ranks = {_VERBS[word] for word in words if word in _VERBS}
    if words[0] in _WORDS:
        ranks.add(_WORDS[words.pop(0)])
    resource = tuple(word for word in words if word not in _VERBS)
    return _Meaning(resource, ranks.pop() if len(ranks) == 1 else None, reach)
