"""Writes a file that only its owner can read, and that git does not track."""

from __future__ import annotations

from pathlib import Path

from okta_postman.files import repository
from okta_postman.files.disk import target_of
from okta_postman.files.write import replace_all
from okta_postman.problems import UserError

_YES, _NO = 0, 1


def refuse_tracked(path: Path) -> None:
    """Raise UserError if git tracks a file, or if it does not tell."""
    name = path.resolve().name
    answer = _git(path, "--literal-pathspecs", "ls-files", "--error-unmatch", "--", name)
    if answer == _YES:
        raise UserError(
            f"{path.as_posix()} is tracked by git, so a token in it would be committed: name "
            "another file, and add that to .gitignore"
        )
    if answer != _NO and any((folder / ".git").exists() for folder in path.resolve().parents):
        raise UserError(
            f"git does not say whether it tracks {path.as_posix()}: name a file outside git "
            "repositories"
        )


def may_be_committed(path: Path) -> bool:
    """Whether a file lies in a git repository that does not ignore it."""
    return _git(path, "check-ignore", "--quiet", "--", f"./{path.resolve().name}") == _NO


def write(path: Path, data: bytes) -> None:
    """Write a file whole, for its owner alone; a link stays a link.

    Raises UserError if that cannot be done, or if a link leads out of its folder.
    """
    replace_all({target_of(path): data}, owner_only=True)


def _git(path: Path, *arguments: str) -> int | None:
    """The exit code of git in the folder of a file; None without git, above 1 if it fails."""
    if not repository.is_installed():
        return None
    return repository.ask(path.resolve().parent, *arguments).returncode
