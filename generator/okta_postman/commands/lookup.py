"""What a user means who names an environment, or a request, of a description."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from okta_postman.manifest.model import Environment, Manifest, Request
from okta_postman.okta.scopes import LONGEST_SCOPES, is_scope, joined
from okta_postman.operation import PARAMETER, ScopeSet
from okta_postman.problems import UserError


def environment_named(manifest: Manifest, name: str | None) -> Environment:
    """The environment of a name, or the only one.

    Raises UserError with the names there are.
    """
    known = {each.name: each for each in manifest.environments}
    listed = ", ".join(f"`{each}`" for each in known)
    if name is None and len(known) == 1:
        return manifest.environments[0]
    if name is None:
        raise UserError(f"which environment is meant? Say --environment with one of {listed}")
    if name not in known:
        raise UserError(f"there is no environment `{name}`; there is {listed}")
    return known[name]


def scopes_named(manifest: Manifest, asked: str) -> ScopeSet:
    """The scopes of a request, named by its name, its `METHOD /path`, or by the scopes themselves.

    Raises UserError with the nearest names, or if the requests that fit differ in their scopes.
    """
    asked = " ".join(asked.split())
    found = {each.scopes for each in manifest.requests if _fits(each, asked)}
    if not found:
        raise UserError(f"there is no request `{asked}`{_suggestion(manifest, asked)}")
    if len(found) > 1:
        raise UserError(f"`{asked}` is several requests with other scopes each; say their names")
    return found.pop()


def scopes_to_ask(
    manifest: Manifest, given: list[str], request: str | None, *, every: bool
) -> ScopeSet:
    """The scopes of the one token that is meant.

    Raises UserError if none is named though the description asks for several, or more than one way
    of naming is used.
    """
    if (bool(given), request is not None, every).count(True) > 1:
        raise UserError("say one of --scope, --request and --all")
    if given:
        return scopes_given(given)
    if request is not None:
        return scopes_named(manifest, request)
    if every or len(manifest.token_scopes) == 1:
        return every_scope(manifest)
    sets = ", ".join(f"--request '{joined(each)}'" for each in manifest.token_scopes)
    raise UserError(f"which token is meant? Say --all, or one of {sets}")


def scopes_given(texts: Iterable[str]) -> ScopeSet:
    """The scopes typed as options, each of which may hold several; UserError if one is none."""
    scopes = sorted({scope for text in texts for scope in text.split()})
    wrong = [scope for scope in scopes if not is_scope(scope) or "," in scope]
    if wrong or not scopes:
        raise UserError(f"`{' '.join(wrong)}` is no scope: write `--scope okta.users.read`")
    return tuple(scopes)


def every_scope(manifest: Manifest) -> ScopeSet:
    """All scopes of a description; raises UserError if Okta would not take so many at once."""
    scopes = tuple(sorted({scope for each in manifest.requests for scope in each.scopes}))
    length = len(joined(scopes))
    if length > LONGEST_SCOPES:
        raise UserError(
            f"all scopes at once are {length} characters, and Okta documents at most "
            f"{LONGEST_SCOPES}: name a request"
        )
    return scopes


def _fits(request: Request, asked: str) -> bool:
    shape = PARAMETER.sub("{}", asked)
    scopes = tuple(sorted(asked.split()))
    return asked == request.name or shape == request.endpoint.shape or scopes == request.scopes


def _suggestion(manifest: Manifest, asked: str) -> str:
    known = dict.fromkeys(
        name
        for each in manifest.requests
        for name in (each.name, str(each.endpoint), joined(each.scopes))
    )
    near = difflib.get_close_matches(asked, known, n=3, cutoff=0.5) or list(known)[:3]
    return f"; there is {', '.join(f'`{each}`' for each in near)}"
