"""All that was read of a document, before the rules: a frozen draft of the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from typing import Any, NamedTuple

from okta_postman.documents.data import Path
from okta_postman.documents.document import Document
from okta_postman.manifest.keys import Pairs, Settings
from okta_postman.manifest.model import Environment, Layout, Request
from okta_postman.manifest.schema.types import (
    PUBLIC,
    TOKEN_ONLY,
    Entries,
    EntryKeys,
    ManifestKeys,
)
from okta_postman.operation import Endpoint, FormBody, JsonBody, Operation, ScopeSet


class Entry(NamedTuple):
    """An endpoint as listed; `bare` if it has no other keys, `public` if it needs no token.

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
    public: bool = False


class Listing(NamedTuple):
    """An entry, and the scope set that it is listed under: an empty one if it needs no scope."""

    scopes: ScopeSet
    entry: Entry


class ScopedEntry(NamedTuple):
    """A request to be: its fullest entry, and every scope set that it is listed under.

    One of these is enough; the empty one is of `token_only`, or of `public` if the entry is.
    """

    entry: Entry
    scope_sets: tuple[ScopeSet, ...]


def lists_of(data: ManifestKeys) -> Iterator[tuple[Path, Entries | str]]:
    """The lists of entries and the words in their place, by their paths, in the order of a file."""
    for key in data:
        if key == "scopes":
            yield from ((("scopes", scopes), listed) for scopes, listed in data["scopes"].items())
        elif key == TOKEN_ONLY:
            yield (TOKEN_ONLY,), data["token_only"]
        elif key == PUBLIC:
            yield (PUBLIC,), data["public"]


class Draft(NamedTuple):
    """A document of the right shape, and what its parts were read as; unreadable ones are missing.

    `entries` are those of every key, `listings` those without the keys that are no scope sets.
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

    @property
    def has_okta_tokens(self) -> bool:
        """Whether Okta issues tokens for one of the environments, and its restrictions hold."""
        return any(settings.has_okta_tokens for settings in self.settings)

    def typed(self, entry: Entry) -> EntryKeys | None:
        """The mapping that an entry was read from; None if it is a bare endpoint."""
        if entry.bare:
            return None
        data: Any = self.data
        keys: EntryKeys = reduce(getitem, entry.path, data)
        return keys

    def typed_entries(self) -> Iterator[tuple[Path, EntryKeys]]:
        """Every entry that was typed as a mapping, whether or not it could be read."""
        for path, listed in lists_of(self.data):
            for index, keys in enumerate(listed):
                if isinstance(keys, dict):
                    yield (*path, index), keys
