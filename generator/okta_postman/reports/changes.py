"""What a run changed, or would change: as findings, as a diff, and as lines for a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from okta_postman.files.disk import shown
from okta_postman.files.sync import Change
from okta_postman.okta.credentials import masked
from okta_postman.problems import Checked, Position, Problem, Source, visible
from okta_postman.reports.text_diff import unified_diff

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
            name = shown(change.path.as_posix())
            hint = f"generate {shown(source)} again and commit what that writes"
            problem = Problem(code, f"{change.path.name} {what}", hint, Position(1, 1))
            yield Checked(Source(name, ""), (problem,))


def not_migrated(changes: Iterable[Change]) -> Iterator[Checked]:
    """A finding for each file that a migration would change."""
    for change in changes:
        if change.state != "up to date":
            what = "is missing" if change.state == "missing" else "is not migrated"
            hint = "migrate it, and commit what that writes"
            problem = Problem("P030", f"{change.path.name} {what}", hint, Position(1, 1))
            yield Checked(Source(shown(change.path.as_posix()), ""), (problem,))


def diff(changes: Iterable[Change], hidden: Collection[str] = ()) -> str:
    """A unified diff from what is there to what should be, without credentials.

    `hidden` are texts that are secret although nothing in them says so.
    """
    return "".join(line for change in changes for line in _diff(change, hidden))


def _diff(change: Change, hidden: Collection[str]) -> Iterator[str]:
    if change.state == "up to date":
        return
    name = shown(change.path.as_posix())
    old = "/dev/null" if change.before is None else f"a/{name}"
    new = "/dev/null" if change.after is None else f"b/{name}"
    before, after = _lines(change.before, hidden), _lines(change.after, hidden)
    for line in unified_diff(before, after, old, new):
        ended = line.endswith("\n")
        yield visible(line[:-1] if ended else line)
        yield "\n" if ended else "\n\\ No newline at end of file\n"


# People paste tokens into generated files, where newman finds them.
_SECRET_VALUE = re.compile(
    r'("key": "(?:accessToken|clientSecret)",\s*"value": ")(?!\{\{[^{}"]*\}\}")[^"]+'
)


def _lines(data: bytes | None, hidden: Collection[str]) -> list[str]:
    """The lines of a file as JSON has them, credentials masked."""
    text = masked((data or b"").decode(errors="replace"), secrets=hidden)
    return re.findall(r"[^\n]*\n|[^\n]+", _SECRET_VALUE.sub(r"\1********", text))


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
