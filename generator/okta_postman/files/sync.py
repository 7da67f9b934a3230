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
    """A file, what it holds, and what it should hold; None stands for no file."""

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
        for each in listed:
            place = f"{each.path.parent.resolve()}/{each.path.name.casefold()}"
            owner = owners.setdefault(place, source)
            if owner != source:
                raise UserError(
                    f"{owner} and {source} both write {each.path.as_posix()}; "
                    "give one of them another `id`"
                )


def apply(changes: Iterable[Change]) -> None:
    """Write what is missing or out of date, then delete what is orphaned.

    Raises UserError if the disk does not allow it.
    """
    listed = list(changes)
    for folder in {each.path.parent for each in listed}:
        delete_abandoned(folder)
    replace_all(
        {
            each.path: each.after
            for each in listed
            if each.after is not None and each.state != "up to date"
        }
    )
    for each in listed:
        if each.state == "orphaned":
            disk.remove(each.path)
