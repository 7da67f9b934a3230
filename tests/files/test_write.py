"""Every verb that writes: files are old or new, and nothing else is left, whatever ends a run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from okta_postman.files.write import replace_all, write_new
from okta_postman.problems import UserError
from tests.support.program import BASE
from tests.support.samples import ROOT

fcntl = pytest.importorskip("fcntl", reason="Windows has no fork, no locks and no modes")

TOKEN = b"secret-of-this-test"
API = {
    "openapi": "3.0.3",
    "info": {"title": "Users", "version": "1"},
    "servers": [{"url": "https://acme.okta.com"}],
    "paths": {
        f"/api/v1/users{tail}": {
            "get": {"responses": {}, "security": [{"oauth2": ["okta.users.read"]}]}
        }
        for tail in ("", "/me")
    },
    "components": {
        "securitySchemes": {
            "oauth2": {
                "type": "oauth2",
                "flows": {
                    "authorizationCode": {
                        "authorizationUrl": "https://acme.okta.com/oauth2/v1/authorize",
                        "tokenUrl": "https://acme.okta.com/oauth2/v1/token",
                        "scopes": {"okta.users.read": ""},
                    }
                },
            }
        }
    },
}
OLD_COLLECTION = {
    "info": {
        "name": "Old",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "item": [
        {
            "name": "List users",
            "request": {
                "method": "GET",
                "header": [{"key": "Authorization", "value": "SSWS {{apikey}}"}],
                "url": "https://acme.okta.com/api/v1/users",
            },
        }
    ],
}
ORG = ["--org", "https://acme.okta.com", "--client-id", "0oan47pj9BsB30h7"]
OLD_ENVIRONMENT = {"id": "1", "name": "mine", "values": [{"key": "accessToken", "value": ""}]}
VERBS: dict[str, list[str]] = {
    "generate": ["generate", "users.yaml"],
    "init": ["init", "new.yaml", *ORG],
    "import": ["import", "openapi", "api.json", "-o", "new.yaml", *ORG],
    "update": ["import", "openapi", "api.json", "--update", "users.yaml"],
    "migrate": ["migrate", "old.json", "-m", "users.yaml", "-o", "new.json"],
    "in place": ["migrate", "old.json", "-m", "users.yaml", "--in-place"],
    "to manifest": ["migrate", "old.json", "-m", "users.yaml", "--to-manifest", "-o", "new.yaml"],
    "grants": ["grants", "users.yaml", "-o", "."],
    "login": ["write_token", "mine.json"],
}


def prepared(folder: Path) -> Path:
    """A folder that each verb has something to write in."""
    folder.mkdir(parents=True)
    more = "environments: {a: {}, b: {}, c: {}}\n"
    (folder / "users.yaml").write_text(BASE + more, encoding="utf-8")
    old = BASE.replace("acme", "old") + more
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    for name, data in (("api", API), ("old", OLD_COLLECTION), ("mine", OLD_ENVIRONMENT)):
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def outcomes(jobs: Sequence[dict[str, Any]]) -> list[Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killing"],
        cwd=ROOT,
        input=json.dumps(jobs),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "COVERAGE_PROCESS_CONFIG": ""},
        timeout=300,
        check=True,
    )
    return list(json.loads(done.stdout))


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def before_and_after(tmp_path: Path) -> dict[str, tuple[Path, dict[str, bytes], dict[str, bytes]]]:
    """For each verb, a folder as it was, its files, and those after the verb."""
    first, after = prepared(tmp_path / "first" / "in"), {}
    outcomes([{"folder": str(first), "arguments": ["generate", "old.yaml"]}])
    for name in VERBS:
        after[name] = tmp_path / name / "in"
        shutil.copytree(first, after[name])
    codes = outcomes([{"folder": str(after[name]), "arguments": VERBS[name]} for name in VERBS])
    assert codes == [0] * len(VERBS), [(tmp_path / name / "output").read_text() for name in VERBS]
    found = {name: (first, files(first), files(after[name])) for name in VERBS}
    assert all(old != new for _, old, new in found.values())
    return found


def test_two_hundred_kills_leave_each_file_old_or_new_and_the_next_run_cleans_up(
    tmp_path: Path,
) -> None:
    verbs = before_and_after(tmp_path)
    runs = [
        (name, tmp_path / "runs" / f"{number}-{name}" / "in")
        for number in range(23)
        for name in VERBS
    ]
    assert len(runs) >= 200
    for name, folder in runs:
        shutil.copytree(verbs[name][0], folder)

    jobs = [{"folder": str(folder), "arguments": VERBS[name]} for name, folder in runs]
    codes = Counter(outcomes([{**job, "kill": True} for job in jobs]))
    left = []
    for name, folder in runs:
        _, old, new = verbs[name]
        found = files(folder)
        for path in {*old, *new}:
            assert found.get(path) in (old.get(path), new.get(path)), (name, path)
        parts = found.keys() - old.keys() - new.keys()
        left += [(name, folder)] if list(folder.glob(".okta-postman-*")) else []
        assert all(path.startswith(".okta-postman-") for path in parts)
        private = [stat.S_IMODE(each.stat().st_mode) for each in folder.glob(".okta-postman-*")]
        assert set(private) <= {0o700}
    assert codes[-9] > 50, codes
    assert len(left) > 10, codes

    # The next run cleans up, and finishes what it can: it does not write over a new manifest.
    jobs = [{"folder": str(folder), "arguments": VERBS[name]} for name, folder in left]
    for (name, folder), code in zip(left, outcomes(jobs), strict=True):
        _, old, new = verbs[name]
        assert files(folder) == new, (name, folder)
        assert list(folder.glob(".okta-postman-*")) == []
        assert code == 0 or "new.yaml" in new, name
        assert {path for path, data in files(folder).items() if TOKEN in data} <= {"mine.json"}


def test_a_hundred_pairs_of_runs_with_one_process_id_write_their_own_files(tmp_path: Path) -> None:
    verbs = [["generate", "users.yaml"], ["generate", "others.yaml"]]
    folders = [tmp_path / str(number) / "in" for number in range(101)]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "users.yaml").write_text(BASE, encoding="utf-8")
        others = BASE.replace("acme", "other").replace("Okta users", "Others")
        (folder / "others.yaml").write_text(others, encoding="utf-8")
    alone, *pairs = folders
    outcomes([{"folder": str(alone), "arguments": each} for each in verbs])

    codes = outcomes([{"folder": str(folder), "verbs": verbs} for folder in pairs])

    assert codes == [[0, 0]] * 100
    assert len(files(alone)) == 6
    assert [folder for folder in pairs if files(folder) != files(alone)] == []


@pytest.mark.parametrize("kill", [False, True], ids=["full", "killed"])
def test_a_full_disk_or_a_kill_in_the_middle_of_a_write_leaves_what_was_there(
    tmp_path: Path, *, kill: bool
) -> None:
    verbs = before_and_after(tmp_path)
    jobs: list[dict[str, Any]] = []
    for name, (first, old, new) in verbs.items():
        largest = max(len(data) for path, data in new.items() if old.get(path) != data)
        for size in (0, largest // 2, largest - 1):
            folder = tmp_path / "full" / f"{name}-{size}" / "in"
            shutil.copytree(first, folder)
            jobs.append(
                {"folder": str(folder), "arguments": VERBS[name], "size": size, "kill": kill}
            )

    codes = outcomes(jobs)

    for job, code in zip(jobs, codes, strict=True):
        folder = Path(job["folder"])
        assert files(folder) == verbs[folder.parent.name.rpartition("-")[0]][1]
        assert kill or list(folder.glob(".okta-postman-*")) == []
        assert code == (-signal.SIGXFSZ if kill else 2), job


def test_parts_of_others_and_of_a_living_run_stay(tmp_path: Path) -> None:
    names = {kind: f".okta-postman-{kind * 32}" for kind in "abcd"}
    for name in names.values():
        (tmp_path / name).mkdir()
        (tmp_path / name / "0").write_bytes(b"")
    (tmp_path / names["b"] / "notes.txt").write_bytes(b"mine")
    (tmp_path / ".okta-postman-notes").mkdir()
    shutil.rmtree(tmp_path / names["c"])
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "0").write_bytes(b"mine")
    (tmp_path / names["c"]).symlink_to("elsewhere")
    alive = os.open(tmp_path / names["d"], os.O_RDONLY)
    fcntl.flock(alive, fcntl.LOCK_EX)

    replace_all({tmp_path / "a.json": b"{}"})
    os.close(alive)

    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == sorted(
        [
            *(names["b"], f"{names['b']}/notes.txt", names["c"], names["d"], f"{names['d']}/0"),
            *(".okta-postman-notes", "a.json", "elsewhere", "elsewhere/0"),
        ]
    )


def test_an_old_folder_of_parts_goes_where_a_disk_has_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(38, "function not implemented")

    monkeypatch.setattr(fcntl, "flock", none)
    old, young = (tmp_path / f".okta-postman-{kind * 32}" for kind in "ab")
    for parts in (old, young):
        parts.mkdir()
    past = time.time() - 4000
    os.utime(old, (past, past))

    replace_all({tmp_path / "a.json": b"{}"})

    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, "a.json"]


def test_a_disk_without_unnamed_files_and_hard_links_takes_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def none(*_: object, **__: object) -> None:
        raise OSError(95, "operation not supported")

    def without_unnamed(path: Any, flags: int, *rest: Any, **more: Any) -> int:  # noqa: ANN401
        if flags & getattr(os, "O_TMPFILE", 1 << 62) == getattr(os, "O_TMPFILE", 1 << 62):
            none()
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", without_unnamed)
    monkeypatch.setattr(os, "link", none)
    replace_all({tmp_path / "secret.json": b"{}"}, owner_only=True)
    write_new(tmp_path / "new.yaml", "version: 1\n")
    with pytest.raises(UserError, match=r"new\.yaml exists already"):
        write_new(tmp_path / "new.yaml", "version: 2\n")

    assert files(tmp_path) == {"secret.json": b"{}", "new.yaml": b"version: 1\n"}
    assert stat.S_IMODE((tmp_path / "secret.json").stat().st_mode) == 0o600
