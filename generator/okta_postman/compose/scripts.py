"""The scripts of a collection: a check of the token, and an explanation of each response."""

from __future__ import annotations

from okta_postman import templates
from okta_postman.manifest.model import Manifest
from okta_postman.postman.model import Script


def scripts(manifest: Manifest) -> tuple[Script, ...]:
    """One script before each request and one after each response, unless they are switched off."""
    if not manifest.layout.scripts:
        return ()
    public = any(request.public for request in manifest.requests)
    return (
        Script("prerequest", templates.render("guard.js")),
        Script("test", templates.render("explain.js", public=public)),
    )
