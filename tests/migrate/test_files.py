"""Where `okta-postman migrate` writes, and which files it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okta_postman.cli.app import app
from tests.support.migration import SSWS, collection, environment, item, written
from tests.support.program import BASE, contents

OLD = collection(item("{{url}}/api/v1/users", SSWS))
OTHER = {**OLD, "info": {"name": "Other"}}
JSON_DESCRIPTION = {"version": 1, "id": "c1", "name": "Team", "scopes": {}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a manifest and a collection."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "okta.yaml").write_text(BASE)
    (tmp_path / "old.json").write_bytes(written(OLD))
    return tmp_path


def migrate(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["migrate", *arguments, "--manifest", "okta.yaml"])


REFUSED = {
    "the manifest": ("okta.yaml", None, "okta.yaml: is the manifest"),
    "the manifest by another path": ("./../{}/okta.yaml", None, "is the manifest"),
    "a text": ("x", b"dear diary", "x: is no collection or environment"),
    "a manifest in JSON": ("x", written(JSON_DESCRIPTION), "is no collection or environment"),
    "an object of somebody": ("x", b'{"id": "c1"}', "x: is no collection or environment"),
    "a collection without an id": ("x", written(OTHER), "x: is another collection"),
    "an environment": ("x", written(environment(a="b")), "x: is another collection or environment"),
    "a file in a folder that is not there": (
        "new/x.json",
        None,
        "folder new; `mkdir -p new` creates",
    ),
    "a folder that is not there": ("new/", None, "there is no folder new; `mkdir -p new`"),
}


@pytest.mark.parametrize(("output", "there", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_something_else_is_not_written_over(
    folder: Path, output: str, there: bytes | None, said: str
) -> None:
    if there is not None:
        (folder / output).write_bytes(there)
    before = contents(folder)
    done = migrate("old.json", "-o", output.format(folder.name))

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert contents(folder) == before


def test_what_was_written_may_be_written_again_without_an_id(folder: Path) -> None:
    unnamed = {**OLD, "info": {key: OLD["info"][key] for key in ("name", "schema")}}
    (folder / "old.json").write_bytes(written(unnamed))
    assert migrate("old.json", "-o", "new.json").exit_code == 0
    (folder / "old.json").write_bytes(written({**unnamed, "more": 1}))

    assert migrate("old.json", "-o", "new.json").exit_code == 0
    assert json.loads((folder / "new.json").read_bytes())["more"] == 1


def test_a_link_stays_a_link_and_its_file_is_migrated(folder: Path) -> None:
    (folder / "sub").mkdir()
    real = (folder / "old.json").rename(folder / "sub" / "real.json")
    (folder / "old.json").symlink_to(real)

    assert migrate("old.json", "--in-place").exit_code == 0
    assert (folder / "old.json").is_symlink()
    assert b"SSWS" not in real.read_bytes()


def test_a_file_that_is_read_only_stays(folder: Path) -> None:
    (folder / "old.json").chmod(0o444)
    done = migrate("old.json", "--in-place")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "old.json: is read-only" in done.stderr
    assert (folder / "old.json").read_bytes() == written(OLD)
    assert migrate("old.json", "--check").exit_code == 1


def test_a_link_to_itself_and_a_device_are_no_place_to_write_to(folder: Path) -> None:
    (folder / "loop.json").symlink_to("loop.json")
    loop, device = migrate("old.json", "-o", "loop.json"), migrate("old.json", "-o", "/dev/null")

    assert (loop.exit_code, device.exit_code) == (2, 2)
    assert "loop.json: " in loop.stderr
    assert "/dev/null: is neither a file nor a folder" in device.stderr
