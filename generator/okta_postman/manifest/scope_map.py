"""Read the scope map: which scopes go together, and the entries listed under them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Entry, Listing
from okta_postman.manifest.entries import ONLY_OKTA, entry, entry_of_operation
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.types import EntryKeys, ScopeMap
from okta_postman.okta import catalog
from okta_postman.okta.scopes import is_scope
from okta_postman.operation import ScopeSet
from okta_postman.wording import nearest

_ALL: Final = "all"


def scope_sets(problems: Problems, scope_map: ScopeMap) -> dict[str, ScopeSet]:
    """The scope set of each key of a scope map; adds a problem for each key that is none."""
    sets: dict[str, ScopeSet] = {}
    keys: dict[ScopeSet, str] = {}
    for key in scope_map:
        scopes = _scope_set(problems, ("scopes", key), key)
        if scopes is None:
            continue
        if scopes in keys:
            line = problems.line(("scopes", keys[scopes]))
            hint = f"move its endpoints below line {line}: the order of scopes does not matter"
            message = f"`{key}` is the same scope set as `{keys[scopes]}`"
            problems.error_at_key("R014", ("scopes", key), message, hint)
        else:
            sets[key] = scopes
            keys[scopes] = key
    return sets


def entries_of(
    problems: Problems, scope_map: ScopeMap, sets: Mapping[str, ScopeSet], *, of_okta: bool
) -> tuple[Entry, ...]:
    """Every entry that can be read, under whichever key.

    `of_okta` is whether the endpoints are those of Okta's API catalog.
    """
    return tuple(
        entry
        for key, listed in scope_map.items()
        for entry in _entries(problems, key, listed, sets.get(key), of_okta=of_okta)
    )


def listings_of(entries: tuple[Entry, ...], sets: Mapping[str, ScopeSet]) -> tuple[Listing, ...]:
    """The entries below keys that are scope sets, with these."""
    keyed = ((str(entry.path[1]), entry) for entry in entries)
    return tuple(Listing(sets[key], entry) for key, entry in keyed if key in sets)


def _entries(
    problems: Problems,
    key: str,
    listed: list[str | EntryKeys | None] | str,
    scopes: ScopeSet | None,
    *,
    of_okta: bool,
) -> Iterator[Entry]:
    if listed == _ALL:
        if scopes is not None:
            yield from _every_entry(problems, ("scopes", key), scopes, of_okta=of_okta)
        return
    for index, keys in enumerate(listed):
        if keys is not None:
            read = entry(problems, ("scopes", key, index), keys, of_okta=of_okta)
            if read:
                yield read


def _every_entry(
    problems: Problems, path: Path, scopes: ScopeSet, *, of_okta: bool
) -> Iterator[Entry]:
    """What `all` stands for: the operations of the API catalog that need exactly these scopes."""
    operations = catalog.needing(scopes) if of_okta else ()
    if not of_okta:
        message = f"`all` works only with the org authorization server: {ONLY_OKTA}"
        problems.error("R021", path, message, "list each endpoint: `- GET /orders/{orderId}`")
    elif not operations:
        guess = nearest(scopes[0], catalog.scopes()) if len(scopes) == 1 else None
        hint = "list each endpoint: `- GET /api/v1/users`"
        hint = f"did you mean `{guess}`? Otherwise {hint}" if guess else hint
        problems.error("R021", path, f"no Okta operation needs exactly `{path[-1]}`", hint)
    for operation in operations:
        yield entry_of_operation(path, operation)


def _scope_set(problems: Problems, path: Path, key: str) -> ScopeSet | None:
    scopes = [scope for scope in re.split(r"[\s,;]+", key) if scope]
    distinct = list(dict.fromkeys(scopes))
    add: Callable[[str, Path, str, str], None] = problems.error_at_key
    if "{{" in key or "}}" in key:
        hint = "write the scope itself: what is generated must name every scope"
        add("R023", path, f"`{key}` contains a variable", hint)
    elif key.split(" ") != scopes:
        hint = f"write `{' '.join(scopes)}`" if scopes else "write a scope: `okta.users.read`"
        add("R013", path, "scopes are not separated by exactly one space", hint)
    elif not all(map(is_scope, scopes)):
        hint = "use printable ASCII without quotes and backslashes (RFC 6749, 3.3)"
        add("R013", path, f"`{key}` is not a valid scope", hint)
    elif distinct != scopes:
        add("R013", path, "a scope is listed twice in one key", f"write `{' '.join(distinct)}`")
    else:
        return tuple(sorted(scopes))
    return None
