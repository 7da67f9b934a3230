"""The token guard and the explanations of what Okta answers, as scripts."""

from __future__ import annotations

from generator import texts
from generator.model import Layout
from generator.workspace import Script


def scripts(layout: Layout) -> tuple[Script, ...]:
    """The scripts of a collection: before each request, and after each response."""
    if not layout.scripts:
        return ()
    return (
        Script("prerequest", texts.render("guard.js")),
        Script("test", texts.render("explain.js")),
    )
