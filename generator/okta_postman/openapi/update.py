"""Merges a newer document into a description; what its user typed stays as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from okta_postman.documents.document import Document
from okta_postman.manifest.model import Manifest
from okta_postman.manifest.read import listings
from okta_postman.manifest.scope_map import Listing
from okta_postman.manifest.scope_map_lines import MapLines
from okta_postman.okta.catalog import needing
from okta_postman.okta.scopes import OPENID_SCOPES, joined, privilege, without_openid
from okta_postman.openapi.api import Api
from okta_postman.openapi.entries import entry
from okta_postman.openapi.select import Choice, is_scoped
from okta_postman.operation import Endpoint, Operation, ScopeSet


class Difference(NamedTuple):
    """An operation that the document has and the description has not, or the other way round."""

    kind: Literal["came", "went", "changed"]
    endpoint: Endpoint
    before: tuple[ScopeSet, ...]
    after: tuple[ScopeSet, ...]


class Update(NamedTuple):
    """The new text of a description, and what makes it new."""

    text: str
    differences: tuple[Difference, ...]


class _Same(NamedTuple):
    """Every entry of one endpoint, and the operation that the document has for it."""

    listings: list[Listing]
    operation: Operation | None

    @property
    def endpoint(self) -> Endpoint:
        return self.listings[0].entry.endpoint

    @property
    def scope_sets(self) -> tuple[ScopeSet, ...]:
        return tuple(dict.fromkeys(each.scopes for each in self.listings))

    @property
    def typed(self) -> list[Listing]:
        """The entries that a user typed; those that `all` stands for were not."""
        return [each for each in self.listings if isinstance(each.entry.path[-1], int)]

    @property
    def asked(self) -> ScopeSet:
        """What the request asks for: the set that allows least."""
        return without_openid(min(self.scope_sets, key=privilege))

    @property
    def enough(self) -> tuple[ScopeSet, ...]:
        """The scope sets that the operation takes."""
        return self.operation.scope_sets if self.operation else ()

    def asks_right(self) -> bool:
        """Whether the operation takes what the request asks for."""
        return self.asked in {without_openid(each) for each in self.enough}

    def lacking(self) -> list[ScopeSet]:
        """The sets of the operation that the endpoint should stand under too.

        All of them where the request asks for what is not enough, and otherwise those that allow
        less: to leave out the others is for the user to decide.
        """
        stands = {without_openid(each) for each in self.scope_sets}
        return [
            each
            for each in self.enough
            if without_openid(each) not in stands
            and (not self.asks_right() or privilege(each) < privilege(self.asked))
        ]


def update(
    document: Document, manifest: Manifest, api: Api, choice: Choice, *, prune: bool
) -> Update:
    """A description with the operations of a newer document.

    Operations of the choice that it lacks come in. An endpoint whose request would ask for scopes
    that are not enough moves; under scopes that allow more it may stand besides. What the document
    does not have stays where it is, unless it is to be pruned.
    """
    known = {each.endpoint.shape: each for each in api.operations if is_scoped(each)}
    by_shape: dict[str, list[Listing]] = {}
    for listing in listings(document):
        by_shape.setdefault(listing.entry.endpoint.shape, []).append(listing)
    every = [_Same(same, known.get(shape)) for shape, same in by_shape.items()]
    folders = {each.endpoint.shape: each.folder for each in manifest.requests}
    came = [each for shape, each in known.items() if shape not in by_shape and choice.takes(each)]
    went = [
        each
        for each in every
        if not each.operation
        and each.typed
        and choice.covers(each.endpoint, each.scope_sets, folders[each.endpoint.shape])
    ]
    changed = [
        each for each in every if each.operation and (each.lacking() or not each.asks_right())
    ]
    edits = _Edits(document, manifest, known, prune=prune)
    if prune:
        edits.remove(went)
    for each in changed:
        edits.change(each)
    for operation in came:
        edits.add(operation)
    found = (
        *(Difference("came", each.endpoint, (), each.scope_sets) for each in came),
        *(Difference("went", each.endpoint, each.scope_sets, ()) for each in went),
        *(Difference("changed", each.endpoint, each.scope_sets, each.enough) for each in changed),
    )
    in_order = sorted(found, key=lambda each: (each.kind, each.endpoint[::-1]))
    return Update(edits.text(), tuple(in_order))


class _Edits:
    """Changes to the lines of a description; without any, its text is what it was."""

    def __init__(
        self,
        document: Document,
        manifest: Manifest,
        known: Mapping[str, Operation],
        *,
        prune: bool,
    ) -> None:
        self._document, self._known, self._prune = document, known, prune
        self._taken = {(each.folder, each.name) for each in manifest.requests}
        self._keys = {tuple(sorted(key.split(" "))): key for key in document.data["scopes"]}
        self._made: MapLines | None = None

    @property
    def _lines(self) -> MapLines:
        self._made = self._made or MapLines(self._document, self._all)
        return self._made

    def text(self) -> str:
        return self._made.text() if self._made else self._document.source.text

    def remove(self, gone: list[_Same]) -> None:
        for each in gone:
            for listing in each.typed:
                self._lines.remove(_place(listing))

    def change(self, same: _Same) -> None:
        """Let an endpoint stand under the scope sets that the operation takes."""
        lacking = same.lacking()
        moved = not same.asks_right() and self._moved(same, [*lacking, *same.enough][0])
        for scopes in lacking[1:] if moved else lacking:
            self._lines.add(self._key(scopes), [str(same.endpoint)])

    def _moved(self, same: _Same, goal: ScopeSet) -> bool:
        """Move the entries under scopes that are not enough, if any; bare ones only repeat."""
        right = [each for each in same.listings if without_openid(each.scopes) in same.enough]
        wrong = [each for each in same.listings if each not in right]
        there = [each for each in right if without_openid(each.scopes) == goal]
        typed = [each for each in wrong if each in same.typed]
        moving = [each for each in typed if not each.entry.bare] or ([] if there else typed[:1])
        for listing in moving:
            openid = {each for each in listing.scopes if each in OPENID_SCOPES}
            self._lines.move(_place(listing), self._key((*goal, *openid)))
        repeating = [each for each in there if each.entry.bare and each in same.typed]
        for listing in [*typed, *(repeating if moving else [])]:
            if listing not in moving:
                self._lines.remove(_place(listing))
        for listing in wrong:
            if listing not in typed:
                self._lines.write_out(str(listing.entry.path[1]))
        return bool(moving)

    def add(self, operation: Operation) -> None:
        (first, *others) = operation.scope_sets
        self._lines.add(self._key(first), [entry(operation, self._taken)])
        for scopes in others:
            self._lines.add(self._key(scopes), [str(operation.endpoint)])

    def _key(self, scopes: tuple[str, ...]) -> str:
        """The key of a scope set, as the description writes it if it has it."""
        wanted = tuple(sorted(set(scopes)))
        written: str = self._keys.get(wanted, joined(wanted))
        return written

    def _all(self, key: str) -> list[Any]:
        """What `all` stands for, without what the document has under other scopes."""
        scopes = tuple(sorted(key.split(" ")))
        kept = []
        for each in needing(scopes):
            operation = self._known.get(each.endpoint.shape)
            if not self._prune if operation is None else scopes in operation.scope_sets:
                kept.append(str(each.endpoint))
        return kept


def _place(listing: Listing) -> tuple[str, int]:
    _, key, index = listing.entry.path
    assert isinstance(index, int)  # noqa: S101 - it was typed
    return str(key), index
