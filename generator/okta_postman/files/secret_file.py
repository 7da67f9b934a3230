"""Writes a file that only its owner may read, and that git does not keep."""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Final

from okta_postman.problems import UserError

_OWNER_ONLY: Final = 0o600
_YES, _NO = 0, 1


def refuse_tracked(path: Path) -> None:
    """Raise UserError if git tracks a file, or if that cannot be told."""
    answer = _git(path, "ls-files", "--error-unmatch", "--", path.resolve().name)
    if answer == _YES:
        raise UserError(
            f"{path.as_posix()} is tracked by git, so a token in it would be committed: name "
            "another file, and put that into .gitignore"
        )
    if answer != _NO and any((each / ".git").exists() for each in path.resolve().parents):
        raise UserError(
            f"git does not say whether it tracks {path.as_posix()}: name another file, outside of "
            "its repositories"
        )


def may_be_committed(path: Path) -> bool:
    """Whether a file lies in a git repository that does not ignore it."""
    return _git(path, "check-ignore", "--quiet", "--", path.resolve().name) == _NO


def write(path: Path, data: bytes) -> None:
    """Write a file whole, for its owner alone; raises UserError if that cannot be done."""
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
        raise UserError(f"{path.as_posix()}: {reason}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _git(path: Path, *arguments: str) -> int | None:
    """What git answers in the folder of a file; None without git, more than 1 if it cannot tell."""
    command = ["git", "-C", str(path.resolve().parent), *arguments]
    # In a hook these name the repository of the hook, whatever the folder.
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(command, capture_output=True, env=plain, check=False)  # noqa: S603
    except OSError:
        return None
    return done.returncode
