"""Which variables migrated collections ask for, and which held their tokens until now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

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


def needs(texts: Sequence[str], used: Iterable[Decision], names: Iterable[str]) -> Needs:
    """What collections ask for now, and what they used as credentials until now.

    Of variables that nothing uses, `names` tell which are API tokens of Okta.
    """
    sent = [
        json.dumps(_sent(json.loads(each, parse_int=float)), ensure_ascii=False) for each in texts
    ]
    named = frozenset(name for each in sent for name in REFERENCE.findall(each))
    held = [each for one in used if not one.is_away for each in one.credentials]
    api_tokens = {name for each in held if each.scheme != "Bearer" for name in each.variables}
    tokens = {name for each in held for name in each.variables}
    tokens |= {name for name in names if _API_TOKEN.fullmatch(name)}
    return Needs(named, frozenset(tokens), frozenset(api_tokens - named))


def _sent(data: Any) -> Any:  # noqa: ANN401 - what JSON can say
    """A collection without its saved responses, whose requests nobody sends."""
    if isinstance(data, list):
        return [_sent(each) for each in data]
    if not isinstance(data, dict):
        return data
    saved = "response" if "request" in data else ""
    return {key: _sent(each) for key, each in data.items() if key != saved}


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
