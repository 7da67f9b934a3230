"""Grants: the scopes that an admin has granted to the app."""

from __future__ import annotations

from collections.abc import Sequence

from okta_postman.manifest.draft import Draft
from okta_postman.manifest.model import Environment
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.requests import granted_scopes, missing_grants
from okta_postman.wording import listed


def scopes_are_granted(draft: Draft, problems: Problems) -> None:
    """R016: where `app.grants` lists scopes, those of each request must be among them."""
    granted = granted_scopes(draft.environments)
    every = {scope for settings in draft.settings for scope in settings.grants or ()}
    for scoped, request in zip(draft.scoped, draft.requests, strict=True):
        missing = missing_grants(request.scopes, granted)
        if missing:
            needed = listed(missing)
            message = f"`{request.endpoint}` needs {needed}, which `app.grants` does not list"
            it = "it" if len(missing) == 1 else "them"
            hint = f"grant {it} under Applications > your app > Okta API Scopes, then list {it}"
            guess = problems.nearest(missing[0], every - set(missing), cutoff=0.92)
            hint = f"`{guess}` is listed: is that a typo? Otherwise {hint}" if guess else hint
            hint += _for_environments(missing, draft.environments)
            problems.error("R016", scoped.entry.path, message, hint)


def _for_environments(missing: list[str], environments: Sequence[Environment]) -> str:
    """The environments whose app lacks a grant, if a manifest has several."""
    names = [
        environment.name
        for environment in environments
        if missing_grants(missing, environment.app.grants)
    ]
    return f" for {listed(names)}" if len(environments) > 1 else ""
