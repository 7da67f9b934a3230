"""Other Pythons at hand, each with the program in a virtual environment of its own.

`python -m tests.support.interpreters` makes the environments; `make setup` calls it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)
OTHERS = sorted(ROOT.glob(".venv-3.*/bin/python"))


def at_hand() -> dict[tuple[int, int], Path]:
    """The newest of each minor version on PATH or beside the running Python's installation."""
    beside = Path(sys.base_prefix).parent.glob("*/bin/python3")
    found: dict[tuple[int, int], Path] = {}
    for candidate in [*beside, *(Path("/usr/bin").glob("python3.??"))]:
        version = _version(candidate)
        if version and version >= OLDEST and version != sys.version_info[:2]:
            found[version] = candidate
    return found


def _version(python: Path) -> tuple[int, int] | None:
    asked = [str(python), "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    major, _, minor = done.stdout.strip().partition(" ")
    return (int(major), int(minor)) if done.returncode == 0 else None


def main() -> None:
    for (major, minor), python in sorted(at_hand().items()):
        folder = ROOT / f".venv-{major}.{minor}"
        subprocess.run([str(python), "-m", "venv", str(folder)], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable"]
        subprocess.run([str(folder / "bin" / "python"), *install, str(ROOT)], check=True)


if __name__ == "__main__":
    main()
