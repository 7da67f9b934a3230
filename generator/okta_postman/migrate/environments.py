"""Environments lose the API token, and gain the variables that OAuth 2.0 settings need."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from okta_postman.compose.variables import connection_variables
from okta_postman.documents.data import Data, edited
from okta_postman.manifest.model import Environment as ManifestEnvironment
from okta_postman.manifest.model import Manifest
from okta_postman.migrate.edit_collection import with_member
from okta_postman.okta.org_url import OKTA_DOMAINS
from okta_postman.postman.environment import variable_to_json
from okta_postman.postman.existing.collection import Content, Variable
from okta_postman.postman.model import Variable as NewVariable

# Hosts of Okta itself, which people keep beside the one they call.
_NO_ORGS: Final = ("developer", "help", "login", "status", "support", "trust", "www")
_ORG: Final = re.compile(
    rf"(?:https?://)?(?!(?:{'|'.join(_NO_ORGS)})\.)"
    rf"([\w-]+?)(?:-admin)?\.({'|'.join(map(re.escape, OKTA_DOMAINS))})(?=[/:?#]|$)",
    re.IGNORECASE,
)
"""The URL of an org, as people write it: without `https://`, or that of its Admin Console."""

_OF_AN_ORG: Final = ("baseUrl", "authUrl", "accessTokenUrl", "clientId")


class Match(NamedTuple):
    """The environment of a manifest that a file is taken for.

    `other_org` is a variable with the URL of an org that the manifest does not have. The match
    `is_guessed` if several environments may be meant, and this is the first.
    """

    environment: ManifestEnvironment
    other_org: Variable | None
    is_guessed: bool


def match(manifest: Manifest, environment: Content) -> Match:
    """The environment with the same org, or else with the same name, or else the first.

    If a file names several orgs of the manifest, its name decides.
    """
    variables = [variable for variable in environment.variables if variable.is_on]
    urls = [org_of(variable.value) for variable in variables]
    name = environment.name.lower()
    named = [candidate for candidate in manifest.environments if candidate.name == name]
    same_org = [candidate for candidate in manifest.environments if _is_in(candidate.org, urls)]
    orgs = [variable for variable in variables if _ORG.match(variable.value.strip())]
    other = orgs[0] if orgs and not same_org else None
    both = [candidate for candidate in same_org if candidate in named]
    candidates = both or same_org or named or manifest.environments
    return Match(candidates[0], other, len(candidates) > 1)


def _is_in(org: str, urls: Iterable[str]) -> bool:
    """Whether one of some URLs is that of an org, or below it."""
    return any(f"{url}/".startswith(f"{org}/") for url in urls)


def org_of(value: str) -> str:
    """The URL of the org in a URL in a domain of Okta's; any other value as it is."""
    url = value.strip()
    found = _ORG.match(url)
    return f"https://{found[1]}.{found[2]}".lower() if found else url


def wanted_variables(
    manifest: Manifest, matched: Match, used: Container[str], renamed: Mapping[str, str]
) -> list[NewVariable]:
    """The variables of OAuth 2.0 settings that are used, with their values for an environment."""
    wanted = []
    for variable in connection_variables(manifest, matched.environment):
        unknown = matched.other_org and variable.key in _OF_AN_ORG
        value = "" if unknown else variable.value
        key = renamed.get(variable.key, variable.key)
        if key in used:
            wanted.append(variable._replace(key=key, value=value))
    return wanted


def migrated(
    data: Data,
    environment: Content,
    wanted: Sequence[NewVariable],
    unused: Container[str],
) -> Data:
    """A copy of the data of an environment: unused variables out, wanted ones in.

    Values that people set are kept.
    """
    values = {variable.key: variable.value for variable in wanted if variable.value}
    keys = {variable.key for variable in environment.variables}
    new = [variable_to_json(variable) for variable in wanted if variable.key not in keys]
    last = {variable.key: variable.path for variable in environment.variables}

    def edit(listed: Data) -> Data:
        kept = []
        for variable, entry in zip(environment.variables, listed, strict=True):
            if variable.key in unused:
                continue
            # Of several variables with one name, Postman uses the last.
            is_empty = not variable.value and last[variable.key] == variable.path
            if is_empty and variable.key in values:
                kept.append(with_member(entry, "value", values[variable.key], after="key"))
            else:
                kept.append(entry)
        return [*kept, *new]

    return edited(data, {(*environment.path, "values"): edit})
