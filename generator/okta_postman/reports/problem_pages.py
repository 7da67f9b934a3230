"""What each problem code means: one Markdown file a code, in `templates/problems/`."""

from __future__ import annotations

from okta_postman import templates

_FOLDER = "problems"


def explanation(code: str) -> str | None:
    """The whole explanation of a code, in any case, or None if there is no such code."""
    known = {each.upper(): each for each in codes()}
    name = known.get(code.strip().upper())
    return templates.read(f"{_FOLDER}/{name}.md") if name else None


def index() -> str:
    """Every code and its title, a line each."""
    titles = ((templates.read(f"{_FOLDER}/{code}.md") or "").partition("\n")[0] for code in codes())
    return "".join(f"{title.removeprefix('# ')}\n" for title in titles)


def codes() -> list[str]:
    """Every code that is explained, sorted."""
    return sorted(name.removesuffix(".md") for name in templates.names(_FOLDER))
