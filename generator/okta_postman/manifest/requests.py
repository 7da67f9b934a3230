"""Merge the entries of each endpoint into requests, which request the narrowest granted scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from okta_postman.manifest.draft import Entry, Listing, ScopedEntry
from okta_postman.manifest.model import Environment, Layout, Request
from okta_postman.okta.endpoints import resource
from okta_postman.okta.privilege import narrowest
from okta_postman.okta.scopes import is_okta_scope, scopes_label
from okta_postman.operation import ScopeSet
from okta_postman.wording import as_title


class SameEndpoint(NamedTuple):
    """The listings of one endpoint: those with more keys by their names, and the bare ones."""

    by_name: tuple[tuple[Listing, ...], ...]
    bare: tuple[Listing, ...]


def by_endpoint(listings: Iterable[Listing]) -> tuple[tuple[Listing, ...], ...]:
    """The listings of each endpoint, whatever its parameters are called, in the order listed.

    An endpoint that is called both with and without a token counts as two.
    """
    same: dict[tuple[str, bool], list[Listing]] = {}
    for listing in listings:
        key = (listing.entry.endpoint.shape, listing.entry.public)
        same.setdefault(key, []).append(listing)
    return tuple(map(tuple, same.values()))


def listed_again(listings: Iterable[Listing]) -> Iterator[tuple[Listing, ...]]:
    """The listings of each endpoint that has several."""
    return (same for same in by_endpoint(listings) if len(same) > 1)


def same_endpoint(listings: Iterable[Listing]) -> SameEndpoint:
    """The listings of one endpoint, taken apart."""
    by_name: dict[str | None, list[Listing]] = {}
    bare = []
    for listing in listings:
        if listing.entry.bare:
            bare.append(listing)
        else:
            by_name.setdefault(listing.entry.name, []).append(listing)
    return SameEndpoint(tuple(map(tuple, by_name.values())), tuple(bare))


def merged(listings: Iterable[Listing]) -> tuple[ScopedEntry, ...]:
    """One request for each endpoint and name; each scope set that it is listed under is enough.

    A bare entry is every request of its endpoint.
    """
    return tuple(
        request for same in by_endpoint(listings) for request in _requests_of_endpoint(same)
    )


def _requests_of_endpoint(listings: tuple[Listing, ...]) -> Iterator[ScopedEntry]:
    if len(listings) == 1:
        yield ScopedEntry(listings[0].entry, (listings[0].scopes,))
        return
    by_name, bare = same_endpoint(listings)
    bare_sets = dict.fromkeys(listing.scopes for listing in bare)
    for group in by_name or ((),):
        # The key with the details comes first: it counts if no scopes are narrower.
        scope_sets = dict.fromkeys(listing.scopes for listing in group) | bare_sets
        yield ScopedEntry((group or bare)[0].entry, tuple(scope_sets))


def granted_scopes(environments: Iterable[Environment]) -> frozenset[str] | None:
    """The scopes that every app was granted whose grants are listed; None if none are."""
    apps = [environment.app for environment in environments]
    grants = [app.grants for app in apps if app.grants is not None]
    return frozenset.intersection(*grants) if grants else None


def missing_grants(scopes: Iterable[str], granted: frozenset[str] | None) -> list[str]:
    """Those of a set that were not granted; only scopes of Okta's APIs have to be."""
    if granted is None:
        return []
    return [scope for scope in scopes if is_okta_scope(scope) and scope not in granted]


def requests(
    entries: Iterable[ScopedEntry], environments: Iterable[Environment], layout: Layout
) -> tuple[Request, ...]:
    """What each entry becomes, in the same order."""
    granted = granted_scopes(environments)
    variants: dict[str, int] = {}
    taken: set[tuple[str, str]] = set()
    result = []
    for scoped in entries:
        shape = scoped.entry.endpoint.shape
        variants[shape] = variants.get(shape, -1) + 1
        request = _request(scoped, granted, layout, variants[shape])
        if not scoped.entry.name and (request.folder, request.name) in taken:
            request = request._replace(name=str(request.endpoint))
        taken |= {(request.folder, request.name), ("", request.folder)}
        result.append(request)
    return tuple(result)


def _request(
    scoped: ScopedEntry, granted: frozenset[str] | None, layout: Layout, variant: int
) -> Request:
    entry, operation = scoped.entry, scoped.entry.operation
    scopes = _narrowest(scoped.scope_sets, granted)
    return Request(
        endpoint=entry.endpoint,
        scopes=scopes,
        name=entry.name or (as_title(operation.id) if operation else str(entry.endpoint)),
        folder=entry.folder or _default_folder(entry, scopes, layout),
        alternatives=tuple(other for other in scoped.scope_sets if other != scopes),
        variant=variant,
        description=entry.description,
        query=entry.query,
        headers=entry.headers,
        variables=entry.variables,
        body=entry.body,
        deprecated=operation is not None and operation.deprecated,
        public=entry.public,
    )


def _narrowest(scope_sets: tuple[ScopeSet, ...], granted: frozenset[str] | None) -> ScopeSet:
    """The set that allows least among those that were granted, or among all if none was."""
    if len(scope_sets) == 1:
        return scope_sets[0]
    usable = [scopes for scopes in scope_sets if not missing_grants(scopes, granted)]
    return narrowest(usable or scope_sets)


def _default_folder(entry: Entry, scopes: ScopeSet, layout: Layout) -> str:
    if layout.folders == "scope":
        return scopes_label(scopes, public=entry.public)
    if layout.folders == "none":
        return ""
    return entry.operation.tag if entry.operation else resource(entry.endpoint.path)
