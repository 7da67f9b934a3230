"""Which variables migrated collections ask for, and which held their tokens until now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from generator.migrate.decide import Decision, is_ours
from generator.migrate.requests import own_auth
from generator.model import CONNECTION_VARIABLES
from generator.workspace import REFERENCE

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
    used: Iterable[Decision],
    variables: Mapping[str, Collection[str]],
) -> Needs:
    """What migrated collections ask for, and what they used as credentials until now.

    `asked` is what is sent, and `scripts` the code that runs; `variables` have each its values. Of
    those that nothing uses, the name tells which are API tokens of Okta.
    """
    held = [each for one in used if not one.is_away for each in one.credentials]
    made_of = {
        name: frozenset(REFERENCE.findall(" ".join(values))) for name, values in variables.items()
    }
    api_tokens = _with_parts(
        (name for each in held if each.scheme != "Bearer" for name in each.variables), made_of
    )
    tokens = _with_parts((name for each in held for name in each.variables), made_of)
    tokens |= {name for name in variables if _API_TOKEN.fullmatch(name)}
    named = _with_parts((name for each in asked for name in REFERENCE.findall(each)), made_of)
    quoted = [re.compile(rf"([\"'`]){re.escape(name)}\1") for name in api_tokens]
    named |= {
        name
        for name, said in zip(api_tokens, quoted, strict=True)
        if any(said.search(code) for code in scripts)
    }
    return Needs(named, tokens, api_tokens - named)


def _with_parts(names: Iterable[str], made_of: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Variables, and those that their values are made of."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += made_of.get(name, ())
    return frozenset(found)


def names_in_blocks(decided: Sequence[Decision]) -> Mapping[str, str]:
    """Other names for the variables of blocks that stand in a path, where they mean something else.

    `DELETE /oauth2/v1/clients/{{clientId}}` must not delete the app that everyone signs in with.
    A block that has the other name already keeps it.
    """
    in_paths = REFERENCE.findall("".join(each.target.path for each in decided))
    in_blocks = REFERENCE.findall("".join(value for each in decided for value in _parameters(each)))
    others = {name: f"oauth{name[0].upper()}{name[1:]}" for name in CONNECTION_VARIABLES}
    return {name: other for name, other in others.items() if name in in_paths or other in in_blocks}


def _parameters(decision: Decision) -> Iterator[str]:
    """What stands in the block that a request is sent with already."""
    auth = own_auth(decision.holder) if decision.holder else None
    if auth and is_ours(auth):
        yield from (str(value) for value in auth.parameters.values())
