"""Reads files as git has them in a revision; asks the git program, and nobody else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

from okta_postman.files.disk import LARGEST, STDIN, read_existing, read_input, shown
from okta_postman.problems import UserError

_HEAD: Final = "HEAD"


class Version(NamedTuple):
    """A file as it was read; `data` is None where it is not in the revision that was named."""

    name: str
    data: bytes | None

    @property
    def shown(self) -> str:
        """Its name as messages show it."""
        return shown(self.name)


def read_version(name: str) -> Version:
    """A file, standard input for `-`, or `REV:path` in git.

    As in git the path counts from the top of the repository, and from here after `./`. Raises
    UserError if there is no such file or revision.
    """
    revision, colon, path = name.partition(":")
    if name == STDIN or Path(name).exists():
        return Version(name, read_input(name))
    if not colon:
        raise UserError(f"{shown(name)}: no such file; what git has is written `REV:PATH`")
    if not revision or not path:
        raise UserError(f"{name}: write a revision and a path, like `HEAD:{path or 'users.yaml'}`")
    return Version(name, _blob(Path(), revision, path))


def read_present(name: str) -> Version:
    """The same; raises UserError too if the file is not in the revision."""
    version = read_version(name)
    if version.data is None:
        revision, _, path = name.partition(":")
        hint = f"; write {revision}:./{path} for a path from here" if path[:2] != "./" else ""
        raise UserError(f"there is no file {path} in {revision}{hint}")
    return version


def read_versions(
    old: str, new: str | None, *, missing_ok: bool = False
) -> tuple[Version, Version]:
    """Two versions, or a file in HEAD and as it is; one of these two may be missing.

    With `missing_ok` one of two named versions may be missing too. Raises UserError if there is
    neither, or no git repository around it.
    """
    if new is not None:
        read = read_version if missing_ok else read_present
        before, after = read(old), read(new)
        if before.data is None and after.data is None:
            raise UserError(f"there is neither {old} nor {new}")
        return before, after
    path = Path(old)
    if ":" in old and not path.exists():
        raise UserError(f"{old}: is in a revision; name what it is to be compared with too")
    if old == STDIN:
        raise UserError("standard input is in no revision; name what it is to be compared with")
    committed = _blob(path.parent, _HEAD, f"./{path.name}")
    now = read_existing(path) if committed is not None else read_input(old)
    return Version(f"{_HEAD}:{old}", committed), Version(old, now)


def _blob(folder: Path, revision: str, path: str) -> bytes | None:
    """The bytes of a path in a revision, or None if it is not there."""
    # What this takes for a revision is none of git's options, and so may be an argument.
    if _git(folder, *_VERIFY, f"{revision}^{{tree}}").returncode:
        raise UserError(_why_not(folder, revision))
    found = _git(folder, "cat-file", "blob", f"{revision}:{path}")
    if len(found.stdout) > LARGEST:
        raise UserError(f"{revision}:{path}: more than {LARGEST // 1024 // 1024} MB")
    return None if found.returncode else found.stdout


_VERIFY: Final = ("rev-parse", "--verify", "--quiet")


def _why_not(folder: Path, revision: str) -> str:
    asked = _git(folder, "rev-parse", "--git-dir")
    if asked.returncode:
        said = asked.stderr.decode(errors="replace").strip().partition("\n")[0]
        return f"git says `{said.removeprefix('fatal: ')}`; name two files instead"
    if revision == _HEAD:
        return "there is no commit yet to compare with; name two files instead"
    return (
        f"git knows no revision `{revision}`; where only the latest commit was fetched, "
        "`git fetch --unshallow` brings the others"
    )


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What the git program does in a folder. Raises UserError if there is none."""
    program = shutil.which("git")
    if program is None:
        raise UserError("git is not installed, or not on PATH; name two files instead")
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder.as_posix()}")
    return subprocess.run(  # noqa: S603 - a list, no shell, and a revision that is no option
        [program, "-C", str(folder), *arguments], capture_output=True, check=False
    )
