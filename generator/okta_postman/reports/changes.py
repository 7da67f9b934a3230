"""What a run changed, or would change: as problems, as a diff, and as lines for a person."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from okta_postman.files.disk import shown
from okta_postman.files.sync import Change
from okta_postman.okta.credentials import masked
from okta_postman.problems import Checked, Position, Problem, Source, visible
from okta_postman.reports.text_diff import unified_diff
from okta_postman.wording import counted

_CODES: Final = {
    "missing": ("P001", "is missing"),
    "out of date": ("P002", "is out of date"),
    "orphaned": ("P003", "is orphaned: the manifest has no such environment"),
}
_DONE: Final = {"missing": "wrote", "out of date": "wrote", "orphaned": "removed"}


def findings(changes: Iterable[Change], source: str) -> Iterator[Checked]:
    """A problem for each file that is not up to date; `source` is the path of the manifest."""
    for change in changes:
        if change.state in _CODES:
            code, what = _CODES[change.state]
            name = shown(change.path.as_posix())
            hint = f"run `okta-postman generate {shown(source)}`, and commit the files"
            problem = Problem(code, f"{change.path.name} {what}", hint, Position(1, 1))
            yield Checked(Source(name, ""), (problem,))


def not_migrated(changes: Iterable[Change]) -> Iterator[Checked]:
    """A problem for each file that a migration would change."""
    for change in changes:
        if change.state != "up to date":
            what = "is missing" if change.state == "missing" else "is not migrated"
            hint = "run the same command without --check, and commit the files"
            problem = Problem("P030", f"{change.path.name} {what}", hint, Position(1, 1))
            yield Checked(Source(shown(change.path.as_posix()), ""), (problem,))


def diff(changes: Iterable[Change], hidden: Collection[str] = ()) -> str:
    """A unified diff from the files as they are to what they should be, without credentials.

    `hidden` are strings that are secret although their form does not reveal it.
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


# Users paste tokens into generated files for newman.
_SECRET_VALUE = re.compile(
    r'("key": "(?:accessToken|clientSecret)",\s*"value": ")(?!\{\{[^{}"]*\}\}")[^"]+'
)


def _lines(data: bytes | None, hidden: Collection[str]) -> list[str]:
    """The lines of a JSON file, with credentials masked."""
    encoding = json.detect_encoding(data or b"")
    text = masked((data or b"").decode(encoding, errors="replace"), secrets=hidden)
    return re.findall(r"[^\n]*\n|[^\n]+", _SECRET_VALUE.sub(r"\1********", text))


def done(changes: Iterable[Change]) -> list[str]:
    """A line for each file that was changed, and one with the number of the others."""
    every = list(changes)
    lines = [
        f"{_DONE[change.state]} {change.path.as_posix()}"
        for change in every
        if change.state in _DONE
    ]
    unchanged = len(every) - len(lines)
    return [*lines, f"{counted(unchanged, 'file')} up to date"] if unchanged else lines
