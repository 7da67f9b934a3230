"""Composes the workspace of a manifest: its collection and its environments."""

from __future__ import annotations

from collections import Counter
from typing import Final

from okta_postman import templates
from okta_postman.compose.auth import oauth2
from okta_postman.compose.folders import compose_items
from okta_postman.compose.ids import stable_id
from okta_postman.compose.scripts import scripts
from okta_postman.compose.variables import environment_variables, is_confidential
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.okta.scopes import is_okta_scope, scopes_label
from okta_postman.postman import model as postman
from okta_postman.postman.model import Collection, OAuth2, Variable, Workspace


def compose(manifest: Manifest) -> Workspace:
    """The workspace of a manifest, with everything decided but its format.

    The collection has the variables of the first environment, so that it works with none chosen.
    """
    environments = tuple(
        _environment(manifest, environment) for environment in manifest.environments
    )
    return Workspace(manifest.slug, _collection(manifest, environments[0]), environments)


def _collection(manifest: Manifest, first: postman.Environment) -> Collection:
    return Collection(
        id=stable_id(manifest.id, "collection"),
        name=manifest.name,
        description=_documentation(manifest, first.variables),
        items=compose_items(manifest),
        variables=first.variables,
        auth=_shared_auth(manifest),
        scripts=scripts(manifest),
    )


def _shared_auth(manifest: Manifest) -> OAuth2 | None:
    if manifest.layout.auth != "collection":
        return None
    return oauth2(manifest, _all_scopes(manifest))


def _environment(manifest: Manifest, environment: Environment) -> postman.Environment:
    return postman.Environment(
        id=stable_id(manifest.id, "environment", environment.slug),
        slug=environment.slug,
        name=f"{manifest.name} - {environment.name}",
        variables=environment_variables(manifest, environment),
    )


def _without_scopes(manifest: Manifest) -> Counter[str]:
    """What the requests without scopes are sent with, and how many of each kind there are."""
    unscoped = (request for request in manifest.requests if not request.scopes)
    return Counter(scopes_label((), public=request.public) for request in unscoped)


def _all_scopes(manifest: Manifest) -> Counter[str]:
    """Every scope, and how many requests need it."""
    return Counter(scope for request in manifest.requests for scope in request.scopes)


_REQUESTED_SCOPES: Final = {
    "request": "exactly the scopes that it needs.",
    "folder": "the scopes of its folder, whose requests share one token.",
    "collection": "all scopes of the collection: one token serves every request.",
}
_SETTINGS_OF: Final = {
    "request": "the request's",
    "folder": "the folder's",
    "collection": "the collection's",
}


def _documentation(manifest: Manifest, variables: tuple[Variable, ...]) -> str:
    blanks = [variable.key for variable in variables if not variable.value and not variable.secret]
    return templates.render(
        "collection.md",
        description=manifest.description,
        asks=_REQUESTED_SCOPES[manifest.layout.auth],
        where=_SETTINGS_OF[manifest.layout.auth],
        several=len(manifest.environments) > 1,
        confidential=is_confidential(manifest),
        blanks=blanks,
        parameters=manifest.sign_in_parameters,
        environments=manifest.environments,
        granted=any(map(is_okta_scope, _all_scopes(manifest))),
        scopes=sorted(_all_scopes(manifest).items()),
        public=any(request.public for request in manifest.requests),
        without=sorted(_without_scopes(manifest).items()),
    )
