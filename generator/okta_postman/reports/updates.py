"""What an update found: operations that are new, no longer in the document, or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from okta_postman.okta.scopes import joined
from okta_postman.openapi.update import Difference
from okta_postman.operation import ScopeSet


def report(differences: Sequence[Difference], *, prune: bool) -> str:
    """A line for each operation, and one with their numbers."""
    if not differences:
        return "nothing changed\n"
    lines = [
        f"{difference.kind:<9}{difference.endpoint}  {_scopes(difference)}\n"
        for difference in differences
    ]
    counts = Counter(difference.kind for difference in differences)
    kept = "" if prune or not counts["removed"] else " (kept; --prune removes them)"
    return (
        f"{''.join(lines)}{counts['added']} new, "
        f"{counts['removed']} no longer in the document{kept}, "
        f"{counts['changed']} with other scopes\n"
    )


def _scopes(difference: Difference) -> str:
    """The scope sets before and after, as far as there are any."""
    return " -> ".join(map(_any_of, filter(None, (difference.before, difference.after))))


def _any_of(scope_sets: Iterable[ScopeSet]) -> str:
    return " or ".join(map(joined, scope_sets))
