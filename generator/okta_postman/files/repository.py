"""Asks the git program about a repository, whose settings come from others and run nothing.

`.git/config` can name programs, and the environment can name another repository: so git gets a
clean environment, and what could start a program or put one object in place of another is off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from okta_postman.problems import UserError

# Source: git-config(1) and git(1). An option of the command line wins over every file of settings.
_SETTINGS: Final = {
    "core.alternateRefsCommand": "",
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",  # it says who the parents of a commit are, without the commit
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "protocol.allow": "never",  # an object that is missing is not fetched
}
_OPTIONS: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    *(part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")),
)
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "",  # wins over `protocol.ext.allow` and the like
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
_PATIENCE: Final = 60
"""Seconds; git waits for ever for a part of a repository that is a pipe."""


def ask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The exit code, output and errors of git in a folder.

    Raises UserError if git is not installed, does not end, or there is no such folder.
    """
    program = _program()
    if program is None:
        raise UserError("git is not installed, or not on PATH; name two files instead")
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder.as_posix()}")
    command = [program, "-C", str(folder.resolve()), *_OPTIONS, *arguments]
    plain = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell, and a program of the system
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=plain | _ENVIRONMENT,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UserError(f"git did not end within {_PATIENCE} s in {folder.as_posix()}") from None


def is_installed() -> bool:
    """Whether there is a git program."""
    return _program() is not None


def _program() -> str | None:
    """The git program on PATH: never one of the working folder, which Windows would look into."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if os.path.isabs(folder):  # noqa: PTH117 - an entry of PATH is text
            program = shutil.which(os.path.join(folder, "git"))  # noqa: PTH118
            if program is not None:
                return program
    return None
