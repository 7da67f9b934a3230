"""Migrates collections and environments that use an API token to OAuth 2.0 with PKCE."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from okta_postman.commands.check import check, check_file
from okta_postman.commands.result import Result
from okta_postman.files import disk, sync
from okta_postman.files.sync import Change
from okta_postman.files.write import write_new
from okta_postman.migrate import run
from okta_postman.migrate.run import Migrated
from okta_postman.migrate.to_manifest import NewManifest
from okta_postman.postman.existing.file import LARGEST, V3, V3_INSTEAD
from okta_postman.problems import UserError


class Migration(NamedTuple):
    """Files before and after, and what writing each of them would change, in the same order."""

    files: tuple[Migrated, ...]
    changes: tuple[Change, ...]

    @property
    def has_unknown_scopes(self) -> bool:
        """Whether the scopes of a request are unknown."""
        return any(
            problem.code == "P016" for file in self.files for problem in file.checked.problems
        )

    @property
    def secrets(self) -> frozenset[str]:
        """Texts that no report may show, although they do not look like credentials."""
        return frozenset(secret for file in self.files for secret in file.secrets)


def migrate(
    paths: Iterable[str], manifest: str, output: str | None = None, *, remove_unknown: bool = False
) -> Result[Migration]:
    """Migrate collections and environments, for the org, app and scopes of a manifest.

    Nothing is written; the changes are those of the files themselves, or of files in `output`.
    Raises UserError if a file cannot be read, or `output` cannot hold the files.
    """
    names = _distinct(paths)
    connection = check_file(manifest)
    if connection.value is None:
        return Result(None, connection.checked)
    destinations = _destinations(names, output, manifest)
    files = tuple(
        run.migrate(_read(names), connection.value.manifest, remove_unknown=remove_unknown)
    )
    checked = tuple(file.checked for file in files)
    if any(source.refused for source in checked):
        return Result(None, checked)
    changes = tuple(
        _change(path, file.before if output is None else disk.read_existing(path), file)
        for path, file in zip(destinations, files, strict=True)
    )
    return Result(Migration(files, changes), checked)


def write(changes: Iterable[Change]) -> None:
    """Write the files that differ; a link stays a link, and the file it leads to is written.

    Raises UserError, before anything is written, if one of them is read-only, or is a link that
    leads out of its folder.
    """
    resolved = [change._replace(path=disk.target_of(change.path)) for change in changes]
    disk.refuse_read_only(change.path for change in resolved if change.state != "up to date")
    sync.apply(resolved)


def to_manifest(
    paths: Iterable[str], manifest: str, output: str | None = None
) -> Result[NewManifest]:
    """The text of a manifest with the requests of a collection, also written to `output` if given.

    Org, app and scopes come from another manifest. What was written is read again, so there is no
    text if it has errors. Raises UserError if a file cannot be read, or `output` exists.
    """
    connection = check_file(manifest)
    if connection.value is None:
        return Result(None, connection.checked)
    new, sources = run.to_manifest(_read(_distinct(paths)), connection.value.manifest)
    if new is None:
        return Result(None, tuple(sources))
    again = check(output or "<stdout>", new.text.encode())
    checked = (*sources, *again.checked)
    if again.value is None:
        return Result(None, checked)
    if output is not None:
        write_new(Path(output), new.text)
    return Result(new, checked)


def _distinct(paths: Iterable[str]) -> list[str]:
    return list({str(Path(path)): path for path in paths}.values())


def _read(paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """The files by their names; raises UserError also for a folder that is a collection."""
    for path in paths:
        if Path(path, ".resources", "definition.yaml").exists():
            raise UserError(f"{disk.shown(path)}: {V3}; {V3_INSTEAD}")
    return [(disk.shown(path), disk.read_input(path, LARGEST)) for path in paths]


def _destinations(paths: Sequence[str], output: str | None, manifest: str) -> list[Path]:
    """Where each file is written to.

    Raises UserError if `output` cannot hold them, or one of them would replace the manifest or
    another one.
    """
    places = [disk.place_of(path, output, alone=len(paths) == 1) for path in paths]
    if output and os.path.realpath(manifest) in map(os.path.realpath, places):
        raise UserError(f"{disk.shown(manifest)}: is the manifest; write to another file")
    if output and len({place.name.casefold() for place in places}) < len(places):
        raise UserError("two of the files have the same name; migrate them into two folders")
    return places


def _change(path: Path, there: bytes | None, file: Migrated) -> Change:
    """What happens to the file at `path`, which holds `there`.

    Raises UserError if that is neither the file that was migrated nor an older result of it.
    """
    change = sync.change(path, there, file.after or b"")
    if change.state == "out of date" and there is not None and there != file.before:
        identity = _identity(there)
        if identity != _identity(file.after or b""):
            what = (
                "another collection or environment" if identity else "no collection or environment"
            )
            raise UserError(
                f"{path.as_posix()}: is {what} and is left unchanged; move it away, or write "
                "elsewhere"
            )
    return change


def _identity(data: bytes) -> str | None:
    """The ID of a collection or environment, or else its name; None if the file is neither."""
    try:
        read = json.loads(data)
        read = read.get("collection") or read.get("environment") or read
        about = read["info"] if "item" in read else read
        known = {"item", "values", "requests"} & read.keys()
        identity = about.get("_postman_id") or about.get("id") or about.get("name") or ""
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return str(identity) if known else None
