"""The explanations of problem codes: one Markdown page for each, in `templates/problems/`."""

from __future__ import annotations

from okta_postman import templates

_FOLDER = "problems"


def explanation(code: str) -> str | None:
    """The page of a code, in upper or lower case; None if there is no such code."""
    by_name = {known.upper(): known for known in codes()}
    name = by_name.get(code.strip().upper())
    return _page(name) if name else None


def index() -> str:
    """Every code with its title, one on each line."""
    titles = [_page(code).partition("\n")[0].removeprefix("# ") for code in codes()]
    return "".join(f"{title}\n" for title in titles)


def codes() -> list[str]:
    """Every code that has a page, sorted."""
    return sorted(name.removesuffix(".md") for name in templates.names(_FOLDER))


def _page(code: str) -> str:
    return templates.read(f"{_FOLDER}/{code}.md") or ""
