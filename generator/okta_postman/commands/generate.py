"""Generates the files of manifests, and says what writing them would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from okta_postman.commands.check import check_file
from okta_postman.commands.result import Result
from okta_postman.compose.ids import stable_id
from okta_postman.compose.workspace import compose
from okta_postman.files import disk, sync
from okta_postman.files.sync import Change
from okta_postman.manifest.model import Manifest
from okta_postman.postman.formats import FORMATS, Artifact, artifacts
from okta_postman.problems import UserError

Changes = Mapping[str, tuple[Change, ...]]
"""The state of every generated file, by the path of its manifest."""


def generate(paths: Iterable[str], output: str | None = None) -> Result[Changes]:
    """Compare the files that manifests generate with those in `output`, or beside each manifest.

    Nothing is written. Raises UserError if a file cannot be read, if `output` is no folder, if two
    manifests generate the same file, or if a file was not generated from its manifest.
    """
    named = {str(Path(path)): path for path in paths}.values()
    results = {path: check_file(path) for path in named}
    folders = {path: disk.folder_of(path, output) for path in named}
    checked = tuple(source for result in results.values() for source in result.checked)
    valid = {path: result.value for path, result in results.items() if result.value is not None}
    if len(valid) < len(results):
        return Result(None, checked)
    by_manifest = {
        path: tuple(changes(read.manifest, artifacts_of(read.manifest), folders[path]))
        for path, read in valid.items()
    }
    sync.refuse_collisions(by_manifest)
    return Result(by_manifest, checked)


def write(by_manifest: Changes) -> None:
    """Write the files that differ, and delete orphaned ones; UserError if that fails."""
    sync.apply(change for listed in by_manifest.values() for change in listed)


def artifacts_of(manifest: Manifest) -> tuple[Artifact, ...]:
    """The files of a manifest. Raises InternalError if an audit refuses them."""
    return artifacts(compose(manifest))


def changes(manifest: Manifest, generated: Iterable[Artifact], folder: Path) -> list[Change]:
    """The state of every file of a manifest in a folder, orphaned files last.

    Raises UserError if a file was not generated from the manifest, or is outside the folder.
    """
    wanted = {folder / artifact.path: artifact for artifact in generated}
    for parent in {path.parent for path in wanted}:
        if not parent.resolve().is_relative_to(folder.resolve()):
            raise UserError(f"{parent.as_posix()}: is a link that leads out of the output folder")
    written = [_change(path, artifact) for path, artifact in wanted.items()]
    return [*written, *_orphaned(manifest, folder, set(wanted))]


def _change(path: Path, artifact: Artifact) -> Change:
    change = sync.change(path, disk.read_existing(path), artifact.content)
    if change.state != "out of date" or change.before is None:
        return change
    # A file that can't be read has no ID: generating again is how a merge conflict is resolved.
    if artifact.format.read_id(change.before) in (None, artifact.id):
        return change
    raise UserError(
        f"{path.as_posix()}: was not generated from this manifest and is left unchanged; "
        "move the file away, or give the manifest another `id`"
    )


def _orphaned(manifest: Manifest, folder: Path, wanted: set[Path]) -> Iterator[Change]:
    """Files of environments that the manifest no longer has: known by their ID."""
    for form in FORMATS:
        for path in sorted(set(folder.glob(form.leftovers(manifest.slug))) - wanted):
            before = disk.read_existing(path)
            if before is not None:
                keys = form.keys(manifest.slug, path.relative_to(folder).as_posix(), before)
                if form.read_id(before) == stable_id(manifest.id, *keys):
                    yield Change(path, "orphaned", before, None)
