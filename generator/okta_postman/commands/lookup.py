"""Finds the environment, and the scopes, that the options of a command name in a manifest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from okta_postman.manifest.model import Environment, Manifest, Request
from okta_postman.okta.scopes import LONGEST_SCOPES, is_scope, joined
from okta_postman.operation import PARAMETER, ScopeSet
from okta_postman.problems import UserError


def environment_named(manifest: Manifest, name: str | None) -> Environment:
    """The environment of a name; without a name, the only one.

    Raises UserError, with the names of the manifest, if there is none or several.
    """
    known = {environment.name: environment for environment in manifest.environments}
    names = ", ".join(f"`{key}`" for key in known)
    if name is None and len(known) == 1:
        return manifest.environments[0]
    if name is None:
        raise UserError(
            f"several environments are possible; pass --environment with one of {names}"
        )
    if name not in known:
        raise UserError(f"there is no environment `{name}`; the manifest has {names}")
    return known[name]


def scopes_named(manifest: Manifest, text: str) -> ScopeSet:
    """The scopes of a request, by its name, its `METHOD /path`, or the scopes themselves.

    Raises UserError, with the nearest names, if no request matches, or if those that match need
    different scopes.
    """
    text = " ".join(text.split())
    matching = [request for request in manifest.requests if _matches(request, text)]
    if not matching:
        raise UserError(f"there is no request `{text}`{_suggestion(manifest, text)}")
    scope_sets = {request.scopes for request in matching if not request.public}
    if not scope_sets:
        raise UserError(f"`{text}` is public: its request is sent without a token")
    if len(scope_sets) > 1:
        raise UserError(
            f"`{text}` matches requests that need different scopes; pass the name of one"
        )
    return scope_sets.pop()


def scopes_to_request(
    manifest: Manifest, given: list[str], request: str | None, *, every: bool
) -> ScopeSet:
    """The scopes of the token that the options ask for.

    Raises UserError if more than one option is used, or none although requests need different
    tokens.
    """
    if (bool(given), request is not None, every).count(True) > 1:
        raise UserError("pass only one of --scope, --request and --all")
    if given:
        return scopes_given(given)
    if request is not None:
        return scopes_named(manifest, request)
    if every or len(manifest.token_scopes) == 1:
        return every_scope(manifest)
    options = ", ".join(f"--request '{_name_of(manifest, each)}'" for each in manifest.token_scopes)
    raise UserError(f"several tokens are possible; pass --all or one of {options}")


def scopes_given(texts: Iterable[str]) -> ScopeSet:
    """The scopes in options, each of which can hold several; UserError if one is not a scope."""
    scopes = sorted({scope for text in texts for scope in text.split()})
    wrong = [scope for scope in scopes if not is_scope(scope) or "," in scope]
    if wrong or not scopes:
        raise UserError(f"`{' '.join(wrong)}` is not a scope: write `--scope okta.users.read`")
    return tuple(scopes)


def every_scope(manifest: Manifest) -> ScopeSet:
    """All scopes of a manifest; UserError if they are longer than Okta accepts in one request."""
    scopes = tuple(sorted({scope for request in manifest.requests for scope in request.scopes}))
    length = len(joined(scopes))
    if length > LONGEST_SCOPES:
        raise UserError(
            f"all scopes together are {length} characters, and Okta documents at most "
            f"{LONGEST_SCOPES}: name a request"
        )
    return scopes


def _name_of(manifest: Manifest, scopes: ScopeSet) -> str:
    """What names the token with these scopes; without scopes, the first request that has it."""
    unscoped = (request for request in manifest.requests if not request.scopes)
    return joined(scopes) or next(str(each.endpoint) for each in unscoped if not each.public)


def _matches(request: Request, text: str) -> bool:
    shape = PARAMETER.sub("{}", text)
    scopes = tuple(sorted(text.split())) or None
    return text == request.name or shape == request.endpoint.shape or scopes == request.scopes


def _suggestion(manifest: Manifest, text: str) -> str:
    known = dict.fromkeys(
        name
        for request in manifest.requests
        for name in (request.name, str(request.endpoint), joined(request.scopes))
        if name
    )
    near = difflib.get_close_matches(text, known, n=3, cutoff=0.5) or list(known)[:3]
    return f"; there is {', '.join(f'`{name}`' for name in near)}"
