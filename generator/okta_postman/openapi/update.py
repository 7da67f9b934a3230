"""Merges a newer OpenAPI document into a manifest; what a user wrote stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from okta_postman.documents.document import Document
from okta_postman.manifest.draft import Listing
from okta_postman.manifest.model import Manifest
from okta_postman.manifest.read import listings
from okta_postman.manifest.scope_map_lines import ScopeMapLines
from okta_postman.okta.catalog import needing
from okta_postman.okta.privilege import is_narrower, narrowest
from okta_postman.okta.scopes import OPENID_SCOPES, joined, without_openid
from okta_postman.openapi.api import Api
from okta_postman.openapi.entries import entry
from okta_postman.openapi.select import Choice, is_scoped
from okta_postman.operation import Endpoint, Operation, ScopeSet


class Difference(NamedTuple):
    """An operation that only the document or only the manifest has, or that has other scopes.

    `before` are the scope sets in the manifest, `after` those in the document.
    """

    kind: Literal["added", "removed", "changed"]
    endpoint: Endpoint
    before: tuple[ScopeSet, ...]
    after: tuple[ScopeSet, ...]

    def sort_key(self) -> tuple[str, str, str]:
        """The order of a report: by kind, path and method."""
        return self.kind, self.endpoint.path, self.endpoint.method


class Update(NamedTuple):
    """The new text of a manifest, and how the document differs from the manifest."""

    text: str
    differences: tuple[Difference, ...]


class _Listed(NamedTuple):
    """All entries of one endpoint in a manifest, and its operation in the document, if any."""

    listings: list[Listing]
    operation: Operation | None

    @property
    def endpoint(self) -> Endpoint:
        return self.listings[0].entry.endpoint

    @property
    def scope_sets(self) -> tuple[ScopeSet, ...]:
        return tuple(dict.fromkeys(listing.scopes for listing in self.listings))

    @property
    def written(self) -> list[Listing]:
        """The entries that a user wrote, without those that the word `all` selects."""
        return [listing for listing in self.listings if isinstance(listing.entry.path[-1], int)]

    @property
    def requested(self) -> ScopeSet:
        """The scopes that the request's token is requested with: the narrowest set."""
        in_order = sorted(self.listings, key=lambda listing: listing.entry.bare)
        return without_openid(narrowest([listing.scopes for listing in in_order]))

    @property
    def accepted(self) -> tuple[ScopeSet, ...]:
        """The scope sets of the operation, each of which is enough."""
        return self.operation.scope_sets if self.operation else ()

    def accepts(self, scopes: ScopeSet) -> bool:
        """Whether a scope set, its scopes of OpenID Connect aside, is enough for the operation."""
        return without_openid(scopes) in map(without_openid, self.accepted)

    def is_sufficient(self) -> bool:
        """Whether the requested scopes are enough for the operation."""
        return self.accepts(self.requested)

    def missing(self) -> list[ScopeSet]:
        """The scope sets of the operation that the endpoint should be listed under, and is not.

        All of them if the requested scopes are not sufficient, and otherwise the narrower ones:
        whether to list broader ones is the user's decision.
        """
        listed = {without_openid(scopes) for scopes in self.scope_sets}
        sufficient = self.is_sufficient()
        return [
            scopes
            for scopes in self.accepted
            if without_openid(scopes) not in listed
            and (not sufficient or is_narrower(scopes, self.requested))
        ]

    @property
    def is_changed(self) -> bool:
        """Whether the document has the operation, with other scopes."""
        return self.operation is not None and (bool(self.missing()) or not self.is_sufficient())


def update(
    document: Document, manifest: Manifest, api: Api, choice: Choice, *, prune: bool
) -> Update:
    """The text of a manifest, of which `document` is the source, with the operations of an API.

    Operations of the choice that the manifest lacks are added. An endpoint whose requested scopes
    are not sufficient any longer is moved; one under broader scopes than needed is listed under the
    narrower ones, too. Operations that the API lacks are kept, unless `prune` is set.
    """
    operations = {
        operation.endpoint.shape: operation for operation in api.operations if is_scoped(operation)
    }
    listed = _listed(document, operations)
    folders = {request.endpoint.shape: request.folder for request in manifest.requests}
    unscoped = {request.endpoint.shape for request in manifest.requests if not request.scopes}
    added = [
        operation
        for shape, operation in operations.items()
        if shape not in listed and shape not in unscoped and choice.takes(operation)
    ]
    removed = [
        same
        for shape, same in listed.items()
        if not same.operation
        and same.written
        and choice.covers(same.endpoint, same.scope_sets, folders[shape])
    ]
    changed = [same for same in listed.values() if same.is_changed]
    edits = _Edits(document, manifest, operations, prune=prune)
    if prune:
        edits.remove(removed)
    for same in changed:
        edits.change(same)
    for operation in added:
        edits.add(operation)
    return Update(edits.text(), _differences(added, removed, changed))


