"""Which variables migrated collections ask for, and which held their tokens until now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from okta_postman.migrate.decide import Decision, is_ours, other_name
from okta_postman.migrate.formats import File
from okta_postman.migrate.requests import own_auth, variable_name, variables_of
from okta_postman.migrate.tree import child, elements, text
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE

_API_TOKEN: Final = re.compile(
    r"okta[-_ ]?api[-_ ]?(?:key|token)|(?:okta[-_ ]?)?ssws(?:[-_ ]?(?:key|token))?", re.IGNORECASE
)


class Needs(NamedTuple):
    """The variables that migrated collections ask for, and those that hold tokens of the org.

    `gone` are those of API tokens that nothing asks for any more.
    """

    named: frozenset[str]
    tokens: frozenset[str]
    gone: frozenset[str]


def needs(
    asked: Sequence[str],
    scripts: Sequence[str],
    used: Sequence[Decision],
    variables: Mapping[str, Collection[str]],
) -> Needs:
    """What migrated collections ask for, and what they used as credentials until now.

    `asked` is what is sent, and `scripts` the code that runs; `variables` have each its values.
    """
    api_tokens = _credentials_of(used, variables, besides=("Bearer",))
    named = {name for each in asked for name in REFERENCE.findall(each)}
    named |= {each for each in api_tokens if any(_is_in(each, code) for code in scripts)}
    every = _with_parts(named, variables)
    return Needs(every, token_variables(used, variables), api_tokens - every)


def token_variables(
    used: Sequence[Decision], variables: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """The variables that hold tokens of the org: credentials are made of them, or they say so."""
    called = {name for name in variables if _API_TOKEN.fullmatch(name)}
    return _credentials_of(used, variables) | called


def variables_in(files: Iterable[File]) -> dict[str, list[str]]:
    """The values of variables, by name, in environments and collections."""
    found: dict[str, list[str]] = {}
    for each in (each for file in files for each in variables_of(file.root)):
        found.setdefault(variable_name(each), []).append(text(child(each, "value")))
    return found


def _credentials_of(
    used: Sequence[Decision],
    variables: Mapping[str, Collection[str]],
    besides: Collection[str] = (),
) -> frozenset[str]:
    """The variables that credentials of the org are made of, but those of some schemes."""
    held = [each for one in used if not one.is_away for each in one.credentials]
    names = {name for each in held if each.scheme not in besides for name in each.variables}
    return _with_parts(names, variables)


def _is_in(name: str, code: str) -> bool:
    """Whether a script asks for a variable, by its name or, in old ones, as an attribute."""
    asked = rf"([\"'`]){re.escape(name)}\1|\b(?:environment|globals)\.{re.escape(name)}\b"
    return name in code and bool(re.search(asked, code))


def _with_parts(names: Iterable[str], variables: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Variables, and those that their values are made of."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += (
                part for each in variables.get(name, ()) for part in REFERENCE.findall(each)
            )
    return frozenset(found)


def names_in_blocks(decided: Sequence[Decision], variables: Collection[str]) -> Mapping[str, str]:
    """Other names for the variables of blocks that stand in a path, where they mean something else.

    `DELETE /oauth2/v1/clients/{{clientId}}` must not delete the app that everyone signs in with.
    A block, or an environment, that has the other name already keeps it.
    """
    in_paths = REFERENCE.findall("".join(part for each in decided for part in _in_path(each)))
    in_blocks = REFERENCE.findall("".join(value for each in decided for value in _parameters(each)))
    kept = {*in_blocks, *variables}
    others = {name: other_name(name) for name in CONNECTION_VARIABLES}
    return {name: other for name, other in others.items() if name in in_paths or other in kept}


def _in_path(decision: Decision) -> Iterator[str]:
    """The path of a request, and what its path variables are filled with."""
    yield decision.target.path
    for each in elements(child(decision.request.url, "variable")):
        yield text(child(each, "value"))


def _parameters(decision: Decision) -> Iterator[str]:
    """What stands in the block that a request is sent with already."""
    auth = own_auth(decision.holder) if decision.holder else None
    if auth and is_ours(auth):
        yield from (str(value) for value in auth.parameters.values())
