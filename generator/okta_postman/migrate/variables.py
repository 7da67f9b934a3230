"""Which variables migrated collections need, and which have held their tokens until now."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final, NamedTuple

from okta_postman.migrate.credentials import Credential, is_ours, other_name
from okta_postman.migrate.decide import Decision
from okta_postman.postman.existing.collection import Content
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE

Values = Mapping[str, list[str]]
"""The values of each variable, by its name."""

_API_TOKEN: Final = re.compile(
    r"okta[-_ ]?api[-_ ]?(?:key|token)|(?:okta[-_ ]?)?ssws(?:[-_ ]?(?:key|token))?", re.IGNORECASE
)


class VariableUse(NamedTuple):
    """The variables that migrated collections use, and those that hold credentials of the org.

    `unused` are those of API tokens that nothing uses any more.
    """

    used: frozenset[str]
    tokens: frozenset[str]
    unused: frozenset[str]


def values_of(contents: Iterable[Content]) -> Values:
    """The values of all variables of some files."""
    values: dict[str, list[str]] = {}
    for content in contents:
        for variable in content.variables:
            values.setdefault(variable.key, []).append(variable.value)
    return values


def variable_use(
    sent: str, code: str, credentials: Iterable[Credential], values: Values
) -> VariableUse:
    """Which variables are used in what is sent and in the code of scripts, and which only were.

    The credentials are those of the org that requests were sent with until now.
    """
    listed = list(credentials)
    api_tokens = _variables_in((each for each in listed if each.scheme != "Bearer"), values)
    named = {*REFERENCE.findall(sent), *(name for name in api_tokens if _is_in_code(name, code))}
    used = _with_parts(named, values)
    return VariableUse(used, token_variables(listed, values), api_tokens - used)


def token_variables(credentials: Iterable[Credential], values: Values) -> frozenset[str]:
    """The variables that hold credentials of the org: by their use, or by their name."""
    return _variables_in(credentials, values) | {
        name for name in values if _API_TOKEN.fullmatch(name)
    }


def renamed_variables(decisions: Iterable[Decision], values: Container[str]) -> dict[str, str]:
    """Other names for variables of the OAuth 2.0 settings that mean something else in a path.

    `DELETE /oauth2/v1/clients/{{clientId}}` must not delete the app that everyone signs in with.
    Settings, or a file, that have the other name already keep it.
    """
    in_paths: set[str] = set()
    in_settings: set[str] = set()
    for decision in decisions:
        request, holder = decision.request, decision.authorization.holder
        for text in (request.target.path, *(value for _, value in request.path_variables)):
            in_paths.update(REFERENCE.findall(text))
        if holder and holder.auth and is_ours(holder.auth):
            for value in holder.auth.parameters.values():
                in_settings.update(REFERENCE.findall(str(value)))
    renamed = {}
    for name in CONNECTION_VARIABLES:
        other = other_name(name)
        if name in in_paths or other in in_settings or other in values:
            renamed[name] = other
    return renamed


def _variables_in(credentials: Iterable[Credential], values: Values) -> frozenset[str]:
    """The variables that credentials are made of."""
    return _with_parts((name for each in credentials for name in each.variables), values)


def _is_in_code(name: str, code: str) -> bool:
    """Whether a script uses a variable, by its name or, in old ones, as an attribute."""
    use = rf"([\"'`]){re.escape(name)}\1|\b(?:environment|globals)\.{re.escape(name)}\b"
    return name in code and bool(re.search(use, code))


def _with_parts(names: Iterable[str], values: Values) -> frozenset[str]:
    """Variables, those in their values, those in the values of these, and so on."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += (part for value in values.get(name, ()) for part in REFERENCE.findall(value))
    return frozenset(found)
