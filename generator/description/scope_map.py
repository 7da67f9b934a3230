"""The scope-to-endpoint map: which scopes stand together, and which requests they become."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from generator.description.endpoints import Entry, entry
from generator.description.findings import Findings
from generator.document.reader import Path
from generator.model import Environment, Layout, Request, ScopeSet
from generator.okta import scopes as okta_scopes
from generator.okta.endpoints import resource
from generator.okta.servers import ORG_SERVER

_ALL: Final = "all"


@dataclass(frozen=True)
class _Listing:
    """An entry and the scope set it stands under."""

    scopes: ScopeSet
    entry: Entry


@dataclass(frozen=True)
class ScopedEntry:
    """One request to be: its fullest entry, and the scope sets that are enough, as listed."""

    entry: Entry
    scope_sets: tuple[ScopeSet, ...]


def scoped_entries(findings: Findings, scope_map: dict[str, Any]) -> list[ScopedEntry]:
    """The requests of a map in the order in which they are first listed."""
    listings: list[_Listing] = []
    keys: dict[ScopeSet, str] = {}
    for key, listed in scope_map.items():
        scopes = _scope_set(findings, ("scopes", key), key)
        if scopes is None:
            continue
        if scopes in keys:
            line = findings.line(("scopes", keys[scopes]))
            hint = f"put its endpoints under line {line}; the order of scopes means nothing"
            message = f"`{key}` is the same set as `{keys[scopes]}`"
            findings.add_at_key("R014", ("scopes", key), message, hint)
        keys.setdefault(scopes, key)
        listings += [_Listing(scopes, each) for each in _entries(findings, key, listed)]
    return _merged(findings, listings)


def _scope_set(findings: Findings, path: Path, key: str) -> ScopeSet | None:
    parts = key.split(" ")
    wanted = [part for part in re.split(r"[\s,;]+", key) if part]
    if "{{" in key or "}}" in key:
        hint = "write the scope out: tokens and documentation are named after it"
        message = f"`{key}` holds a variable where a literal is expected"
        findings.add_at_key("R023", path, message, hint)
    elif parts != wanted:
        hint = f"write `{' '.join(wanted)}`" if wanted else "write a scope, like `okta.users.read`"
        message = "scopes are separated by one space, and by nothing else"
        findings.add_at_key("R013", path, message, hint)
    elif not all(map(okta_scopes.is_scope, parts)):
        hint = "RFC 6749 leaves it printable ASCII without quotes and backslashes"
        findings.add_at_key("R013", path, f"`{key}` cannot be a scope", hint)
    elif len(set(parts)) != len(parts):
        hint = f"write `{' '.join(dict.fromkeys(parts))}`"
        findings.add_at_key("R013", path, "a scope stands here twice", hint)
    else:
        return tuple(sorted(parts))
    return None


def _entries(findings: Findings, key: str, listed: list[Any] | str | None) -> list[Entry]:
    path: Path = ("scopes", key)
    if listed == _ALL:
        message = f"this version does not know which endpoints `{key}` allows"
        findings.add("R021", path, message, "list them: `- GET /api/v1/users`")
        return []
    found = [
        entry(findings, (*path, index), said)
        for index, said in enumerate(listed or [])
        if said is not None
    ]
    return [each for each in found if each]


def _merged(findings: Findings, listings: list[_Listing]) -> list[ScopedEntry]:
    """One request for each endpoint and name; under several keys, each of them is enough."""
    by_endpoint: dict[str, list[_Listing]] = {}
    for listing in listings:
        by_endpoint.setdefault(listing.entry.endpoint.shape, []).append(listing)
    return [
        request
        for same in by_endpoint.values()
        for request in _requests_of_endpoint(findings, same)
    ]


def _requests_of_endpoint(findings: Findings, same: list[_Listing]) -> list[ScopedEntry]:
    """A bare entry stands for every request of its endpoint, a fuller one for those of its name."""
    named: dict[str | None, list[_Listing]] = {}
    for listing in same:
        if not listing.entry.bare:
            named.setdefault(listing.entry.name, []).append(listing)
    groups = list(named.values()) or [[]]
    bare = [listing for listing in same if listing.entry.bare]
    found = []
    for group in groups:
        _check_repeats(findings, group)
        listed = sorted([*group, *bare], key=same.index)
        _check_repeats(findings, bare)
        fullest = (group or bare)[0].entry
        found.append(ScopedEntry(fullest, tuple(dict.fromkeys(each.scopes for each in listed))))
    return found


def _check_repeats(findings: Findings, group: list[_Listing]) -> None:
    first = group[0] if group else None
    for again in group[1:]:
        assert first is not None  # noqa: S101
        line = findings.document.value(first.entry.path).line
        where = f"`{again.entry.endpoint}` stands in line {line} already"
        if any(again.scopes == other.scopes for other in group[: group.index(again)]):
            hint = "delete one, or give each its own `name` to make two requests"
            findings.add("R019", again.entry.path, where, hint)
        elif _said(again.entry) != _said(first.entry):
            hint = "say it once and list the bare endpoint here, or give each its own `name`"
            findings.add("R020", again.entry.path, f"{where}, with something else to it", hint)


def _said(said: Entry) -> Entry:
    return replace(said, path=())


def requests(
    findings: Findings,
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
        place = (request.folder, request.name)
        if place in names:
            line = findings.document.value(names[place]).line
            message = f"two requests called `{request.name}` would stand in one folder"
            hint = f"the other is in line {line}; give one of them another `name` or `folder`"
            findings.add("R032", each.entry.path, message, hint)
        names.setdefault(place, each.entry.path)
        made.append(request)
    return tuple(made)


def _request(
    each: ScopedEntry,
    environments: tuple[Environment, ...],
    layout: Layout,
    variants: dict[str, int],
) -> Request:
    said, shape = each.entry, each.entry.endpoint.shape
    chosen = narrowest(each.scope_sets, environments)
    variants[shape] = variants.get(shape, -1) + 1
    folders = {
        "resource": resource(said.endpoint.path),
        "scope": okta_scopes.joined(chosen),
        "none": "",
    }
    return Request(
        endpoint=said.endpoint,
        scopes=chosen,
        name=said.name or str(said.endpoint),
        folder=said.folder or folders[layout.folders],
        alternatives=tuple(other for other in each.scope_sets if other != chosen),
        variant=variants[shape],
        description=said.description,
        query=said.query,
        headers=said.headers,
        variables=said.variables,
        body=said.body,
    )


def narrowest(scope_sets: tuple[ScopeSet, ...], environments: tuple[Environment, ...]) -> ScopeSet:
    """The set that allows least among those granted everywhere, or among all if none is."""
    granted = [each for each in scope_sets if not _ungranted(each, environments)]
    return min(granted or scope_sets, key=okta_scopes.privilege)


def _ungranted(
    scopes: ScopeSet, environments: tuple[Environment, ...]
) -> list[tuple[Environment, str]]:
    return [
        (environment, scope)
        for environment in environments
        for scope in scopes
        if environment.app.grants is not None and scope not in environment.app.grants
    ]


def check_grants(
    findings: Findings, entries: Iterable[ScopedEntry], environments: tuple[Environment, ...]
) -> None:
    """Every request must find its scopes among the app's grants, where these are given."""
    for each in entries:
        for environment, scope in _ungranted(
            narrowest(each.scope_sets, environments), environments
        ):
            message = f"`{each.entry.endpoint}` needs `{scope}`, which `app.grants` does not list"
            hint = (
                "grant it in the Admin Console (Applications > your app > Okta API Scopes), then "
                f"add it to the grants of `{environment.name}`"
            )
            findings.add("R016", each.entry.path, message, hint)


