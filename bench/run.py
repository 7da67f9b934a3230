"""Times whole runs of the program: `make bench`.

On slow, shared cores two runs can differ by half, so compare the ratios to an empty Python.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.manifests import manifest
from bench.old_collection import ORG, old_collection

RUNS = 7
# An installed program is compiled once, so ignore a shell that turns bytecode off.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


@dataclass(frozen=True)
class Measured:
    """The median time of several processes, and the largest memory of one."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str], folder: Path, runs: int = RUNS) -> Measured:
    """Run a command several times in a folder. Raises SystemExit if a run fails."""
    times, peaks = [], []
    for _ in range(runs + 1):  # the first one warms the caches
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - begun)
        peaks.append(used.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"failed: {' '.join(command)}")
    return Measured(statistics.median(times[1:]), max(peaks))


def main() -> None:
    program = [sys.executable, "-m", "okta_postman"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (732, 1500, 5000)
        for size in sizes:
            (folder / f"{size}.yaml").write_text(manifest(size), encoding="utf-8")
        # Named without `.json`, because a fresh run deletes those files.
        (folder / "old").write_text(old_collection(732), encoding="utf-8")
        (folder / "org.yaml").write_text(ORG, encoding="utf-8")
        migrate = [*program, "migrate", "old", "--manifest", "org.yaml"]
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--help": [*program, "--help"],
            "generate --help": [*program, "generate", "--help"],
            **{f"generate, {size} endpoints": fresh(program, size) for size in sizes},
            "generate, 732, up to date": [*program, "generate", "732.yaml"],
            "generate --check, 732": [*program, "generate", "--check", "732.yaml"],
            "lint, 732": [*program, "lint", "732.yaml"],
            "diff, 732 and 1500": [*program, "diff", "732.yaml", "1500.yaml"],
            "migrate, 732 requests": migrate,
            "migrate --diff, 732 requests": [*migrate, "--diff"],
            "matrix, 732": [*program, "matrix", "732.yaml", "--format", "html"],
        }
        empty = None
        print(f"{'':32}{'s':>8}{'MB':>8}{'x empty':>9}")
        for title, command in rows.items():
            measured = measure(command, folder)
            empty = empty or measured.seconds
            ratio = measured.seconds / empty
            print(f"{title:32}{measured.seconds:8.3f}{measured.megabytes:8.0f}{ratio:9.1f}")


def fresh(program: Sequence[str], size: int) -> list[str]:
    """Return a command that deletes the generated files, so that it writes all of them."""
    remove = "import glob, os, sys; [os.remove(path) for path in glob.glob('*.json')]; "
    return [
        sys.executable,
        "-c",
        remove + f"os.execv({program[0]!r}, {[*program, 'generate', f'{size}.yaml']!r})",
    ]


if __name__ == "__main__":
    main()
