"""What a run changed, or would change: as findings, as a diff, and as lines for a person."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final

from generator.output import Change
from generator.problems import Checked, Position, Problem, Source

_CODES: Final = {
    "missing": ("P001", "is missing"),
    "differs": ("P002", "is not what its description generates"),
    "stale": ("P003", "is of an environment that the description no longer has"),
}
_DONE: Final = {"missing": "wrote", "differs": "wrote", "stale": "removed"}


def findings(changes: Iterable[Change], source: str) -> Iterator[Checked]:
    """A finding for each file that is not up to date."""
    for change in changes:
        if change.state in _CODES:
            code, what = _CODES[change.state]
            name = change.path.as_posix()
            hint = f"run `okta-postman generate {source}` and commit what it writes"
            problem = Problem(code, f"{change.path.name} {what}", hint, Position(1, 1))
            yield Checked(Source(name, ""), (problem,))


def diff(changes: Iterable[Change]) -> str:
    """A unified diff from what is there to what should be."""
    return "".join(line for change in changes for line in _diff(change))


def _diff(change: Change) -> Iterator[str]:
    if change.state == "up to date":
        return
    name = change.path.as_posix()
    before = (change.before or b"").decode(errors="replace").splitlines(keepends=True)
    after = (change.after or b"").decode(errors="replace").splitlines(keepends=True)
    old = "/dev/null" if change.before is None else f"a/{name}"
    new = "/dev/null" if change.after is None else f"b/{name}"
    for line in difflib.unified_diff(before, after, old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def done(changes: Iterable[Change]) -> list[str]:
    """A line for each file that was changed, and one for the rest."""
    listed = list(changes)
    lines = [
        f"{_DONE[each.state]} {each.path.as_posix()}" for each in listed if each.state in _DONE
    ]
    same = sum(each.state == "up to date" for each in listed)
    if same:
        lines.append(f"{same} file{'s' * (same != 1)} up to date")
    return lines
