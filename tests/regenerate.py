"""Writes what the program says into the files that repeat it: `python -m tests.regenerate`.

Beside each bad description what `lint` says about it, and in the README the table of keys.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from generator.pipeline import check
from generator.problems import Checked
from generator.reports.text import text
from tests.support.readme import README, with_keys

BAD = Path(__file__).parent / "bad"


def checked(path: Path) -> Checked:
    """Everything found in a file, which goes by its bare name."""
    return check(path.name, path.read_bytes())[1]


def regenerate(folder: Path) -> Iterator[str]:
    """Make each `.txt` say what `lint` says today; a line for each that was another."""
    sources = sorted(folder.glob("*.yaml"))
    for path in sources:
        try:
            after = text([checked(path)]).encode()
        except Exception as defect:  # noqa: BLE001 - one defect must not hide what else changed
            yield f"crashed: {path.name}: {defect!r}"
            continue
        said = path.with_suffix(".txt")
        before = said.read_bytes() if said.exists() else None
        if before != after:
            said.write_bytes(after)
            yield f"{'new' if before is None else 'changed'}: {said.name}"
    for said in sorted({*folder.glob("*.txt")} - {path.with_suffix(".txt") for path in sources}):
        said.unlink()
        yield f"deleted: {said.name}"


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for line in regenerate(BAD):
        sys.stdout.write(f"{line}\n")
