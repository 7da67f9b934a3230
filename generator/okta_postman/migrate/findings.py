"""What a person has to look at in a collection: unknown scopes, scripts, tokens that stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from okta_postman.migrate.collection import Plan
from okta_postman.migrate.credentials import scripted
from okta_postman.migrate.decide import Decision
from okta_postman.migrate.endpoints import other_org
from okta_postman.migrate.formats import File
from okta_postman.migrate.requests import holders_of, scripts_of, variable_name
from okta_postman.migrate.tree import child, elements, text
from okta_postman.okta.scopes import LONGEST_SCOPES, joined
from okta_postman.postman.variables import REFERENCE
from okta_postman.problems import Position, Problem

_LEVELS: Final = {"folder": "request", "collection": "folder"}


def collection_problems(file: File, plan: Plan) -> Iterator[Problem]:
    """A warning for each request and script that is not, or not wholly, migrated."""
    for decision in plan.decisions:
        if decision.outcome == "unknown":
            yield _unknown(file, plan, decision)
        yield from _not_granted(file, plan, decision)
    yield from _for_other_orgs(file, plan)
    for holder in holders_of(file.root):
        if holder.start in plan.levels.kept:
            place = file.position(child(holder, "auth") or holder)
            message = "this API token stays: requests that are not migrated are sent with it"
            hint = (
                "say the scopes of those that are unknown, or take it away with --remove-unknown; "
                "give those that are left auth of their own"
            )
            yield Problem("P019", message, hint, place, "warning")
    yield from _scripts(file)


def too_long(plan: Plan) -> Iterator[Problem]:
    """An error for each block that asks for more than Okta takes."""
    for scopes in plan.levels.blocks.values():
        length = len(joined(scopes))
        if length > LONGEST_SCOPES:
            level = plan.description.layout.auth
            message = f"a token for this {level} asks for {length} characters of scopes"
            lower = _LEVELS.get(level, "request")
            auth = f"`collection: {{auth: {lower}}}`"
            hint = f"Okta takes {LONGEST_SCOPES}: give the description {auth}"
            yield Problem("P021", message, hint, Position(1, 1))


def _unknown(file: File, plan: Plan, decision: Decision) -> Problem:
    said = f"`{decision.request.method} {decision.target.path}`"
    message = f"the scopes of {said} are not known: {decision.reason}"
    hint = (
        "its API token is gone, and nothing takes its place"
        if plan.remove_unknown
        else "say them in the description's `scopes`, or take the API token away with "
        "--remove-unknown"
    )
    where = decision.credentials[0].node if decision.headers else decision.request.item
    name = child(decision.request.item, "name")
    place = file.position(where if decision.headers else name or where)
    return Problem("P016", message, hint, place, "warning")


def _for_other_orgs(file: File, plan: Plan) -> Iterator[Problem]:
    orgs = tuple(each.org for each in plan.description.environments)
    found: dict[str, list[Decision]] = {}
    for each in plan.decisions:
        host = other_org(each.target, orgs) if each.outcome == "migrated" else ""
        if host:
            found.setdefault(host, []).append(each)
    for host, decisions in found.items():
        count = len(decisions)
        said = "1 request goes" if count == 1 else f"{count} requests go"
        message = f"{said} to `{host}`, an org that the description does not have"
        hint = "its token is refused there: write `{{baseUrl}}` for the host, or describe that org"
        item = decisions[0].request.item
        place = file.position(decisions[0].request.url or child(item, "name") or item)
        yield Problem("P026", message, hint, place, "warning")


def undefined(file: File, plan: Plan) -> Iterator[Problem]:
    """A warning if a collection does not say itself what the variables of its blocks are."""
    said = {variable_name(each) for each in elements(child(file.root, "variable"))}
    asked = dict.fromkeys(REFERENCE.findall(json.dumps(plan.block(()))))
    missing = [f"`{name}`" for name in asked if name not in said and name != "state"]
    if missing:
        message = f"no file says what these are, with which one signs in: {', '.join(missing)}"
        hint = (
            "give the environment that is used with the collection, too, and it gains them; or "
            "`okta-postman generate` writes one, in which the org is `{{baseUrl}}`"
        )
        place = file.position(child(file.root, "info", "name") or file.root)
        yield Problem("P028", message, hint, place, "warning")


def _not_granted(file: File, plan: Plan, decision: Decision) -> Iterator[Problem]:
    for environment in plan.description.environments:
        grants = environment.app.grants
        missing = [each for each in decision.scopes if grants is not None and each not in grants]
        if missing:
            message = (
                f"`{decision.request.name}` needs `{missing[0]}`, which is not in `app.grants`"
            )
            hint = "grant it to the app in the Admin Console, and add it to `app.grants`"
            place = file.position(child(decision.request.item, "name") or decision.request.item)
            yield Problem("P022", message, hint, place, "warning")
            return


def _scripts(file: File) -> Iterator[Problem]:
    for lines in scripts_of(file.root):
        telling = next((line for line in lines if scripted(text(line))), None)
        if telling:
            message = "this script deals with a credential, and still does"
            hint = "delete the line if it sets the header: the token comes from the auth now"
            yield Problem("P017", message, hint, file.position(telling), "warning")