def check_servers(
    findings: Findings, scope_map: dict[str, Any], environments: tuple[Environment, ...]
) -> None:
    """Each scope must be one that the authorization servers mint."""
    servers = {environment.authorization_server for environment in environments}
    for key in scope_map:
        path: Path = ("scopes", key)
        scopes = key.split(" ")
        for scope in scopes:
            _check_server(findings, path, scope, servers)
            meant = okta_scopes.likely_meant(scope)
            if meant:
                message = f"`{scope}` is not a scope of Okta"
                findings.warn_at_key(
                    "R012", path, message, f"Okta's scopes end in `read` or `manage`: `{meant}`"
                )
        if okta_scopes.lacks_openid(scopes):
            message = "Okta refuses an OpenID scope without `openid`"
            findings.add_at_key("R036", path, message, f"write `openid {key}`")
        if len(key) > okta_scopes.LONGEST:
            findings.add_at_key("R015", path, *too_long(len(key)))


def too_long(length: int) -> tuple[str, str]:
    """The message and hint for a scope set that Okta will not take."""
    return (
        f"{length} characters of scopes; Okta takes {okta_scopes.LONGEST} at once",
        "ask at a narrower level: `collection: {auth: request}`",
    )


def _check_server(findings: Findings, path: Path, scope: str, servers: set[str]) -> None:
    custom = sorted(servers - {ORG_SERVER})
    if custom and okta_scopes.is_okta_scope(scope):
        message = f"`{custom[0]}` does not mint `{scope}`; only the org authorization server does"
        findings.add_at_key("R007", path, message, "leave `authorization_server` out")
    if ORG_SERVER in servers and okta_scopes.is_custom_scope(scope):
        message = f"the org authorization server does not mint the custom scope `{scope}`"
        hint = "name the server that does: `authorization_server: default`, or its id"
        findings.add_at_key("R008", path, message, hint)
