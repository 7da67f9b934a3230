"""Chromium as a judge of pages; it comes out of a package of npm, with the libraries it needs."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.postman import run_node

RUNS_HERE = platform.system() == "Linux" and platform.machine() == "x86_64"
"""The package holds Chromium for this kind of machine alone."""

# The fonts of the package and no others; its own configuration looks for them in /tmp/fonts.
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


def looked_at(page: Path, pictures: Path | None = None) -> dict[str, Any]:
    """What Chromium saw of a page, which `tests/node/page.mjs` opens, filters and resizes."""
    # Chromium is unpacked into the temporary folder; where it finds itself in a cloud function it
    # takes its libraries with it, so that the machine needs none.
    with tempfile.TemporaryDirectory(prefix="chromium-") as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS.format(folder=folder), encoding="utf-8")
        variables = {
            "TMPDIR": folder,
            "FONTCONFIG_FILE": str(fonts),
            "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x",
        }
        arguments = [str(page), *([str(pictures)] if pictures else [])]
        done = run_node("page.mjs", *arguments, environment=variables)
    if done.exit_code:
        raise AssertionError(f"Chromium failed:\n{done.output}")
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


if __name__ == "__main__":
    # A page and a folder for pictures of it: light, dark, narrow and printed.
    sys.stdout.write(json.dumps(looked_at(*map(Path, sys.argv[1:3])), indent=2) + "\n")
