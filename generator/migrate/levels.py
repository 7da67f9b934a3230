"""Decides where OAuth 2.0 blocks stand: on requests, on folders or on the collection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from generator.migrate.credentials import auth_credential
from generator.migrate.decide import Decision, is_ours
from generator.migrate.requests import holders_of, own_auth
from generator.migrate.tree import Node
from generator.model import AuthLevel, ScopeSet


class Levels(NamedTuple):
    """What becomes of the auth of each object, by the place where the object starts.

    `blocks` get an OAuth 2.0 block with these scopes, `stripped` lose theirs, `barred` get `noauth`
    because they would inherit what is not for them; `kept` hold an API token that requests still
    use which are left as they are, or whose scopes are not known.
    """

    blocks: dict[int, ScopeSet]
    stripped: frozenset[int]
    barred: frozenset[int]
    kept: frozenset[int]


def levels(
    root: Node, decisions: Sequence[Decision], level: AuthLevel, *, remove_unknown: bool
) -> Levels:
    """Where the blocks of a collection stand."""
    using = [
        each
        for each in decisions
        if inherits_for_its_own(each) or (each.outcome == "unknown" and not remove_unknown)
    ]
    kept = frozenset(each.holder.start for each in using if each.auth and each.holder)
    others = [each for each in decisions if each.outcome == "left" and _other_auth(each)]
    passed = frozenset(start for each in (*using, *others) for start in _inherited_through(each))
    asked: dict[int, set[str]] = {}
    for decision in decisions:
        if decision.outcome == "migrated":
            start = _holder(decision, level, passed).start
            asked.setdefault(start, set()).update(decision.scopes)
    blocks = {start: tuple(sorted(scopes)) for start, scopes in asked.items()}
    # `noauth` beside a header said that the header was all; the header goes.
    moved = {each.request.node.start for each in decisions if each.outcome == "migrated"}
    settled = kept | {each.request.node.start for each in decisions if each.outcome == "left"}
    gone = frozenset(
        each.start
        for each in holders_of(root)
        if (_replaceable(each) or (each.start in moved and own_auth(each)))
        and each.start not in settled
        and each.start not in blocks
    )
    barred = frozenset(
        each.request.node.start
        for each in decisions
        if each.outcome != "migrated"
        and _would_inherit(each, blocks, gone, kept if remove_unknown else frozenset())
    )
    return Levels(blocks, gone, barred, kept)


def inherits_for_its_own(decision: Decision) -> bool:
    """Whether a request that is left works with what it inherits: elsewhere, or signing in."""
    signs_in = decision.target.shape.startswith("/api/v1/authn")
    return decision.outcome == "left" and (decision.is_away or signs_in)


def _other_auth(decision: Decision) -> bool:
    """Whether a request is sent with auth that OAuth 2.0 does not take the place of."""
    auth = own_auth(decision.holder) if decision.holder else None
    if auth is None or auth.type == "noauth":
        return False
    return not decision.auth and not is_ours(auth)


def _inherited_through(decision: Decision) -> Iterator[int]:
    """Where the auth of a request stands above it, and the folders between."""
    if decision.holder is None or decision.holder.start == decision.request.node.start:
        return
    for each in reversed(decision.request.above):
        yield each.start
        if each.start == decision.holder.start:
            return


def _holder(decision: Decision, level: AuthLevel, passed: frozenset[int]) -> Node:
    """Where the block of a request stands: at the level asked for, unless other auth is between."""
    request = decision.request
    index = {"request": len(request.above), "folder": len(request.above) - 1, "collection": 0}[
        level
    ]
    if level == "folder" and not request.folders:
        return request.node
    between = request.above[index:]
    free = all(_free(each) and each.start not in passed for each in between)
    return between[0] if between and free else request.node


def _free(holder: Node) -> bool:
    """Whether a request below may inherit a block from here, or through here."""
    return own_auth(holder) is None or _replaceable(holder)


def _replaceable(holder: Node) -> bool:
    auth = own_auth(holder)
    return auth is not None and (auth_credential(auth) is not None or is_ours(auth))


def _would_inherit(
    decision: Decision,
    blocks: Collection[int],
    gone: frozenset[int],
    kept: frozenset[int],
) -> bool:
    """Whether a request that is not migrated would be sent with what was not for it until now.

    That is a block, or what stands above auth that goes; or, if its token is removed, a `kept` one.
    """
    uncovered = False
    for holder in (decision.request.node, *decision.request.above[::-1]):
        if holder.start in blocks:
            return True
        if holder.start in gone:
            uncovered = True
        elif own_auth(holder):
            return uncovered or (decision.outcome == "unknown" and holder.start in kept)
    return False
