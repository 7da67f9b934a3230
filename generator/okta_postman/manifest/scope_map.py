"""Read the lists of endpoints: which scopes go together, and the entries under each key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Entry, Listing, lists_of
from okta_postman.manifest.entries import ONLY_OKTA, entry, entry_of_operation, other_host
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.types import (
    PUBLIC,
    TOKEN_ONLY,
    UNSCOPED,
    Entries,
    ManifestKeys,
    ScopeMap,
)
from okta_postman.okta import catalog
from okta_postman.okta.scopes import is_scope
from okta_postman.operation import ScopeSet

_ALL: Final = "all"
_OTHER_SEPARATORS: Final = ",;"


def scope_sets(problems: Problems, scope_map: ScopeMap, *, commas: bool) -> dict[str, ScopeSet]:
    """The scope set of each key of a scope map; adds a problem for each key that is none.

    `commas` is whether a scope may contain them, as RFC 6749, 3.3 has it; Okta's can't.
    """
    sets: dict[str, ScopeSet] = {}
    keys: dict[ScopeSet, str] = {}
    for key in scope_map:
        scopes = _scope_set(problems, ("scopes", key), key, commas=commas)
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
    problems: Problems, data: ManifestKeys, sets: Mapping[str, ScopeSet], *, of_okta: bool
) -> tuple[Entry, ...]:
    """Every entry that can be read, under whichever key.

    `of_okta` is whether the endpoints are those of Okta's API catalog.
    """
    return tuple(
        entry
        for path, listed in lists_of(data)
        for entry in _entries(problems, path, listed, sets, of_okta=of_okta)
    )


def listings_of(entries: tuple[Entry, ...], sets: Mapping[str, ScopeSet]) -> tuple[Listing, ...]:
    """The entries with their scope sets, without those below keys that are none."""
    by_path: dict[Path, ScopeSet] = {(key,): () for key in UNSCOPED}
    by_path |= {("scopes", key): scopes for key, scopes in sets.items()}
    # `all` has no list, so the path of its entries is that of its key.
    keyed = ((entry.path if entry.path in by_path else entry.path[:-1], entry) for entry in entries)
    return tuple(Listing(by_path[path], entry) for path, entry in keyed if path in by_path)


def _entries(
    problems: Problems,
    path: Path,
    listed: Entries | str,
    sets: Mapping[str, ScopeSet],
    *,
    of_okta: bool,
) -> Iterator[Entry]:
    if listed == _ALL:
        scopes = sets.get(str(path[-1]))
        if scopes is not None:
            yield from _every_entry(problems, path, scopes, of_okta=of_okta)
        return
    for index, keys in enumerate(listed):
        if keys is not None:
            read = entry(problems, (*path, index), keys, of_okta=of_okta)
            if read:
                yield read


def _every_entry(
    problems: Problems, path: Path, scopes: ScopeSet, *, of_okta: bool
) -> Iterator[Entry]:
    """The operations that `all` selects: those in the catalog that need exactly these scopes."""
    every = catalog.needing(scopes) if of_okta else ()
    operations = [operation for operation in every if not operation.host]
    if not of_okta:
        message = f"`all` works only with the org authorization server: {ONLY_OKTA}"
        problems.error("R021", path, message, "list each endpoint: `- GET /orders/{orderId}`")
    elif len(operations) < len(every):
        others = [operation for operation in every if operation.host]
        add = problems.warning if operations else problems.error
        hint = "delete this key" if not operations else "they are left out of `all`"
        for operation in others:
            add("R046", path, other_host(operation), f"{hint}: the request would go to the org")
    elif not operations:
        guess = problems.nearest(scopes[0], catalog.scopes()) if len(scopes) == 1 else None
        hint = "list each endpoint: `- GET /api/v1/users`"
        hint = f"did you mean `{guess}`? Otherwise {hint}" if guess else hint
        problems.error("R021", path, f"no Okta operation needs exactly `{path[-1]}`", hint)
    for operation in operations:
        yield entry_of_operation(path, operation)


def _scope_set(problems: Problems, path: Path, key: str, *, commas: bool) -> ScopeSet | None:
    text = key if commas else re.sub(f"[{_OTHER_SEPARATORS}]", " ", key)
    words = (word.strip(_OTHER_SEPARATORS) for word in text.split())
    scopes = [word for word in words if word]
    distinct = list(dict.fromkeys(scopes))
    add: Callable[[str, Path, str, str], None] = problems.error_at_key
    if "{{" in key or "}}" in key:
        hint = "write the scope itself: what is generated must name every scope"
        add("R023", path, f"`{key}` contains a variable", hint)
    elif not scopes:
        hint = (
            f"write a scope, or list the endpoints under `{TOKEN_ONLY}:` if they need a token and "
            f"no scope, under `{PUBLIC}:` if they need no token"
        )
        add("R013", path, "the scope is empty", hint)
    elif key.split(" ") != scopes:
        hint = f"write `{' '.join(scopes)}`"
        add("R013", path, "scopes are not separated by exactly one space", hint)
    elif not all(map(is_scope, scopes)):
        hint = "use printable ASCII without quotes and backslashes (RFC 6749, 3.3)"
        add("R013", path, f"`{key}` is not a valid scope", hint)
    elif distinct != scopes:
        add("R013", path, "a scope is listed twice in one key", f"write `{' '.join(distinct)}`")
    else:
        return tuple(sorted(scopes))
    return None
