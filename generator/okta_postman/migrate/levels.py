"""Decides where OAuth 2.0 blocks stand: on requests, on folders or on the collection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from okta_postman.manifest.model import AuthLevel
from okta_postman.migrate.credentials import auth_credential
from okta_postman.migrate.decide import Decision, is_ours
from okta_postman.migrate.requests import Auth, holders_of, own_auth
from okta_postman.migrate.tree import Node
from okta_postman.operation import ScopeSet


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
    keeping = [each for each in decisions if _keeps_its_auth(each, remove_unknown=remove_unknown)]
    kept = frozenset(each.holder.start for each in keeping if each.auth and each.holder)
    passed = frozenset(start for each in keeping for start in _inherited_through(each))
    blocks = _blocks(decisions, level, passed)
    stripped = frozenset(_stripped(root, decisions, kept | {*blocks}))
    removed = kept if remove_unknown else frozenset[int]()
    barred = frozenset(
        each.request.node.start
        for each in decisions
        if each.outcome != "migrated" and _would_inherit(each, blocks, stripped, removed)
    )
    return Levels(blocks, stripped, barred, kept)


def _keeps_its_auth(decision: Decision, *, remove_unknown: bool) -> bool:
    """Whether a request goes on being sent with the auth that it has or inherits.

    Of those that are left, a public endpoint does not need the API token that it inherits; another
    host and the Authentication API may, and auth of another kind is theirs.
    """
    if decision.outcome != "left":
        return decision.outcome == "unknown" and not remove_unknown
    auth = own_auth(decision.holder) if decision.holder else None
    other = auth is not None and auth.type != "noauth" and not _is_replaceable(auth)
    other = other or bool(decision.others)
    return other or decision.is_away or decision.target.shape.startswith("/api/v1/authn")


def _inherited_through(decision: Decision) -> Iterator[int]:
    """Where the auth of a request stands, and the folders between; a block of ours may move."""
    auth = own_auth(decision.holder) if decision.holder else None
    if decision.holder and auth and not is_ours(auth):
        for each in (decision.request.node, *reversed(decision.request.above)):
            yield each.start
            if each.start == decision.holder.start:
                return


def _blocks(
    decisions: Sequence[Decision], level: AuthLevel, passed: frozenset[int]
) -> dict[int, ScopeSet]:
    """The scopes of each block, by the place where its holder starts."""
    asked: dict[int, set[str]] = {}
    for decision in decisions:
        if decision.outcome == "migrated":
            start = _holder(decision, level, passed).start
            asked.setdefault(start, set()).update(decision.scopes)
    return {start: tuple(sorted(scopes)) for start, scopes in asked.items()}


def _holder(decision: Decision, level: AuthLevel, passed: frozenset[int]) -> Node:
    """Where the block of a request stands: at the level asked for, unless other auth is between."""
    request = decision.request
    index = {"request": len(request.above), "folder": len(request.above) - 1, "collection": 0}[
        level
    ]
    if level == "folder" and not request.folders:
        return request.node
    between = request.above[index:]
    free = all(_is_free(each) and each.start not in passed for each in between)
    return between[0] if between and free else request.node


def _is_free(holder: Node) -> bool:
    """Whether a request below may inherit a block from here, or through here."""
    auth = own_auth(holder)
    return auth is None or _is_replaceable(auth)


def _is_replaceable(auth: Auth) -> bool:
    return auth_credential(auth) is not None or is_ours(auth)


def _stripped(root: Node, decisions: Sequence[Decision], others: Collection[int]) -> Iterator[int]:
    """The objects that lose their auth, those without the `others`, which have use for it."""
    left = {each.request.node.start for each in decisions if each.outcome == "left"}
    moved = {each.request.node.start for each in decisions if each.outcome == "migrated"}
    for each in holders_of(root):
        auth = own_auth(each)
        # `noauth` beside a header said that the header was all; the header goes.
        gone = auth and (_is_replaceable(auth) or each.start in moved)
        if gone and each.start not in left and each.start not in others:
            yield each.start


def _would_inherit(
    decision: Decision,
    blocks: Collection[int],
    stripped: frozenset[int],
    removed: frozenset[int],
) -> bool:
    """Whether a request that is not migrated would be sent with what was not for it until now.

    That is a block, or what stands above auth that goes; or a token that is `removed` from those
    whose scopes are not known, and stays for others.
    """
    uncovered = False
    for holder in (decision.request.node, *decision.request.above[::-1]):
        if holder.start in blocks:
            return True
        if holder.start in stripped:
            uncovered = True
        elif own_auth(holder):
            return uncovered or (decision.outcome == "unknown" and holder.start in removed)
    return False
