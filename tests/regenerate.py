"""Writes the expected output of the program: `tests/bad`, `tests/review`, the README.

In the problem pages it writes what they quote.

Run it with `python -m tests.regenerate`. The output of `lint` is beside each bad manifest, that of
an import beside each bad OpenAPI document, and each report beside each step of a review.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from okta_postman.commands import import_openapi
from okta_postman.files import disk
from okta_postman.openapi.select import Choice, chosen
from okta_postman.problems import Checked, UserError
from okta_postman.reports.text import text
from tests.support import pages, readme, review
from tests.support.manifests import check

BAD = Path(__file__).parent / "bad"
BAD_OPENAPI = Path(__file__).parent / "bad_openapi"


def checked(path: Path) -> Checked:
    """Everything found in a file, which is named without its folder."""
    return check(path.name, path.read_bytes())[1]


def linted(path: Path) -> str:
    """What `lint` prints about a manifest."""
    return text([checked(path)])


def imported(path: Path) -> str:
    """What `import openapi` says about a document, and how many operations it takes from it."""
    beside = functools.partial(disk.read_beside, str(path))
    api, found = import_openapi.api(path.name, path.read_bytes(), beside)
    said = text([each for each in found if each.problems])
    if api is None:
        return said
    try:
        return f"{said}{len(chosen(api, Choice()))} of {len(api.operations)} operations\n"
    except UserError as problem:
        return f"{said}{problem}\n"


def regenerate(
    folder: Path, says: Callable[[Path], str] = linted, files: str = "*/*"
) -> Iterator[str]:
    """Make each `.txt` say what the program says today; a line for each that was another.

    `files` is a pattern for the files of the folder, without their endings.
    """
    sources = sorted((*folder.glob(f"{files}.yaml"), *folder.glob(f"{files}.json")))
    for path in sources:
        try:
            after = says(path).encode()
        except Exception as defect:  # noqa: BLE001 - one defect must not hide what else changed
            yield f"crashed: {path.name}: {defect!r}"
            continue
        said = path.with_suffix(".txt")
        before = said.read_bytes() if said.exists() else None
        if before != after:
            said.write_bytes(after)
            yield f"{'new' if before is None else 'changed'}: {said.name}"
    for said in sorted(
        {*folder.glob(f"{files}.txt")} - {path.with_suffix(".txt") for path in sources}
    ):
        said.unlink()
        yield f"deleted: {said.name}"


if __name__ == "__main__":
    bad = (*regenerate(BAD), *regenerate(BAD_OPENAPI, imported, "*"))
    for line in (*bad, *review.regenerate(), *pages.regenerate(), *readme.regenerate()):
        sys.stdout.write(f"{line}\n")
