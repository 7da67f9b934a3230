"""The scope-to-endpoint map: which scopes stand together, and which requests they become."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Path
from okta_postman.manifest.entries import LIST_ENDPOINTS, NO_CATALOGUE, Entry, entry, of_operation
from okta_postman.manifest.model import Environment, Layout, Request
from okta_postman.manifest.names import check_length
from okta_postman.manifest.problem_list import Problems
from okta_postman.okta import catalog
from okta_postman.okta import scopes as okta_scopes
from okta_postman.okta.endpoints import resource
from okta_postman.operation import ScopeSet
from okta_postman.wording import as_title, nearest

_ALL: Final = "all"


class Listing(NamedTuple):
    """An entry and the scope set it stands under."""

    scopes: ScopeSet
    entry: Entry


class ScopedEntry(NamedTuple):
    """One request to be: its fullest entry, and the scope sets that are enough, as listed."""

    entry: Entry
    scope_sets: tuple[ScopeSet, ...]


def scope_sets(findings: Problems, scope_map: dict[str, Any]) -> dict[str, ScopeSet]:
    """The keys of a map that can be used, as scope sets; the others are in the findings."""
    found: dict[str, ScopeSet] = {}
    first: dict[ScopeSet, str] = {}
    for key in scope_map:
        scopes = _scope_set(findings, ("scopes", key), key)
        if scopes is None:
            continue
        if scopes in first:
            line = findings.line(("scopes", first[scopes]))
            hint = f"put its endpoints under line {line}; the order of scopes means nothing"
            message = f"`{key}` is the same set as `{first[scopes]}`"
            findings.add_at_key("R014", ("scopes", key), message, hint)
        else:
            found[key] = scopes
            first[scopes] = key
    return found


def scoped_entries(
    findings: Problems, scope_map: dict[str, Any], sets: dict[str, ScopeSet], *, of_okta: bool
) -> list[ScopedEntry]:
    """The requests of a map in the order in which they are first listed."""
    return _merged(findings, listings(findings, scope_map, sets, of_okta=of_okta))


def listings(
    findings: Problems, scope_map: dict[str, Any], sets: dict[str, ScopeSet], *, of_okta: bool
) -> list[Listing]:
    """Every entry under every key that can be used.

    Entries under the other keys are read too, for the sake of what is wrong with them. `of_okta` is
    whether the endpoints are those of Okta's catalogue.
    """
    found: list[Listing] = []
    for key, listed in scope_map.items():
        path: Path = ("scopes", key)
        if listed == _ALL:
            entries = _every(findings, path, sets[key], of_okta=of_okta) if key in sets else []
        else:
            entries = _entries(findings, path, listed or [], of_okta=of_okta)
        if key in sets:
            found += [Listing(sets[key], each) for each in entries]
    return found


def _scope_set(findings: Problems, path: Path, key: str) -> ScopeSet | None:
    wanted = [part for part in re.split(r"[\s,;]+", key) if part]
    if "{{" in key or "}}" in key:
        hint = "write the scope out: tokens and documentation are named after it"
        message = f"`{key}` holds a variable where a literal is expected"
        findings.add_at_key("R023", path, message, hint)
    elif key.split(" ") != wanted:
        hint = f"write `{' '.join(wanted)}`" if wanted else "write a scope, like `okta.users.read`"
        message = "scopes are separated by one space, and by nothing else"
        findings.add_at_key("R013", path, message, hint)
    elif not all(map(okta_scopes.is_scope, wanted)):
        hint = "RFC 6749 leaves it printable ASCII without quotes and backslashes"
        findings.add_at_key("R013", path, f"`{key}` cannot be a scope", hint)
    elif len(set(wanted)) != len(wanted):
        hint = f"write `{' '.join(dict.fromkeys(wanted))}`"
        findings.add_at_key("R013", path, "a scope stands here twice", hint)
    else:
        return tuple(sorted(wanted))
    return None


def _entries(findings: Problems, path: Path, listed: list[Any], *, of_okta: bool) -> list[Entry]:
    found = [
        entry(findings, (*path, index), said, of_okta=of_okta)
        for index, said in enumerate(listed)
        if said is not None
    ]
    return [each for each in found if each]


def _every(findings: Problems, path: Path, scopes: ScopeSet, *, of_okta: bool) -> list[Entry]:
    """What `all` stands for: the operations of the catalogue that need exactly these scopes."""
    every = catalog.needing(scopes) if of_okta else ()
    if not of_okta:
        findings.add("R021", path, f"`all` stands for nothing: {NO_CATALOGUE}", LIST_ENDPOINTS)
    elif not every:
        message = f"no operation of Okta needs exactly `{path[-1]}`"
        findings.add("R021", path, message, _listing_hint(scopes))
    return [of_operation(path, each) for each in every]


def _listing_hint(scopes: ScopeSet) -> str:
    """What to write where `all` stands for nothing: a scope spelled right, or endpoints."""
    (first, *more) = scopes
    guess = None if more else nearest(first, catalog.scopes())
    hint = "list the endpoints: `- GET /api/v1/users`"
    return f"did you mean `{guess}`? Otherwise {hint}" if guess else hint


def _merged(findings: Problems, listings: list[Listing]) -> list[ScopedEntry]:
    """One request for each endpoint and name; under several keys, each of them is enough."""
    by_endpoint: dict[str, list[Listing]] = {}
    for listing in listings:
        by_endpoint.setdefault(listing.entry.endpoint.shape, []).append(listing)
    return [
        request
        for same in by_endpoint.values()
        for request in _requests_of_endpoint(findings, same)
    ]


def _requests_of_endpoint(findings: Problems, same: list[Listing]) -> list[ScopedEntry]:
    """A bare entry stands for every request of its endpoint, a fuller one for those of its name."""
    _check_repeats(findings, same)
    named: dict[str | None, list[Listing]] = {}
    for listing in same:
        if not listing.entry.bare:
            named.setdefault(listing.entry.name, []).append(listing)
    bare = [listing for listing in same if listing.entry.bare]
    found = []
    for group in list(named.values()) or [[]]:
        _check_same(findings, group)
        listed = sorted([*group, *bare], key=same.index)
        fullest = (group or bare)[0].entry
        found.append(ScopedEntry(fullest, tuple(dict.fromkeys(each.scopes for each in listed))))
    return found


def _check_repeats(findings: Problems, same: list[Listing]) -> None:
    """Under one key an endpoint stands once, or each time with a name of its own."""
    for index, again in enumerate(same):
        for first in same[:index]:
            names = {first.entry.name, again.entry.name}
            if first.scopes == again.scopes and (len(names) == 1 or None in names):
                hint = "delete one, or give each its own `name` to make two requests"
                findings.add("R019", again.entry.path, _stands(findings, first), hint)
                break


def _check_same(findings: Problems, group: list[Listing]) -> None:
    """Under several keys a request is described once, or each time alike."""
    for again in group[1:]:
        alike = again.entry._replace(path=group[0].entry.path, endpoint=group[0].entry.endpoint)
        if again.scopes != group[0].scopes and alike != group[0].entry:
            message = f"{_stands(findings, group[0])}, with another query, body or the like"
            hint = "say it once and list the bare endpoint here, or give each its own `name`"
            findings.add("R020", again.entry.path, message, hint)


def _stands(findings: Problems, first: Listing) -> str:
    line = findings.document.value(first.entry.path).line
    return f"`{first.entry.endpoint}` stands in line {line} already"


def requests(
    findings: Problems,
    entries: Iterable[ScopedEntry],
    environments: tuple[Environment, ...],
    layout: Layout,
) -> tuple[Request, ...]:
    """Each entry as a request that asks for the narrowest scopes every environment grants."""
    variants: dict[str, int] = {}
    names: dict[tuple[str, str], Path] = {}
    made = []
    for each in entries:
        request = _request(each, environments, layout, variants)
        if not each.entry.name and (request.folder, request.name) in names:
            request = request._replace(name=str(request.endpoint))
        for label in _made_names(each.entry, request, layout):
            check_length(findings, each.entry.path, label)
        place = (request.folder, request.name)
        if place in names:
            line = findings.document.value(names[place]).line
            message = f"two requests called `{request.name}` would stand in one folder"
            hint = f"the other is in line {line}; give one of them another `name` or `folder`"
            findings.add("R032", each.entry.path, message, hint)
        names.setdefault(place, each.entry.path)
        if request.folder:  # which stands beside the requests without one
            names.setdefault(("", request.folder), each.entry.path)
        made.append(request)
    return tuple(made)


def _made_names(said: Entry, request: Request, layout: Layout) -> list[str]:
    """The names of a request and its folders that nobody typed."""
    shared = okta_scopes.joined(request.scopes) if layout.auth == "folder" else ""
    return ["" if said.name else request.name, "" if said.folder else request.folder, shared]


def _request(
    each: ScopedEntry,
    environments: tuple[Environment, ...],
    layout: Layout,
    variants: dict[str, int],
) -> Request:
    said, shape, known = each.entry, each.entry.endpoint.shape, each.entry.operation
    chosen = narrowest(each.scope_sets, environments)
    variants[shape] = variants.get(shape, -1) + 1
    folders = {
        "resource": known.tag if known else resource(said.endpoint.path),
        "scope": okta_scopes.joined(chosen),
        "none": "",
    }
    return Request(
        endpoint=said.endpoint,
        scopes=chosen,
        name=said.name or (as_title(known.id) if known else str(said.endpoint)),
        folder=said.folder or folders[layout.folders],
        alternatives=tuple(other for other in each.scope_sets if other != chosen),
        variant=variants[shape],
        description=said.description,
        query=said.query,
        headers=said.headers,
        variables=said.variables,
        body=said.body,
        deprecated=known is not None and known.deprecated,
    )


def narrowest(scope_sets: tuple[ScopeSet, ...], environments: tuple[Environment, ...]) -> ScopeSet:
    """The set that allows least among those granted everywhere, or among all if none is."""
    granted = [each for each in scope_sets if not ungranted(each, environments)]
    return min(granted or scope_sets, key=okta_scopes.privilege)


def ungranted(scopes: ScopeSet, environments: tuple[Environment, ...]) -> list[str]:
    """Those of a set that some app was not granted; only scopes of Okta's APIs are granted."""
    return [
        scope
        for scope in scopes
        if okta_scopes.is_okta_scope(scope)
        and any(
            each.app.grants is not None and scope not in each.app.grants for each in environments
        )
    ]
