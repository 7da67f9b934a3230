"""Reviews manifests and collections: what changed, what to grant, and who needs which scope."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from okta_postman.commands.check import check
from okta_postman.commands.result import Result
from okta_postman.files import disk
from okta_postman.files.git import Version, read_present, read_versions
from okta_postman.files.write import replace_all
from okta_postman.problems import Checked, Source
from okta_postman.review.changes import Changes
from okta_postman.review.collection import collection_inventory, is_collection
from okta_postman.review.compare import compare
from okta_postman.review.grants import Grants, grants
from okta_postman.review.inventory import NOTHING, Inventory, inventory
from okta_postman.review.matrix import Matrix, matrix


def compare_versions(old: str, new: str | None, *, missing_ok: bool = False) -> Result[Changes]:
    """What changed between two manifests or collections: files, or `REV:PATH` in git.

    Without `new`, a file is compared with its version in HEAD. Raises UserError if there is no such
    file or revision, unless `missing_ok` allows one of the two files to be missing.
    """
    before, after = read_versions(old, new, missing_ok=missing_ok)
    first, second = inventory_of(before), inventory_of(after)
    checked = (*first.checked, *second.checked)
    if first.value is None or second.value is None:
        return Result(None, checked)
    return Result(compare(first.value, second.value), checked)


def grants_of(
    path: str, since: str | None = None, environment: str | None = None
) -> Result[tuple[Grants, ...]]:
    """The scopes to grant to the app of every environment of a manifest, or of one of them.

    With `since`, an older version of the file, scopes that it had are not new. Raises UserError if
    there is no such file, revision or environment.
    """
    new = inventory_of(read_present(path))
    old = inventory_of(read_present(since)) if since is not None else Result(NOTHING, ())
    checked = (*new.checked, *old.checked)
    if new.value is None or old.value is None:
        return Result(None, checked)
    return Result(grants(new.value, old.value, environment), checked)


def write_grants(path: str, output: str, texts: Mapping[str, str]) -> list[Path]:
    """Write texts, by file name, into the folder `output`; the files that were written.

    Raises UserError if there is no such folder, or it cannot be written.
    """
    folder = disk.folder_of(path, output)
    contents = {folder / name: text.encode() for name, text in texts.items()}
    replace_all(contents)
    return list(contents)


def matrix_of(path: str) -> Result[Matrix]:
    """Requests by scope and environment, of a manifest or a collection.

    Raises UserError if there is no such file or revision.
    """
    result = inventory_of(read_present(path))
    return Result(result.value and matrix(result.value), result.checked)


def inventory_of(version: Version) -> Result[Inventory]:
    """The inventory of a manifest or a collection, or of a file that does not exist.

    Raises UserError if JSON is not a collection.
    """
    without_problems = (Checked(Source(version.shown, ""), ()),)
    if version.data is None:
        return Result(NOTHING, without_problems)
    if is_collection(version.data):
        return Result(collection_inventory(version.shown, version.data), without_problems)
    result = check(version.shown, version.data)
    return Result(result.value and inventory(result.value.manifest), result.checked)
