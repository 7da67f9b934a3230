"""What an update of a description brought: operations that came, went and changed scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from okta_postman.okta.scopes import joined
from okta_postman.openapi.update import Difference
from okta_postman.operation import ScopeSet

_KINDS: Final = ("came", "went", "changed")


def report(differences: Sequence[Difference], *, prune: bool) -> str:
    """A line for each operation, and one that counts them."""
    lines = [f"{each.kind:8}{each.endpoint}  {_scopes(each)}\n" for each in differences]
    counted = Counter(each.kind for each in differences)
    if not counted:
        return "nothing changed\n"
    said = [f"{counted[kind]} {kind}" for kind in _KINDS]
    kept = "" if prune or not counted["went"] else " (kept; --prune takes them out)"
    return f"{''.join(lines)}{said[0]}, {said[1]}{kept}, {said[2]} scope\n"


def _scopes(difference: Difference) -> str:
    parts = [_either(each) for each in (difference.before, difference.after) if each]
    return " -> ".join(parts)


def _either(scope_sets: Iterable[ScopeSet]) -> str:
    return " or ".join(map(joined, scope_sets))
