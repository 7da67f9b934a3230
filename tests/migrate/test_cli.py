"""`okta-postman migrate` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okta_postman.cli.app import app
from okta_postman.postman.existing.file import LARGEST
from tests.support.migration import SSWS, TOKEN, collection, environment, item, scope, written
from tests.support.program import BASE, contents, okta_postman

KNOWN = written(collection(item("{{url}}/api/v1/users", SSWS)))
UNKNOWN = written(collection(item("{{url}}/api/v1/nothing", SSWS)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a manifest, two collections and an environment."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "okta.yaml").write_text(BASE)
    (tmp_path / "old.json").write_bytes(KNOWN)
    (tmp_path / "unknown.json").write_bytes(UNKNOWN)
    (tmp_path / "env.json").write_bytes(
        written(environment(url="https://acme.okta.com", apikey=TOKEN))
    )
    return tmp_path


def migrate(*arguments: str, description: str = "okta.yaml") -> Result:
    return CliRunner().invoke(app, ["migrate", *arguments, "--manifest", description])


def scope_of(data: bytes | str) -> str | None:
    return scope(json.loads(data)["item"][0]["request"])


def test_one_file_goes_to_the_terminal_and_its_report_beside_it(folder: Path) -> None:
    before = contents(folder)
    done = migrate("old.json")

    assert done.exit_code == 0
    assert scope_of(done.stdout) == "okta.users.read"
    assert "old.json: 1 request: 1 migrated" in done.stderr
    assert contents(folder) == before


def test_standard_input_is_a_file_too(folder: Path) -> None:
    done = okta_postman("migrate", "-", "-m", "okta.yaml", cwd=folder, stdin=KNOWN)

    assert (done.code, scope_of(done.stdout)) == (0, "okta.users.read")
    assert "<stdin>: 1 request: 1 migrated" in done.stderr


def test_files_are_written_into_a_folder_or_to_a_name(folder: Path) -> None:
    (folder / "new").mkdir()
    done = migrate("old.json", "env.json", "-o", "new")
    named = migrate("old.json", "-o", "named.json")

    assert (done.exit_code, named.exit_code) == (0, 0)
    assert scope_of((folder / "new" / "old.json").read_bytes()) == "okta.users.read"
    assert b"apikey" not in (folder / "new" / "env.json").read_bytes()
    assert (folder / "named.json").read_bytes() == (folder / "new" / "old.json").read_bytes()
    assert (folder / "old.json").read_bytes() == KNOWN
    assert migrate("old.json", "env.json", "-o", "new").exit_code == 0


def test_in_place_changes_the_files_and_a_check_agrees(folder: Path) -> None:
    first = migrate("old.json", "env.json", "--check")
    assert (first.exit_code, first.stdout.count("error[P030]")) == (1, 2)
    assert (folder / "old.json").read_bytes() == KNOWN

    assert migrate("old.json", "env.json", "--in-place").exit_code == 0
    assert scope_of((folder / "old.json").read_bytes()) == "okta.users.read"
    assert TOKEN not in (folder / "env.json").read_text()
    last = migrate("old.json", "env.json", "--check")
    assert (last.exit_code, last.stdout) == (0, "")


def test_a_diff_shows_auth_and_nothing_more_and_no_token(folder: Path) -> None:
    (folder / "env.json").write_bytes(
        written(environment(url="https://acme.okta.com", apikey="not-like-a-t0ken"))
    )
    done = migrate("old.json", "env.json", "--diff")

    removed = [line[1:].strip() for line in done.stdout.splitlines() if line[:2] == "-\t"]
    assert done.exit_code == 0
    assert removed[:5] == [
        '"header": [', "{", '"key": "Authorization",', '"value": "SSWS {{apikey}}"', "}",
    ]  # fmt: skip
    assert '+\t\t\t\t\t\t\t"value": "okta.users.read",' in done.stdout.splitlines()
    assert "not-like-a-t0ken" not in done.output
    assert '+\t\t\t\t\t\t\t"value": "{{accessToken}}",' in done.stdout.splitlines()
    assert migrate("old.json", "--diff", "--check").exit_code == 1
    assert (folder / "old.json").read_bytes() == KNOWN


def test_strict_says_no_to_unknown_scopes(folder: Path) -> None:
    assert migrate("unknown.json").exit_code == 0
    assert migrate("old.json", "--strict").exit_code == 0
    done = migrate("unknown.json", "--strict")
    assert done.exit_code == 1
    assert "warning[P016]" in done.stderr
    assert "/api/v1/nothing" in done.stderr
    assert done.stdout.encode() == UNKNOWN
    gone = migrate("unknown.json", "--remove-unknown", "-o", str(folder / "x.json"))
    assert gone.exit_code == 0
    assert "SSWS" not in (folder / "x.json").read_text()


def test_the_report_is_for_people_programs_and_documents(folder: Path) -> None:
    text = migrate("old.json", "unknown.json", "-i").stdout
    markdown = migrate("old.json", "unknown.json", "-i", "--format", "markdown").stdout
    read = json.loads(migrate("old.json", "unknown.json", "-i", "--format", "json").stdout)

    assert "migrated  GET     /api/v1/users  okta.users.read  Users  the manifest" in text
    assert "all files: 2 requests: 1 migrated, 1 unknown\n" in text
    assert "scopes to grant to the app: okta.users.read\n" in text
    assert "| unchanged | GET | /api/v1/users | okta.users.read |" in markdown
    assert [each["result"] for each in read["requests"]] == ["unchanged", "unknown"]
    assert [each["code"] for each in read["problems"]] == ["P016"]
    assert read["scopes"] == ["okta.users.read"]
    assert contents(folder)["unknown.json"] == UNKNOWN


def test_a_report_says_what_became_of_environments_and_what_a_shared_token_asks_for(
    folder: Path,
) -> None:
    (folder / "okta.yaml").write_text(f"{BASE}collection: {{auth: collection}}\n")
    manage = item("{{url}}/api/v1/users", SSWS, method="POST")
    (folder / "old.json").write_bytes(
        written(collection(item("{{url}}/api/v1/users", SSWS), manage))
    )
    (folder / "none.json").write_bytes(written(collection()))
    (folder / "out").mkdir()
    inputs = ["old.json", "none.json", "env.json", "-o", "out"]
    done = migrate(*inputs)

    both = "okta.users.manage okta.users.read"
    assert max(map(len, done.stdout.partition("old.json:")[0].splitlines())) <= 80
    assert f"\nscopes to grant to the app: {both}\n" in done.stdout
    assert "\nnone.json: 0 requests\n" in done.stdout
    gained = ["authUrl", "accessTokenUrl", "clientId", "redirectUri", "state", "accessToken"]
    assert (
        f"\nenv.json: removed variables: apikey; added variables: {', '.join(gained)}\n"
        in done.stdout
    )
    assert "wrote out/old.json\nwrote out/none.json\nwrote out/env.json\n" in done.stderr
    read = json.loads(migrate(*inputs, "--format", "json").stdout)
    assert read["files"][2] == {
        "file": "env.json",
        "variables_removed": ["apikey"],
        "variables_added": gained,
        "reformatted": False,
    }
    assert [each["token_scopes"] for each in read["requests"]] == [both.split()] * 2
    assert (
        "### env.json\n\nremoved variables: apikey;"
        in migrate(*inputs, "--format", "markdown").stdout
    )


def test_a_scope_that_nobody_grants_is_not_asked_for(folder: Path) -> None:
    (folder / "who.json").write_bytes(written(collection(item("{{url}}/oauth2/v1/userinfo"))))
    done = migrate("who.json", "env.json", "-i")
    assert "openid" in done.stdout
    assert "grant to the app" not in done.stdout


def test_nothing_is_written_while_a_file_is_bad(folder: Path) -> None:
    (folder / "bad.json").write_text("{")
    before = contents(folder)
    done = migrate("old.json", "bad.json", "--in-place")

    assert done.exit_code == 2
    assert "bad.json:1:2: error[P010]: the file ends in the middle" in done.stderr
    assert contents(folder) == before


def test_a_file_that_is_too_large_is_refused_without_reading_it_all(folder: Path) -> None:
    (folder / "large.json").write_bytes(b" " * (LARGEST + 1))
    done = migrate("large.json", "--in-place")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "large.json: more than 32 MB, which is too large" in done.stderr


MISTAKES = {
    "several to the terminal": (["old.json", "unknown.json"], "pass --output or --in-place"),
    "no such file": (["none.json"], "none.json: no such file"),
    "in place and elsewhere": (["old.json", "-i", "-o", "x.json"], "excludes --output"),
    "in place from standard input": (["-", "-i"], "--in-place needs files"),
    "no such folder": (["old.json", "unknown.json", "-o", "no"], "there is no folder no"),
    "one file for several": (
        ["old.json", "env.json", "-o", "x.json"],
        "need a folder; write `--outp",
    ),
    "a report of a check": (
        ["old.json", "--check", "--format", "json"],
        "omit --in-place and",
    ),
    "in place and not": (["old.json", "--diff", "-i"], "--check and --diff write nothing"),
    "a manifest as a file": (["okta.yaml"], "a manifest goes after --manifest"),
    "an OpenAPI document": (["api.json"], "`okta-postman import openapi` makes a manifest"),
    "over another collection": (["old.json", "-o", "other.json"], "is another collection"),
    "two of one name": (["old.json", "sub/old.json", "-o", "sub"], "have the same name"),
}


@pytest.mark.parametrize(("arguments", "said"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_one_sentence_and_changes_nothing(
    folder: Path, arguments: list[str], said: str
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "old.json").write_bytes(KNOWN)
    (folder / "api.json").write_text('{"openapi": "3.1.0", "paths": {}}')
    (folder / "other.json").write_bytes(KNOWN.replace(b'"c1"', b'"c2"'))
    before = contents(folder)
    done = migrate(*arguments)

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert contents(folder) == before


def test_a_bad_description_is_shown_with_its_place(folder: Path) -> None:
    (folder / "bad.yaml").write_text(BASE.replace("acme.okta.com", "acme-admin.okta.com"))
    done = migrate("old.json", description="bad.yaml")

    assert done.exit_code == 2
    assert "bad.yaml:3:6: error[R002]" in done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("how", ["--check", "--diff"])
def test_strict_counts_beside_a_comparison(how: str) -> None:
    assert migrate("unknown.json", how).exit_code == 0
    assert migrate("unknown.json", how, "--strict").exit_code == 1


OTHERS = ["--in-place", "--check", "--diff", "--strict", "--remove-unknown", "--format=json"]


@pytest.mark.parametrize("option", OTHERS)
def test_a_description_is_written_without_options_that_do_nothing(
    folder: Path, option: str
) -> None:
    before = contents(folder)
    done = migrate("old.json", "--to-manifest", option)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "of the options, it takes --output" in done.stderr
    assert contents(folder) == before
