"""The door of the room: a description goes in, a workspace comes out."""

from __future__ import annotations

from collections import Counter

from generator import texts
from generator.compose.auth import oauth2
from generator.compose.folders import compose_items
from generator.compose.identity import stable_id
from generator.compose.scripts import scripts
from generator.compose.variables import environment_variables, is_confidential
from generator.model import Description, Environment
from generator.okta.scopes import is_okta_scope
from generator.workspace import Collection, OAuth2, Variable, Workspace
from generator.workspace import Environment as Composed


def compose(description: Description) -> Workspace:
    """Everything about the result but its spelling."""
    environments = tuple(_environment(description, each) for each in description.environments)
    return Workspace(_collection(description, environments[0]), environments)


def _collection(description: Description, first: Composed) -> Collection:
    return Collection(
        id=stable_id(description.id, "collection"),
        file=f"{description.slug}.postman_collection.json",
        name=description.name,
        description=_documentation(description, first.variables),
        items=compose_items(description),
        variables=first.variables,
        auth=_shared_auth(description),
        scripts=scripts(description.layout),
    )


def _shared_auth(description: Description) -> OAuth2 | None:
    if description.layout.auth != "collection":
        return None
    return oauth2(description, _all_scopes(description))


def _environment(description: Description, environment: Environment) -> Composed:
    return Composed(
        id=environment_id(description.id, environment.slug),
        file=f"{description.slug}.{environment.slug}.postman_environment.json",
        name=f"{description.name} - {environment.name}",
        variables=environment_variables(description, environment),
    )


def environment_id(description_id: str, slug: str) -> str:
    """The id of an environment; a file with it was made from that description."""
    return stable_id(description_id, "environment", slug)


def _all_scopes(description: Description) -> Counter[str]:
    """Every scope, and how many requests ask for it."""
    return Counter(scope for request in description.requests for scope in request.scopes)


_ASKS = {
    "request": "exactly the scopes that it needs.",
    "folder": "the scopes of its folder, whose requests share one token.",
    "collection": "all scopes of the collection: one token serves every request.",
}
_WHERE = {"request": "the request's", "folder": "the folder's", "collection": "the collection's"}


def _documentation(description: Description, variables: tuple[Variable, ...]) -> str:
    blanks = [each.key for each in variables if not each.value and not each.secret]
    return texts.render(
        "collection.md",
        description=description.description,
        asks=_ASKS[description.layout.auth],
        where=_WHERE[description.layout.auth],
        several=len(description.environments) > 1,
        confidential=is_confidential(description),
        blanks=blanks,
        environments=description.environments,
        granted=any(map(is_okta_scope, _all_scopes(description))),
        scopes=sorted(_all_scopes(description).items()),
    )
