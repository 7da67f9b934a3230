"""All that was read of a document, before the rules: a frozen draft of the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from okta_postman.documents.data import Path
from okta_postman.documents.document import Document
from okta_postman.manifest.keys import Pairs, Settings
from okta_postman.manifest.model import Environment, Layout, Request
from okta_postman.manifest.schema.types import EntryKeys, ManifestKeys
from okta_postman.operation import Endpoint, FormBody, JsonBody, Operation, ScopeSet


class Entry(NamedTuple):
    """An endpoint as listed below a key of the scope map; `bare` if it has no other keys.

    `operation` is what Okta's API catalog has for it. Its required query and its body stand in for
    those that the manifest does not give.
    """

    path: Path
    endpoint: Endpoint
    bare: bool
    name: str | None = None
    description: str = ""
    folder: str | None = None
    query: Pairs = ()
    headers: Pairs = ()
    variables: Pairs = ()
    body: JsonBody | FormBody | None = None
    operation: Operation | None = None


class Listing(NamedTuple):
    """An entry, and the scope set that it is listed under."""

    scopes: ScopeSet
    entry: Entry


class ScopedEntry(NamedTuple):
    """A request to be: its fullest entry, and every scope set that it is listed under."""

    entry: Entry
    scope_sets: tuple[ScopeSet, ...]


class Draft(NamedTuple):
    """A document of the right shape, and what its parts were read as; unreadable ones are missing.

    `entries` are those of every key of the scope map, `listings` those of keys that are scope sets.
    `scoped` are the latter by request, and `requests` what they become, one for each.
    """

    document: Document
    data: ManifestKeys
    settings: tuple[Settings, ...]
    servers: Mapping[str, Path]
    environments: tuple[Environment, ...]
    scope_sets: Mapping[str, ScopeSet]
    entries: tuple[Entry, ...]
    listings: tuple[Listing, ...]
    scoped: tuple[ScopedEntry, ...]
    layout: Layout
    requests: tuple[Request, ...]

    def typed(self, entry: Entry) -> EntryKeys | None:
        """The mapping that an entry was read from; None if it is a bare endpoint."""
        if entry.bare:
            return None
        _, key, *index = entry.path
        listed = self.data["scopes"][str(key)]
        if isinstance(listed, str) or not index:
            return None
        keys = listed[int(index[0])]
        return keys if isinstance(keys, dict) else None
