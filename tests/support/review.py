"""A repository whose manifest changes step by step, and the reports on each step."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from okta_postman.commands.generate import artifacts_of
from okta_postman.commands.review import inventory_of
from okta_postman.files.git import Version, read_versions
from okta_postman.reports.diff.formats import FORMATS
from okta_postman.review.compare import compare
from tests.support.manifests import check

STEPS = sorted((Path(__file__).resolve().parents[1] / "review").glob("*.yaml"))
DESCRIPTION = "okta-postman.yaml"
ENDINGS = {"text": "txt", "markdown": "md", "json": "json", "github": "annotations"}


def git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing of a user's own settings counts."""
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    done = subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )
    return done.stdout


def commit(folder: Path) -> str:
    """Commit everything in a repository, which is made if need be; the commit's id."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "a change")
    return git(folder, "rev-parse", "HEAD").strip()


def report(versions: tuple[Version, Version], form: str) -> str:
    """What `diff` prints of two versions."""
    (old, was), (new, now) = (inventory_of(each) for each in versions)
    assert old is not None, was
    assert new is not None, now
    return FORMATS[form](compare(old, new), was[0].source, now[0].source)


def walked(repository: Path) -> Iterator[tuple[Path, str, str]]:
    """Each step with each format and the report of the change, against HEAD in real git.

    Manifests are compared. In the last step the text stays as it is, and a newer catalog
    generates something else from it: there collections are compared.
    """
    here = Path.cwd()
    os.chdir(repository)
    try:
        for step in STEPS:
            shutil.copy(step, DESCRIPTION)
            collection = _generated()
            if step == STEPS[-1]:
                assert step.read_bytes() == STEPS[-2].read_bytes()
                collection.write_bytes(_older(collection.read_bytes()))
                commit(repository)
                _generated()
            if step != STEPS[0]:
                name = collection.name if step == STEPS[-1] else DESCRIPTION
                for form in ENDINGS:
                    yield step, form, report(read_versions(name, None), form)
            commit(repository)
    finally:
        os.chdir(here)


def _generated() -> Path:
    manifest, checked = check(DESCRIPTION, Path(DESCRIPTION).read_bytes())
    assert manifest is not None, checked.problems
    collection = artifacts_of(manifest)[0]
    path = Path(collection.path)
    path.write_bytes(collection.content)
    return path


def _older(collection: bytes) -> bytes:
    """A collection as of a release of Okta's documents that lacked an operation.

    It had the schema of log streams under the scope that Okta's guide once listed it with.
    """
    data = json.loads(collection)
    for folder in data["item"]:
        folder["item"] = [each for each in folder["item"] if each["name"] != "Get log stream"]
        for each in folder["item"]:
            if each["name"] == "Get log stream schema":
                (scope,) = (f for f in each["request"]["auth"]["oauth2"] if f["key"] == "scope")
                scope["value"] = "okta.schemas.read"
    return json.dumps(data).encode()


def regenerate() -> Iterator[str]:
    """Make each report say what it says today; a line for each that was another."""
    with tempfile.TemporaryDirectory() as folder:
        for step, form, text in walked(Path(folder)):
            said = step.with_suffix(f".{ENDINGS[form]}")
            if not said.exists() or said.read_bytes() != text.encode():
                said.write_bytes(text.encode())
                yield f"changed: {said.name}"
