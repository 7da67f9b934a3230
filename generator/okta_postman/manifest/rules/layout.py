"""The layout of the collection: where the OAuth 2.0 settings go, and for how many scopes."""

from __future__ import annotations

from okta_postman.manifest.draft import Draft
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules.scopes import too_long
from okta_postman.okta.scopes import LONGEST_SCOPES, joined


def folders_hold_the_auth(draft: Draft, problems: Problems) -> None:
    """R034: settings on folders need folders."""
    if draft.layout.auth == "folder" and draft.layout.folders == "none":
        message = "there are no folders for the OAuth 2.0 settings"
        hint = "write `folders: scope`, or `auth: request`"
        problems.error("R034", ("collection", "auth"), message, hint)


def scopes_of_the_collection_are_short(draft: Draft, problems: Problems) -> None:
    """R015: settings on the collection ask for the scopes of all its requests."""
    if draft.layout.auth == "collection" and draft.has_okta_tokens:
        union = joined({scope for request in draft.requests for scope in request.scopes})
        if len(union) > LONGEST_SCOPES:
            hint = "write `auth: folder` or `auth: request`, so that each token has fewer scopes"
            problems.error("R015", ("collection", "auth"), too_long(len(union)), hint)
