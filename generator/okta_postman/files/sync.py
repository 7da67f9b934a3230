"""What a run finds in the output folder, and what it would change there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from okta_postman.compose.ids import stable_id
from okta_postman.files import disk
from okta_postman.files.write import delete_abandoned, replace_all
from okta_postman.manifest.model import Manifest
from okta_postman.postman.formats import FORMATS, Artifact
from okta_postman.problems import UserError

State = Literal["missing", "differs", "stale", "up to date"]


class Change(NamedTuple):
    """A file, what it holds, and what it should hold; None stands for no file."""

    path: Path
    state: State
    before: bytes | None
    after: bytes | None


def changes(manifest: Manifest, artifacts: Iterable[Artifact], folder: Path) -> list[Change]:
    """The state of every file of a description, stale environments last.

    Raises UserError if a file of that name was made from something else.
    """
    wanted = {folder / artifact.path: artifact for artifact in artifacts}
    for parent in {path.parent for path in wanted}:
        if not parent.resolve().is_relative_to(folder.resolve()):
            raise UserError(f"{parent.as_posix()}: is a link that leads out of the output folder")
    found = [_change(path, artifact) for path, artifact in wanted.items()]
    return [*found, *_stale(manifest, folder, set(wanted))]


def _change(path: Path, artifact: Artifact) -> Change:
    before = disk.read_existing(path)
    if before is None:
        return Change(path, "missing", None, artifact.content)
    if before == artifact.content:
        return Change(path, "up to date", before, artifact.content)
    if artifact.format.read_id(before) not in (None, artifact.id):
        raise UserError(
            f"{path.as_posix()}: was not generated from this description, and stays as it is; "
            "move it away, or give the description another `id`"
        )
    return Change(path, "differs", before, artifact.content)


def replacement(path: Path, before: bytes | None, after: bytes, source: bytes) -> Change:
    """What happens to a file that is made from another one, or from itself.

    Raises UserError if a file of that name is something else.
    """
    if before is None:
        return Change(path, "missing", None, after)
    if before == after:
        return Change(path, "up to date", before, after)
    if before != source and (called := _identity(before)) != _identity(after):
        what = "another collection or environment" if called else "no collection or environment"
        raise UserError(
            f"{path.as_posix()}: is {what}, and stays as it is; move it away, or write elsewhere"
        )
    return Change(path, "differs", before, after)


def _stale(manifest: Manifest, folder: Path, wanted: set[Path]) -> Iterable[Change]:
    """Files of what the manifest no longer has; their ID proves that they were made from it."""
    for form in FORMATS:
        for path in sorted(set(folder.glob(form.leftovers(manifest.slug))) - wanted):
            before = disk.read_existing(path)
            if before is not None:
                keys = form.keys(manifest.slug, path.relative_to(folder).as_posix(), before)
                if form.read_id(before) == stable_id(manifest.id, *keys):
                    yield Change(path, "stale", before, None)


def _identity(data: bytes) -> str | None:
    """The id of a collection or environment, or else its name; None if the file is neither."""
    try:
        read = json.loads(data)
        read = read.get("collection") or read.get("environment") or read
        about = read["info"] if "item" in read else read
        known = {"item", "values", "requests"} & read.keys()
        found = about.get("_postman_id") or about.get("id") or about.get("name") or ""
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return str(found) if known else None


def refuse_collisions(changes_by_source: Mapping[str, Iterable[Change]]) -> None:
    """Raise UserError if two descriptions write the same file, on a disk that ignores case too."""
    owners: dict[str, str] = {}
    for source, found in changes_by_source.items():
        for change in found:
            place = f"{change.path.parent.resolve()}/{change.path.name.casefold()}"
            owner = owners.setdefault(place, source)
            if owner != source:
                raise UserError(
                    f"{owner} and {source} both write {change.path.as_posix()}; "
                    "give one of them another `id`"
                )


def apply(found: Iterable[Change]) -> None:
    """Make the folder as it should be. Raises UserError if that cannot be done."""
    listed = list(found)
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
        if change.state == "stale":
            disk.remove(change.path)