def _listed(document: Document, operations: Mapping[str, Operation]) -> dict[str, _Listed]:
    """The entries of a manifest by the shape of their endpoints, each with its operation."""
    by_shape: dict[str, list[Listing]] = {}
    for listing in listings(document):
        if listing.scopes:
            by_shape.setdefault(listing.entry.endpoint.shape, []).append(listing)
    return {shape: _Listed(same, operations.get(shape)) for shape, same in by_shape.items()}


def _differences(
    added: Sequence[Operation], removed: Sequence[_Listed], changed: Sequence[_Listed]
) -> tuple[Difference, ...]:
    """The differences, in the order of a report."""
    differences = [
        *(Difference("added", new.endpoint, (), new.scope_sets) for new in added),
        *(Difference("removed", same.endpoint, same.scope_sets, ()) for same in removed),
        *(Difference("changed", same.endpoint, same.scope_sets, same.accepted) for same in changed),
    ]
    return tuple(sorted(differences, key=Difference.sort_key))


class _Edits:
    """Edits to the lines of a manifest; without any, its text stays as it is."""

    def __init__(
        self,
        document: Document,
        manifest: Manifest,
        operations: Mapping[str, Operation],
        *,
        prune: bool,
    ) -> None:
        self._document, self._operations, self._prune = document, operations, prune
        self._taken = {(request.folder, request.name) for request in manifest.requests}
        self._keys = {tuple(sorted(key.split(" "))): key for key in document.data.get("scopes", ())}
        self._edited: ScopeMapLines | None = None

    @property
    def _lines(self) -> ScopeMapLines:
        self._edited = self._edited or ScopeMapLines(self._document, self._entries_of_all)
        return self._edited

    def text(self) -> str:
        return self._edited.text() if self._edited else self._document.source.text

    def remove(self, removed: Sequence[_Listed]) -> None:
        """Remove all entries that a user wrote for some endpoints."""
        for same in removed:
            for listing in same.written:
                self._lines.remove(_place(listing))

    def change(self, same: _Listed) -> None:
        """List an endpoint under the scope sets that its operation accepts."""
        missing = same.missing()
        target = [*missing, *same.accepted][0]
        moved = not same.is_sufficient() and self._move(same, target)
        for scopes in missing[1:] if moved else missing:
            self._lines.add(self._key(scopes), [str(same.endpoint)])

    def _move(self, same: _Listed, target: ScopeSet) -> bool:
        """Move entries from scope sets that are not accepted to one that is.

        An entry with details moves; a bare endpoint moves only if it is the only entry, and is
        removed otherwise. Returns whether one was moved.
        """
        invalid = [listing for listing in same.listings if not same.accepts(listing.scopes)]
        needed = without_openid(target)
        at_target = [
            listing for listing in same.listings if without_openid(listing.scopes) == needed
        ]
        movable = [listing for listing in invalid if listing in same.written]
        moving = [listing for listing in movable if not listing.entry.bare]
        if not moving and not at_target:
            moving = movable[:1]
        for listing in moving:
            openid = {scope for scope in listing.scopes if scope in OPENID_SCOPES}
            self._lines.move(_place(listing), self._key((*target, *openid)))
        repeated = [listing for listing in at_target if listing.entry.bare and moving]
        for listing in (*movable, *repeated):
            if listing in same.written and listing not in moving:
                self._lines.remove(_place(listing))
        for listing in invalid:
            if listing not in movable:
                self._lines.write_out(str(listing.entry.path[1]))
        return bool(moving)

    def add(self, operation: Operation) -> None:
        """Add an operation under each of its scope sets, with details under the first."""
        (first, *others) = operation.scope_sets
        self._lines.add(self._key(first), [entry(operation, self._taken)])
        for scopes in others:
            self._lines.add(self._key(scopes), [str(operation.endpoint)])

    def _key(self, scopes: tuple[str, ...]) -> str:
        """The key of a scope set: the manifest's own spelling of it if it has the key."""
        scope_set = tuple(sorted(set(scopes)))
        key: str = self._keys.get(scope_set, joined(scope_set))
        return key

    def _entries_of_all(self, key: str) -> list[Any]:
        """The endpoints that `all` selects, without those that are under other scopes now."""
        scopes = tuple(sorted(key.split(" ")))
        entries = []
        for known in needing(scopes):
            operation = self._operations.get(known.endpoint.shape)
            keep = not self._prune if operation is None else scopes in operation.scope_sets
            if keep:
                entries.append(str(known.endpoint))
        return entries


def _place(listing: Listing) -> tuple[str, int]:
    """The key of the scope map that an entry is under, and its index there."""
    _, key, index = listing.entry.path
    assert isinstance(index, int)  # noqa: S101 - a user wrote it
    return str(key), index
