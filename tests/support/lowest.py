"""The lowest versions that pyproject.toml allows, of what the program needs to be built and to run.

`python -m tests.support.lowest` prints them as constraints for pip; `make test-lowest` calls it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)>=(?P<version>[\w.]+)")


def constraints(requirements: Iterable[str]) -> list[str]:
    """`name==version` of each requirement; one without a lower bound is a mistake."""
    found = {each: REQUIREMENT.match(each) for each in requirements}
    without = [each for each, match in found.items() if not match]
    if without:
        raise ValueError(f"no lower bound: {', '.join(without)}")
    return [f"{match['name']}=={match['version']}" for match in found.values() if match]


def requirements() -> list[str]:
    """What pyproject.toml names for the build and for the program."""
    read = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return [*read["build-system"]["requires"], *read["project"]["dependencies"]]


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in constraints(requirements())))
