"""Files are written whole, in their folder, and only when everything is right."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import stat
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okta_postman.cli.app import app
from okta_postman.files import disk
from okta_postman.problems import UserError
from tests.support.program import BASE, contents, okta_postman

COLLECTION = "okta-users.postman_collection.json"

# Dies at the N-th step of the kind that changes a disk: an open for writing, a rename, a removal.
DYING = """
import os, runpy, sys
left = int(sys.argv.pop(1))
def watch(event, args):
    global left
    writes = event == "open" and isinstance(args[1], str) and args[1][:1] in "wx"
    if writes or event in ("os.rename", "os.remove"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(watch)
runpy.run_module("okta_postman", run_name="__main__")
"""

# Compiled modules and measurements of coverage are written too, and are not what is watched.
UNCOMPILED = {"PYTHONDONTWRITEBYTECODE": "1", "COVERAGE_PROCESS_CONFIG": ""}

# Is killed by the kernel in the middle of the first write that goes beyond a few kilobytes.
CUT_OFF = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
runpy.run_module("okta_postman", run_name="__main__")
"""

LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
runpy.run_module("okta_postman", run_name="__main__")
"""


def described(folder: Path, text: str = BASE) -> Path:
    path = folder / "users.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    done = okta_postman("generate", "users.yaml", cwd=tmp_path)

    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert done.stderr == "2 files up to date\n"


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    described(tmp_path, BASE + "    - GET /api/v1/users/{userId}/groups\nvariables: {userId: me}\n")
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    described(
        tmp_path, BASE + "    - GET /api/v1/users/{userId}/clients\nvariables: {userId: me}\n"
    )

    done = okta_postman("generate", "users.yaml", cwd=tmp_path)

    assert done.stderr == f"wrote {COLLECTION}\n1 file up to date\n"


def test_nothing_is_written_when_one_of_two_descriptions_is_wrong(tmp_path: Path) -> None:
    described(tmp_path)
    (tmp_path / "wrong.yaml").write_text("version: 2\n", encoding="utf-8")

    done = okta_postman("generate", "users.yaml", "wrong.yaml", cwd=tmp_path)

    assert done.code == 2
    assert sorted(contents(tmp_path)) == ["users.yaml", "wrong.yaml"]


@pytest.mark.parametrize("step", range(8))
def test_a_kill_at_any_moment_leaves_each_file_old_or_new(tmp_path: Path, step: int) -> None:
    described(tmp_path, BASE + "environments: {a: {}, b: {}}\n")
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    old = contents(tmp_path)
    changed = BASE.replace("acme", "other").replace("/users", "/groups")
    described(tmp_path, changed + "environments: {a: {}, c: {}}\n")
    (tmp_path / "new").mkdir()
    okta_postman("generate", "users.yaml", "-o", "new", cwd=tmp_path)
    new = contents(tmp_path / "new")

    done = okta_postman(
        "generate",
        "users.yaml",
        cwd=tmp_path,
        launcher=[sys.executable, "-c", DYING, str(step)],
        environment=UNCOMPILED,
    )

    found = contents(tmp_path)
    for name in {*old, *new} - {"users.yaml"}:
        assert found.get(name) in (old.get(name), new.get(name))
    if done.code == 9:
        okta_postman("generate", "users.yaml", cwd=tmp_path)
    finished = {name: data for name, data in contents(tmp_path).items() if name in {*old, *new}}
    assert finished == {**new, "users.yaml": finished["users.yaml"]}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_kill_in_the_middle_of_a_write_leaves_the_old_file(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    before = contents(tmp_path)
    described(tmp_path, BASE.replace("acme", "other"))

    done = okta_postman(
        "generate",
        "users.yaml",
        cwd=tmp_path,
        launcher=[sys.executable, "-c", CUT_OFF],
        environment=UNCOMPILED,
    )

    assert done.code == -signal.SIGXFSZ
    assert contents(tmp_path)[COLLECTION] == before[COLLECTION]


def test_the_steps_of_the_killed_run_reach_its_end(tmp_path: Path) -> None:
    """Three files are opened and renamed: a run that may take eight steps is not killed."""
    described(tmp_path, BASE + "environments: {a: {}, b: {}}\n")
    codes = [
        okta_postman(
            "generate",
            "users.yaml",
            cwd=tmp_path,
            launcher=[sys.executable, "-c", DYING, steps],
            environment=UNCOMPILED,
        ).code
        for steps in ("5", "8")
    ]
    assert codes == [9, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_full_disk_gives_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    described(tmp_path, BASE.replace("acme", "other"))
    before = contents(tmp_path)

    done = okta_postman(
        "generate",
        "users.yaml",
        cwd=tmp_path,
        launcher=[sys.executable, "-c", LIMITED],
        environment=UNCOMPILED,
    )

    assert done.code == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("okta-postman: .: file too large")
    assert contents(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_a_folder_that_cannot_be_written_gives_one_sentence(tmp_path: Path) -> None:
    described(tmp_path)
    if os.geteuid() == 0:  # whom no mode stops; the kernel's own folder does
        folder = Path("/sys/kernel")
    else:
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o555)

    done = okta_postman("generate", "users.yaml", "-o", str(folder), cwd=tmp_path)

    assert done.code == 2
    assert done.stderr.count("\n") == 1
    assert re.search("permission denied|not permitted", done.stderr)


@pytest.mark.parametrize("folder", ["missing", "users.yaml"])
def test_a_folder_that_is_none_gives_one_sentence(tmp_path: Path, folder: str) -> None:
    described(tmp_path)

    done = okta_postman("generate", "users.yaml", "-o", folder, cwd=tmp_path)

    assert done.code == 2
    assert done.stderr.count("\n") == 1
    assert folder in done.stderr


@pytest.mark.parametrize(
    "name", ["../up", "/etc/x", "..", ".", "a/b", "a\\b", "CON", "nul.txt", "~", "-rf", "a\u202eb"]
)
def test_output_stays_in_its_folder_whatever_an_environment_is_called(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    quoted = name.replace("\\", "\\\\")
    described(tmp_path, f'{BASE}environments: {{"{quoted}": {{}}}}\n')

    done = okta_postman("generate", "users.yaml", "-o", "out", cwd=tmp_path)

    assert sorted(contents(tmp_path)) == ["users.yaml"]
    assert done.code in (0, 2)
    for written in contents(folder):
        assert written.startswith("okta-users.")


@pytest.mark.parametrize("identity", ["../up", "/etc/x", "a/b", "..", ".hidden", "a.b", "con", ""])
def test_output_stays_in_its_folder_whatever_the_id_is(tmp_path: Path, identity: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    described(tmp_path, f'{BASE}id: "{identity}"\n')

    done = okta_postman("generate", "users.yaml", "-o", "out", cwd=tmp_path)

    assert sorted(contents(tmp_path)) == ["users.yaml"]
    assert (done.code, sorted(contents(folder))) in [
        (2, []),
        (0, ["con-.acme.okta.com.postman_environment.json", "con-.postman_collection.json"]),
    ]


def test_two_environments_that_differ_only_in_case_are_refused(tmp_path: Path) -> None:
    described(tmp_path, BASE + "environments: {Production: {}, production: {}}\n")

    done = okta_postman("generate", "users.yaml", cwd=tmp_path)

    assert done.code == 2
    assert "R028" in done.stderr
    assert sorted(contents(tmp_path)) == ["users.yaml"]


def test_two_descriptions_that_differ_only_in_the_case_of_their_ids_are_refused(
    tmp_path: Path,
) -> None:
    described(tmp_path)
    (tmp_path / "other.yaml").write_text(BASE + "id: OKTA-users\n", encoding="utf-8")

    together = okta_postman("generate", "users.yaml", "other.yaml", cwd=tmp_path)
    first = okta_postman("generate", "users.yaml", cwd=tmp_path)
    before = contents(tmp_path)
    second = okta_postman("generate", "other.yaml", cwd=tmp_path)

    assert (together.code, first.code, second.code) == (2, 0, 2)
    assert "users.yaml and other.yaml both write" in together.stderr
    assert "was not generated from this" in second.stderr
    assert contents(tmp_path) == before


def test_a_collection_of_another_origin_is_never_overwritten(tmp_path: Path) -> None:
    described(tmp_path)
    own = '{"info": {"_postman_id": "made by hand"}}'
    (tmp_path / COLLECTION).write_text(own, encoding="utf-8")

    done = okta_postman("generate", "users.yaml", cwd=tmp_path)

    assert done.code == 2
    assert (tmp_path / COLLECTION).read_text(encoding="utf-8") == own


def test_a_merge_conflict_is_resolved_by_generating_again(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    good = (tmp_path / COLLECTION).read_bytes()
    (tmp_path / COLLECTION).write_bytes(b"<<<<<<< HEAD\n" + good)

    done = okta_postman("generate", "users.yaml", cwd=tmp_path)

    assert done.code == 0
    assert (tmp_path / COLLECTION).read_bytes() == good


def test_an_environment_that_is_gone_is_stale_and_then_removed(tmp_path: Path) -> None:
    described(tmp_path, BASE + "environments: {preview: {}, production: {}}\n")
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    stale = "okta-users.preview.postman_environment.json"
    own = tmp_path / "okta-users.mine.postman_environment.json"
    own.write_text('{"id": "made by hand", "values": []}', encoding="utf-8")
    described(tmp_path, BASE + "environments: {production: {}}\n")

    checked = okta_postman("generate", "--check", "users.yaml", cwd=tmp_path)
    assert checked.code == 1
    assert f"{stale}: error[P003]" in checked.stdout
    assert own.name not in checked.stdout

    done = okta_postman("generate", "users.yaml", cwd=tmp_path)
    assert f"removed {stale}" in done.stderr
    assert not (tmp_path / stale).exists()
    assert own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_the_mode_of_a_file_is_kept_and_a_link_is_not_followed(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    path = tmp_path / COLLECTION
    path.chmod(0o640)
    outside = tmp_path / "outside.json"
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    described(tmp_path, BASE.replace("/users", "/groups"))

    okta_postman("generate", "users.yaml", cwd=tmp_path)

    assert outside.read_bytes() == before
    assert not path.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("other", ["a\0b.yaml", "\ud83d.yaml", "circle.yaml", "../x.yaml"])
def test_a_file_beside_another_that_can_be_none_is_a_sentence(tmp_path: Path, other: str) -> None:
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    with pytest.raises(UserError) as refused:
        disk.read_beside(str(tmp_path / "orders.yaml"), other)
    str(refused.value).encode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("is_link", [False, True])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
def test_what_is_no_file_is_neither_read_nor_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, is_link: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    described(tmp_path)
    (tmp_path / "old.json").write_text('{"info": {}, "item": []}', encoding="utf-8")
    special = tmp_path / "special"
    with socket.socket(socket.AF_UNIX) as server:
        if kind == "pipe":
            os.mkfifo(special)
        elif kind == "socket":
            server.bind(str(special))
        elif kind == "folder":
            special.mkdir()
        else:
            special = Path("/dev/zero")
        names = [COLLECTION, "special.json", "okta-users.old.postman_environment.json"]
        for name in names:
            path = tmp_path / name
            if is_link or kind == "device":
                path.symlink_to(special)
            else:
                shutil.copytree(special, path) if kind == "folder" else os.link(special, path)

        for arguments in (
            ["lint", "special.json"],
            ["generate", "special.json"],
            ["generate", "users.yaml"],
            ["generate", "--diff", "users.yaml"],
            ["diff", "special.json"],
            ["grants", "users.yaml", "--since", "special.json"],
            ["migrate", "special.json", "-m", "users.yaml"],
            ["migrate", "old.json", "-m", "users.yaml", "-o", "special.json"],
            ["import", "openapi", "special.json"],
            ["login", "users.yaml", "--all", "--env-file", "special.json"],
        ):
            if kind == "folder" and "-o" in arguments:
                continue  # which is a place to write into
            done = CliRunner().invoke(app, arguments)
            assert done.exit_code == 2, (arguments, done)
            assert done.stderr.count("\n") == 1, (arguments, done.stderr)
    assert all((tmp_path / name).lstat() for name in names)


@pytest.mark.parametrize("arguments", ["generate --diff users.yaml", "generate users.yaml"])
def test_a_link_out_of_the_folder_is_not_read_for_a_difference(
    tmp_path: Path, arguments: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    described(folder)
    secret = tmp_path / "secret"
    secret.write_text("password of someone else\n", encoding="utf-8")
    (folder / COLLECTION).symlink_to(secret)

    done = okta_postman(*arguments.split(), cwd=folder)

    assert done.code == 2
    assert f"{COLLECTION}: is a link that leads out of its folder" in done.stderr
    assert "password" not in done.stdout + done.stderr
    assert secret.read_text(encoding="utf-8") == "password of someone else\n"


def test_a_planted_link_lets_no_verb_write_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    described(folder)
    outside = {
        "manifest.yaml": BASE,
        "old.json": '{"info": {"schema": '
        '"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": []}',
        "mine.json": '{"name": "mine", "values": []}',
    }
    for name, text in outside.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (folder / name).symlink_to(f"../{name}")
    (folder / "new.yaml").symlink_to("../new.yaml")
    api = Path(__file__).parents[1] / "bad_openapi" / "O011-two-servers.yaml"
    shutil.copy(api, folder / "api.yaml")
    new = ["--org", "https://acme.okta.com", "--client-id", "0oan47pj9BsB30h7"]

    for arguments in (
        ["init", "new.yaml", *new],
        ["import", "openapi", "api.yaml", "-o", "new.yaml", *new],
        ["import", "openapi", "api.yaml", "--update", "manifest.yaml"],
        ["migrate", "old.json", "-m", "users.yaml", "--in-place"],
        ["login", "users.yaml", "--all", "--env-file", "mine.json"],
    ):
        done = okta_postman(*arguments, cwd=folder)
        assert done.code in (0, 2), (arguments, done)
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in outside} == outside
    assert not (tmp_path / "new.yaml").exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("用户 API 1", "群组 API 1"),
        ("Größe", "Grosse"),
        ("Café", "Cafe"),
        ("Ünal", "Unal"),
        (f"{'long ' * 16}one", f"{'long ' * 16}two"),
    ],
)
def test_two_manifests_of_one_slug_are_told_apart_one_after_the_other(
    tmp_path: Path, first: str, second: str
) -> None:
    for file, name in (("users.yaml", first), ("others.yaml", second)):
        text = BASE.replace("Okta users", f'"{name}"')
        (tmp_path / file).write_text(text, encoding="utf-8")

    together = okta_postman("generate", "users.yaml", "others.yaml", cwd=tmp_path)
    once = okta_postman("generate", "users.yaml", cwd=tmp_path)
    before = contents(tmp_path)
    after = okta_postman("generate", "others.yaml", cwd=tmp_path)

    if "both write" not in together.stderr:
        assert (together.code, after.code) == (0, 0), "their slugs differ"
        return
    assert (together.code, once.code, after.code) == (2, 0, 2)
    assert "was not generated from this" in after.stderr
    assert contents(tmp_path) == before


def test_another_style_of_the_same_name_keeps_ids(tmp_path: Path) -> None:
    described(tmp_path)
    okta_postman("generate", "users.yaml", cwd=tmp_path)
    for name in ("OKTA users", "okta-users", "Okta  Users", "okta.users", "'Okta: users!'"):
        described(tmp_path, BASE.replace("Okta users", name))
        assert okta_postman("generate", "users.yaml", cwd=tmp_path).code == 0
