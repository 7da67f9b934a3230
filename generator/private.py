"""Writes a file that only its owner may read, and that git does not keep."""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Final

from generator.problems import Unusable

_OWNER_ONLY: Final = 0o600


def refuse_tracked(path: Path) -> None:
    """Raise Unusable if git tracks a file, or will with the next commit."""
    if _git(path, "ls-files", "--error-unmatch", "--", path.resolve().name):
        raise Unusable(
            f"{path.as_posix()} is tracked by git, so a token in it would be committed: name "
            "another file, and put that into .gitignore"
        )


def may_be_committed(path: Path) -> bool:
    """Whether a file lies in a git repository that does not ignore it."""
    inside = _git(path, "rev-parse", "--is-inside-work-tree")
    return inside and not _git(path, "check-ignore", "--quiet", "--", path.resolve().name)


def write(path: Path, data: bytes) -> None:
    """Write a file whole, for its owner alone; raises Unusable if that cannot be done."""
    there = path.resolve()
    part = there.with_name(f".{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb"
        ) as file:
            file.write(data)
        part.replace(there)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unusable(f"{path.as_posix()}: {reason}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _git(path: Path, *arguments: str) -> bool:
    """Whether git, asked in the folder of a file, says yes; without git nothing is tracked."""
    command = ["git", "-C", str(path.resolve().parent), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except OSError:
        return False
    return done.returncode == 0
