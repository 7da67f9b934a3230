"""Changes as text for a terminal, and as Markdown for a pull request."""

from __future__ import annotations

from typing import Final

from okta_postman import templates
from okta_postman.problems import Source, visible
from okta_postman.reports.diff.rows import grant_note, places, rows, shortened, verdict
from okta_postman.review.changes import Changes
from okta_postman.review.inventory import Request

_MOST_ROWS: Final = 200
"""Rows of a comment, which may have 65,536 characters on GitHub."""
_MOST_REQUESTS: Final = 3


def as_text(changes: Changes, old: Source, new: Source) -> str:
    """A report for a terminal."""
    text = templates.render(
        "review/diff.txt",
        title=f"{changes.name}: {old.name} -> {new.name}",
        changes=changes,
        rows=rows(changes),
        verdict=verdict(changes),
        places=places,
        grant_note=grant_note,
        shortened=shortened,
    )
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


def as_markdown(changes: Changes, _old: Source, new: Source) -> str:
    """A comment on a pull request, or a job summary."""
    listed = rows(changes)
    text = templates.render(
        "review/diff.md",
        heading=f"Scopes of {templates.code(changes.name)} ({templates.code(new.name)})",
        changes=changes,
        rows=listed[:_MOST_ROWS],
        unsaid=max(0, len(listed) - _MOST_ROWS),
        verdict=verdict(changes),
        grant_note=grant_note,
        shortened=shortened,
        some=_some,
    )
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


def _some(requests: tuple[Request, ...]) -> str:
    """The first requests and the number of the others, as Markdown."""
    shown = [templates.code(request.endpoint) for request in requests[:_MOST_REQUESTS]]
    more = len(requests) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more else shown)
