"""The door of the room: a description goes in, a workspace comes out."""

from __future__ import annotations

from collections import Counter

from okta_postman import templates
from okta_postman.compose.auth import oauth2
from okta_postman.compose.folders import compose_items
from okta_postman.compose.ids import stable_id
from okta_postman.compose.scripts import scripts
from okta_postman.compose.variables import environment_variables, is_confidential
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.postman.model import Collection, OAuth2, Variable, Workspace
from okta_postman.postman.model import Environment as Composed


def compose(manifest: Manifest) -> Workspace:
    """Everything about the result but its spelling."""
    environments = tuple(_environment(manifest, each) for each in manifest.environments)
    return Workspace(manifest.slug, _collection(manifest, environments[0]), environments)


def _collection(manifest: Manifest, first: Composed) -> Collection:
    return Collection(
        id=stable_id(manifest.id, "collection"),
        name=manifest.name,
        description=_documentation(manifest, first.variables),
        items=compose_items(manifest),
        variables=first.variables,
        auth=_shared_auth(manifest),
        scripts=scripts(manifest.layout),
    )


def _shared_auth(manifest: Manifest) -> OAuth2 | None:
    if manifest.layout.auth != "collection":
        return None
    return oauth2(manifest, _all_scopes(manifest))


def _environment(manifest: Manifest, environment: Environment) -> Composed:
    return Composed(
        id=stable_id(manifest.id, "environment", environment.slug),
        slug=environment.slug,
        name=f"{manifest.name} - {environment.name}",
        variables=environment_variables(manifest, environment),
    )


def _all_scopes(manifest: Manifest) -> Counter[str]:
    """Every scope, and how many requests ask for it."""
    return Counter(scope for request in manifest.requests for scope in request.scopes)


_ASKS = {
    "request": "exactly the scopes that it needs.",
    "folder": "the scopes of its folder, whose requests share one token.",
    "collection": "all scopes of the collection: one token serves every request.",
}
_WHERE = {"request": "the request's", "folder": "the folder's", "collection": "the collection's"}


def _documentation(manifest: Manifest, variables: tuple[Variable, ...]) -> str:
    blanks = [each.key for each in variables if not each.value and not each.secret]
    return templates.render(
        "collection.md",
        description=manifest.description,
        asks=_ASKS[manifest.layout.auth],
        where=_WHERE[manifest.layout.auth],
        several=len(manifest.environments) > 1,
        confidential=is_confidential(manifest),
        blanks=blanks,
        environments=manifest.environments,
        granted=any(map(is_okta_scope, _all_scopes(manifest))),
        scopes=sorted(_all_scopes(manifest).items()),
    )
