"""Reads the version of a file in a git revision, through the git program."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from okta_postman.files import repository
from okta_postman.files.disk import LARGEST, STDIN, read_input, shown
from okta_postman.problems import UserError

_HEAD: Final = "HEAD"


class Version(NamedTuple):
    """A file as it was read; `data` is None if the revision does not have it."""

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
        raise UserError(f"{shown(name)}: no such file; for a version in git, write `REV:PATH`")
    if not revision or not path:
        raise UserError(f"{name}: write a revision and a path, like `HEAD:{path or 'users.yaml'}`")
    return Version(name, _blob(Path(), revision, path))


def read_present(name: str) -> Version:
    """A file that exists: like `read_version`, but UserError if the revision does not have it."""
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
        raise UserError(
            f"{old}: is in a revision; name the file or revision to compare it with, too"
        )
    if old == STDIN:
        raise UserError("standard input is in no revision; name the file to compare it with")
    committed = _blob(path.parent, _HEAD, f"./{path.name}")
    now = read_input(old) if path.exists() or committed is None else None
    return Version(f"{_HEAD}:{old}", committed), Version(old, now)


def _blob(folder: Path, revision: str, path: str) -> bytes | None:
    """The bytes of a path in a revision, or None if it is not there.

    Raises UserError if git has no such revision, or not all of it, if the path is not a file, or
    if the file is too large, which git says before it is read.
    """
    # What this takes for a revision is none of git's options, and so may be an argument.
    tree = repository.ask(folder, *_VERIFY, f"{revision}^{{tree}}")
    if tree.returncode:
        raise UserError(_why_not(folder, revision))
    from_top = () if path.startswith(("./", "../")) else ("--full-tree",)
    listed = repository.ask(folder, *_LIST, *from_top, tree.stdout.decode().strip(), "--", path)
    entries = listed.stdout.decode(errors="replace").split("\0")[:-1]
    if not listed.returncode and not entries:
        return None
    name = f"{revision}:{path}"
    if listed.returncode or len(entries) > 1:
        raise UserError(f"{name}: {_LACKING if listed.returncode else _NO_FILE}")
    mode, kind, blob, size, _ = entries[0].split(maxsplit=4)
    if kind != "blob" or mode == _LINK or path.rpartition("/")[2] in ("", ".", ".."):
        raise UserError(f"{name}: {_NO_FILE}")
    content = repository.ask(folder, "cat-file", "blob", blob) if _fits(name, size) else None
    if content is None or content.returncode:
        raise UserError(f"{name}: {_LACKING}")
    return content.stdout


def _fits(name: str, size: str) -> bool:
    """Whether git has an object, by its size. Raises UserError if it is too large."""
    if size.isdecimal() and int(size) > LARGEST:
        raise UserError(f"{name}: more than {LARGEST // 1024 // 1024} MB")
    return size.isdecimal()


_VERIFY: Final = ("rev-parse", "--verify", "--quiet")
_LIST: Final = ("--literal-pathspecs", "ls-tree", "-z", "--long")
_LINK: Final = "120000"
_NO_FILE: Final = "is a folder, a link or a submodule, not a file"
_LACKING: Final = (
    "is not in this repository, which is a partial clone or damaged; `git fetch --refetch` gets "
    "what a partial clone lacks"
)


def _why_not(folder: Path, revision: str) -> str:
    result = repository.ask(folder, "rev-parse", "--git-dir")
    if result.returncode:
        error = result.stderr.decode(errors="replace").strip().partition("\n")[0]
        return f"git fails with `{error.removeprefix('fatal: ')}`; name two files instead"
    if revision == _HEAD:
        return "there is no commit yet to compare with; name two files instead"
    return (
        f"git has no revision `{revision}`; if only the latest commit was fetched, "
        "`git fetch --unshallow` gets the others"
    )
