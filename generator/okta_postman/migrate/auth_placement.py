"""Places OAuth 2.0 settings: on requests, on folders or on the collection."""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from okta_postman.documents.data import Path
from okta_postman.manifest.model import AuthLevel
from okta_postman.migrate.credentials import is_ours
from okta_postman.migrate.decide import Decision, is_replaceable_auth
from okta_postman.migrate.endpoints import shape
from okta_postman.operation import ScopeSet
from okta_postman.postman.existing.auth import Holder
from okta_postman.postman.existing.collection import Collection


class Placement(NamedTuple):
    """What becomes of the auth of each holder, by its path.

    `settings` get OAuth 2.0 settings with these scopes, `removed` lose their auth, and `barred` get
    No Auth, because they would inherit what is not for them. `kept` have a token that is still
    used by requests that are skipped or whose scopes are unknown.
    """

    settings: dict[Path, ScopeSet]
    removed: frozenset[Path]
    barred: frozenset[Path]
    kept: frozenset[Path]

    def settings_of(self, decision: Decision) -> Path | None:
        """The path of the holder whose settings a migrated request is sent with."""
        holders = (holder.path for holder in decision.request.holders)
        return next((path for path in holders if path in self.settings), None)


def placement(
    collection: Collection,
    decisions: Sequence[Decision],
    level: AuthLevel,
    *,
    remove_unknown: bool,
) -> Placement:
    """Where the OAuth 2.0 settings of a collection are."""
    keeping = [each for each in decisions if _keeps_its_auth(each, remove_unknown=remove_unknown)]
    current = [decision.authorization for decision in keeping]
    kept = frozenset(each.holder.path for each in current if each.in_auth and each.holder)
    passed = frozenset(path for decision in keeping for path in _inherited_through(decision))
    settings = _settings(decisions, level, passed)
    removed = frozenset(_removed(collection, decisions, kept | {*settings}))
    lost = kept if remove_unknown else frozenset[Path]()
    barred = frozenset(
        decision.request.path
        for decision in decisions
        if decision.outcome != "migrated" and _would_inherit(decision, settings, removed, lost)
    )
    return Placement(settings, removed, barred, kept)


def _keeps_its_auth(decision: Decision, *, remove_unknown: bool) -> bool:
    """Whether a request goes on being sent with the auth that it has or inherits.

    Of those that are skipped, a public endpoint does not need the token that it inherits; what may
    be another host and the Authentication API may, and auth of another kind is theirs.
    """
    if decision.outcome != "skipped":
        is_removed = remove_unknown and decision.for_org
        return decision.outcome == "unknown" and not is_removed
    holder = decision.authorization.holder
    auth = holder.auth if holder else None
    other = auth is not None and auth.type != "noauth" and not is_replaceable_auth(auth)
    is_authn = shape(decision.request.target.path).startswith("/api/v1/authn")
    return bool(other or decision.authorization.others or not decision.for_org or is_authn)


def _inherited_through(decision: Decision) -> Iterator[Path]:
    """The holder of the auth of a request, and those between; settings of ours may move."""
    current = decision.authorization.holder
    if current and current.auth and not is_ours(current.auth):
        for holder in decision.request.holders:
            yield holder.path
            if holder.path == current.path:
                return


def _settings(
    decisions: Sequence[Decision], level: AuthLevel, passed: frozenset[Path]
) -> dict[Path, ScopeSet]:
    """The scopes of the settings of each holder that has any."""
    scopes: dict[Path, set[str]] = {}
    for decision in decisions:
        if decision.outcome == "migrated":
            path = _holder_of(decision, level, passed).path
            scopes.setdefault(path, set()).update(decision.scopes)
    return {path: tuple(sorted(needed)) for path, needed in scopes.items()}


def _holder_of(decision: Decision, level: AuthLevel, passed: frozenset[Path]) -> Holder:
    """What has the settings of a request: at the level, unless other auth is there or between."""
    own, *above = decision.request.holders
    if level == "request" or (level == "folder" and not decision.request.folders):
        return own
    if level == "folder":
        above = above[:1]
    for holder in above:
        if holder.path in passed or (holder.auth and not is_replaceable_auth(holder.auth)):
            return own
    return above[-1]


def _removed(
    collection: Collection, decisions: Sequence[Decision], needed: Container[Path]
) -> Iterator[Path]:
    """The holders that lose their auth: all but those that it is needed of."""
    skipped = {each.request.path for each in decisions if each.outcome == "skipped"}
    migrated = {each.request.path for each in decisions if each.outcome == "migrated"}
    for holder in collection.holders:
        # No Auth beside a header meant that the header was all; the header goes.
        goes = holder.auth and (is_replaceable_auth(holder.auth) or holder.path in migrated)
        if goes and holder.path not in skipped and holder.path not in needed:
            yield holder.path


def _would_inherit(
    decision: Decision,
    settings: Container[Path],
    removed: frozenset[Path],
    lost: frozenset[Path],
) -> bool:
    """Whether a request that is not migrated would be sent with what was not for it until now.

    That is our settings, or what is above auth that is removed; or a token that requests with
    unknown scopes have `lost`, and that stays for others.
    """
    is_uncovered = False
    for holder in decision.request.holders:
        if holder.path in settings:
            return True
        if holder.path in removed:
            is_uncovered = True
        elif holder.auth:
            is_lost = decision.outcome == "unknown" and decision.for_org and holder.path in lost
            return is_uncovered or is_lost
    return False
