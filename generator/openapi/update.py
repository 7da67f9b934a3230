"""Merges a newer document into a description; what its user typed stays as it was typed."""

from __future__ import annotations

from typing import Literal, NamedTuple

from generator.description.read import listings
from generator.description.scope_map import Listing
from generator.document.load import Document
from generator.model import Description, Endpoint, Operation, ScopeSet
from generator.okta.scopes import joined, without_openid
from generator.openapi.api import Api
from generator.openapi.entries import entry
from generator.openapi.lines import MapLines
from generator.openapi.select import Choice, is_scoped


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


def update(
    document: Document, description: Description, api: Api, choice: Choice, *, keep: bool
) -> Update:
    """A description with the operations of a newer document.

    Those that the document no longer has are taken out, or left where they are with `keep`; those
    that it has under other scopes move there. An endpoint under the scopes of the document and
    under others besides is as its user wants it.
    """
    listed: dict[str, list[Listing]] = {}
    for listing in listings(document):
        listed.setdefault(listing.entry.endpoint.shape, []).append(listing)
    known = {each.endpoint.shape: each for each in api.operations if is_scoped(each)}
    came = [each for shape, each in known.items() if shape not in listed and choice.takes(each)]
    went = [same for shape, same in listed.items() if shape not in known]
    changed = [
        (same, known[shape])
        for shape, same in listed.items()
        if shape in known and not _agree(same, known[shape])
    ]
    text = _edited(document, description, came, [] if keep else went, changed)
    differences = (
        *(Difference("came", each.endpoint, (), each.scope_sets) for each in came),
        *(Difference("went", same[0].entry.endpoint, _sets(same), ()) for same in went),
        *(
            Difference("changed", each.endpoint, _sets(same), each.scope_sets)
            for same, each in changed
        ),
    )
    return Update(
        text, tuple(sorted(differences, key=lambda each: (each.kind, each.endpoint[::-1])))
    )


def _edited(
    document: Document,
    description: Description,
    came: list[Operation],
    went: list[list[Listing]],
    changed: list[tuple[list[Listing], Operation]],
) -> str:
    if not came and not went and not changed:
        return document.source.text
    lines = MapLines(document)
    taken = {(each.folder, each.name) for each in description.requests}
    gone = [path for same in went for path in _typed(same)]
    for same, operation in changed:
        paths = _typed(same)
        (first, *others) = _keys(document, operation)
        if paths:
            lines.move(paths[0], first)
        for key in others if paths else (first, *others):
            lines.add(key, [str(operation.endpoint)])
        gone += paths
    for operation in came:
        (first, *others) = _keys(document, operation)
        lines.add(first, [entry(operation, taken)])
        for key in others:
            lines.add(key, [str(operation.endpoint)])
    lines.remove(gone)
    return lines.text()


def _agree(same: list[Listing], operation: Operation) -> bool:
    """Whether an endpoint stands under one of the scope sets that the document gives it."""
    enough = {without_openid(scopes) for scopes in operation.scope_sets}
    return any(without_openid(each.scopes) in enough for each in same)


def _sets(same: list[Listing]) -> tuple[ScopeSet, ...]:
    return tuple(dict.fromkeys(each.scopes for each in same))


def _typed(same: list[Listing]) -> list[tuple[str, int]]:
    """Where the entries of an endpoint were typed; those that `all` stands for were not."""
    return [
        (str(path[1]), index)
        for path in (each.entry.path for each in same)
        if isinstance(index := path[-1], int)
    ]


def _keys(document: Document, operation: Operation) -> list[str]:
    """The key of each scope set, as the description writes it if it has it."""
    written = {tuple(sorted(key.split(" "))): key for key in document.data["scopes"]}
    return [written.get(scopes, joined(scopes)) for scopes in operation.scope_sets]
