"""The program as a user starts it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

BASE = """\
version: 1
name: Okta users
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read:
    - GET /api/v1/users
"""
"""The smallest manifest; tests add to it what they are about."""


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    code: int
    stdout: str
    stderr: str


def okta_postman(
    *arguments: str,
    cwd: Path,
    stdin: str | bytes = "",
    environment: Mapping[str, str] | None = None,
    launcher: Sequence[str] = (sys.executable, "-m", "okta_postman"),
) -> Ended:
    """Run `okta-postman` with arguments in a folder, or another launcher of it."""
    done = subprocess.run(
        [*launcher, *arguments],
        cwd=cwd,
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", **(environment or {})},
        timeout=300,  # ends what hangs; a slow machine may take its time
        check=False,
    )
    return Ended(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(printed: bytes) -> str:
    return printed.decode().replace(os.linesep, "\n")


def shell(name: Literal["sh", "bash"]) -> str:
    """The name of a POSIX shell; skips the test where the system has none of its own."""
    if sys.platform == "win32":
        pytest.skip("Windows has no POSIX shell")
    return name


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too, with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
