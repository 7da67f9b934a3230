"""What a person has to look at: requests and scripts that need work, and values that disagree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from okta_postman.migrate.decide import Decision
from okta_postman.migrate.edit_collection import Plan
from okta_postman.migrate.endpoints import is_placeholder, other_org
from okta_postman.migrate.environments import Match, org_of
from okta_postman.migrate.variables import VariableUse
from okta_postman.okta.scopes import LONGEST_SCOPES, joined
from okta_postman.postman.existing.collection import Content
from okta_postman.postman.existing.file import PathProblem
from okta_postman.postman.model import Variable
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE

_SCRIPTED: Final = re.compile(r"\bSSWS\b|([\"'`])Authorization\1", re.IGNORECASE)
_LOWER: Final = {"folder": "request", "collection": "folder"}
_MAY_DIFFER: Final = ("baseUrl", "state")


def of_collection(plan: Plan) -> Iterator[PathProblem]:
    """What is not, or not wholly, migrated: requests, tokens and scripts; and what Okta refuses."""
    for decision in plan.decisions:
        if decision.outcome == "unknown":
            yield _unknown_scopes(plan, decision)
        yield from _not_granted(plan, decision)
    yield from _to_other_orgs(plan)
    yield from _too_many_scopes(plan)
    theirs = {each.request.path for each in plan.decisions if not each.for_org}
    for holder in plan.collection.holders:
        if holder.path in plan.placement.kept and holder.path not in theirs:
            message = "API token kept: requests that were not migrated still inherit it"
            hint = (
                "add the unknown scopes to the manifest or remove the token with --remove-unknown; "
                "give skipped requests auth of their own"
            )
            yield PathProblem("P019", message, hint, (*holder.path, "auth"))
    for script in plan.collection.scripts:
        line = next((path for path, line in script.lines if _SCRIPTED.search(line)), None)
        if line:
            message = "this script handles a credential and was left unchanged"
            hint = "delete the line if it sets the header: the OAuth 2.0 settings send the token"
            yield PathProblem("P017", message, hint, line)


def undefined_variables(plan: Plan) -> Iterator[PathProblem]:
    """A warning if no file has the variables of the OAuth 2.0 settings of a collection."""
    defined = {variable.key for variable in plan.collection.variables}
    asked = dict.fromkeys(REFERENCE.findall(json.dumps(plan.settings(()))))
    missing = [f"`{name}`" for name in asked if name not in defined and name != "state"]
    if missing:
        message = f"no value for {', '.join(missing)}"
        hint = (
            "add the collection's environment to this command, or use the one from `generate`, in "
            "which the org is `{{baseUrl}}`"
        )
        yield PathProblem("P028", message, hint, (*plan.collection.path, "info", "name"))


def of_environment(
    environment: Content,
    matched: Match,
    wanted: Sequence[Variable],
    renamed: Mapping[str, str],
    use: VariableUse,
) -> Iterator[PathProblem]:
    """A warning for each variable of an environment that may not be what it should be."""
    yield from _unmatched(environment, matched)
    values = {variable.key: variable.value for variable in wanted}
    stays = (use.tokens & use.used).difference(CONNECTION_VARIABLES)
    for variable in environment.variables:
        key, value = variable.key, variable.value
        at_value = (*variable.path, "value")
        expected = "" if key in _MAY_DIFFER else values.get(key, "")
        if key in values and not variable.is_on:
            message = f"`{key}` is disabled, and the migrated requests sign in with it"
            yield PathProblem("P020", message, "enable it in Postman", (*variable.path, "enabled"))
        if value and expected and value != expected:
            message = f"`{key}` differs from the manifest and was left unchanged"
            hint = f"requests sign in with it; for `{expected}`, empty it and migrate again"
            yield PathProblem("P020", message, hint, at_value)
        if value and key in renamed and value == values.get(renamed[key]):
            message = f"`{key}` is used in a request path but holds this app's own value"
            hint = f"empty it, so that nobody changes the app; sign-in uses `{renamed[key]}` now"
            yield PathProblem("P020", message, hint, at_value)
        if key in use.used and is_placeholder(value):
            message = f"`{key}` is still the placeholder `{value}`"
            hint = f"requests go there: type the URL of your org, like `{matched.environment.org}`"
            yield PathProblem("P020", message, hint, at_value)
        if key in stays:
            message = f"the variable `{key}` was kept: something still uses it"
            hint = (
                "a request that was not migrated, a script or another part of a request, like its "
                "URL; if its value was removed, type it in Postman again"
            )
            yield PathProblem("P023", message, hint, (*variable.path, "key"))


def _unknown_scopes(plan: Plan, decision: Decision) -> PathProblem:
    request = decision.request
    message = f"unknown scopes of `{request.method} {request.target.path}`: {decision.reason}"
    hint = "add them to `scopes` in the manifest, or remove the API token with --remove-unknown"
    if plan.loses_unknown(decision):
        hint = "its API token was removed, and nothing takes its place"
    elif not decision.for_org:
        hint = "add the environment that has the host to this command; its credential was kept"
    headers = decision.authorization.headers
    return PathProblem("P016", message, hint, headers[0].path if headers else request.path_of_name)


def _to_other_orgs(plan: Plan) -> Iterator[PathProblem]:
    """A warning for each org that the manifest does not have, at the first request to it."""
    orgs = tuple(environment.org for environment in plan.manifest.environments)
    found: dict[str, list[Decision]] = {}
    for decision in plan.decisions:
        host = other_org(decision.request.target, orgs) if decision.outcome == "migrated" else ""
        if host:
            found.setdefault(host, []).append(decision)
    for host, decisions in found.items():
        count = len(decisions)
        who = "1 request goes" if count == 1 else f"{count} requests go"
        message = f"{who} to `{host}`, an org that the manifest does not have"
        hint = "its token is refused there: use `{{baseUrl}}` for the host, or add that org"
        yield PathProblem("P026", message, hint, (*decisions[0].request.path, "url"))


def _not_granted(plan: Plan, decision: Decision) -> Iterator[PathProblem]:
    """A warning if the app of an environment lacks a scope of a request; one is enough."""
    for environment in plan.manifest.environments:
        grants = environment.app.grants
        missing = [scope for scope in decision.scopes if grants is not None and scope not in grants]
        if missing:
            request = decision.request
            message = f"`{request.name}` needs `{missing[0]}`, which is not in `app.grants`"
            hint = "grant it to the app in the Admin Console, and add it to `app.grants`"
            yield PathProblem("P022", message, hint, request.path_of_name)
            return


def _too_many_scopes(plan: Plan) -> Iterator[PathProblem]:
    """An error for each token that is requested with more scopes than Okta takes."""
    for scopes in plan.placement.settings.values():
        length = len(joined(scopes))
        if length > LONGEST_SCOPES:
            level = plan.manifest.layout.auth
            message = f"the scopes of a token for this {level} have {length} characters"
            lower = _LOWER.get(level, "request")
            auth = f"`collection: {{auth: {lower}}}`"
            hint = f"Okta takes {LONGEST_SCOPES}: write {auth} in the manifest"
            yield PathProblem("P021", message, hint, (), "error")


def _unmatched(environment: Content, matched: Match) -> Iterator[PathProblem]:
    if matched.other_org:
        org = org_of(matched.other_org.value)
        message = f"the manifest has no environment with the org `{org}`"
        hint = (
            "add it to `environments` in the manifest, or fill in the empty variables yourself: "
            "the URLs for signing in and the client ID"
        )
        yield PathProblem("P025", message, hint, (*matched.other_org.path, "value"))
    elif matched.is_guessed:
        message = "can't match this to an environment in the manifest"
        hint = f"it has the values of `{matched.environment.name}` now; give it the org or the name"
        yield PathProblem("P025", message, hint, (*environment.path, "name"))
