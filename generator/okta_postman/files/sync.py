"""The state of files on disk against what they should hold, and bringing them up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from okta_postman.files import disk
from okta_postman.files.write import delete_abandoned, replace_all
from okta_postman.problems import UserError

State = Literal["missing", "out of date", "orphaned", "up to date"]


class Change(NamedTuple):
    """A file, its content, and the content it should have; None means no file."""

    path: Path
    state: State
    before: bytes | None
    after: bytes | None


def change(path: Path, before: bytes | None, after: bytes) -> Change:
    """The change of a file that holds `before`, or does not exist, and should hold `after`."""
    if before is None:
        return Change(path, "missing", None, after)
    return Change(path, "up to date" if before == after else "out of date", before, after)


def refuse_collisions(changes: Mapping[str, Iterable[Change]]) -> None:
    """Raise UserError if two sources write the same file, on a disk that ignores case too."""
    owners: dict[str, str] = {}
    for source, listed in changes.items():
        for change in listed:
            place = f"{change.path.parent.resolve()}/{change.path.name.casefold()}"
            owner = owners.setdefault(place, source)
            if owner != source:
                raise UserError(
                    f"{owner} and {source} both write {change.path.as_posix()}; "
                    "give one of them another `id`"
                )


def apply(changes: Iterable[Change]) -> None:
    """Write what is missing or out of date, then delete what is orphaned.

    Raises UserError if the disk does not allow it.
    """
    listed = list(changes)
    for folder in {change.path.parent for change in listed}:
        delete_abandoned(folder)
    replace_all(
        {
            change.path: change.after
            for change in listed
            if change.after is not None and change.state != "up to date"
        }
    )
    for change in listed:
        if change.state == "orphaned":
            disk.remove(change.path)
