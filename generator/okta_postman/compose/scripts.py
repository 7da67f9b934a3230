"""The token guard and the explanations of what Okta answers, as scripts."""

from __future__ import annotations

from okta_postman import templates
from okta_postman.manifest.model import Layout
from okta_postman.postman.model import Script


def scripts(layout: Layout) -> tuple[Script, ...]:
    """The scripts of a collection: before each request, and after each response."""
    if not layout.scripts:
        return ()
    return (
        Script("prerequest", templates.render("guard.js")),
        Script("test", templates.render("explain.js")),
    )
