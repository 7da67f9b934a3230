"""A green run says the same on every machine: nothing that lies there gets into it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.ci import documents
from tests.support.lowest import constraints, requirements
from tests.support.program import shell
from tests.support.samples import ROOT

JOBS = documents(ROOT / ".github" / "workflows" / "ci.yml")[0]["jobs"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Variables and files of a person, a hook or a runner, of which each has broken somebody's tests.
LEAKS = {
    "CI": "true",
    "COLUMNS": "20",
    "FORCE_COLOR": "1",
    "GIT_DIR": "/nowhere",
    "GITHUB_ACTIONS": "true",
    "NODE_OPTIONS": "--require=/nowhere",
    "PYTHONPATH": "/nowhere",
    "TZ": "Pacific/Kiritimati",
    "XDG_CONFIG_HOME": "/nowhere",
    "http_proxy": "http://127.0.0.1:9",
}
# How `make check` shows what it can see.
MAKEFILE = "check:\n\t@env\n"
LOOK_AROUND = """\
	@echo PYTHON is $(PYTHON)
	@find /tmp /var/tmp $$HOME /usr/share/fonts ! -type d -exec echo FILE {} \\;
	@for name in node npm; do $$name --version > /dev/null 2>&1 && echo PROGRAM $$name; done; true
"""


def test_the_tests_see_no_setting_of_whoever_runs_them(tmp_path: Path) -> None:
    (tmp_path / ".gitconfig").write_text("[commit]\ngpgSign = true\n", encoding="utf-8")
    asked = (
        "import json, os, sys; sys.path.insert(0, sys.argv[1]); import tests.conftest;"
        "print(json.dumps([dict(os.environ), os.listdir(os.path.expanduser('~')), os.umask(0)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, str(ROOT)],
        env={**os.environ, **LEAKS, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    variables, files, umask = json.loads(done.stdout)
    assert not LEAKS.keys() & variables.keys()
    assert variables["PATH"] == os.environ["PATH"]
    assert (files, umask) == ([], 0o022)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    (folder / "Makefile").write_text(MAKEFILE + LOOK_AROUND, encoding="utf-8")
    settings = tmp_path / "home" / ".config" / "pip"
    settings.mkdir(parents=True)
    for file in (settings / "pip.conf", tmp_path / "home" / ".gitconfig", tmp_path / "earlier"):
        file.write_text("", encoding="utf-8")
    return folder


def ci_run(checkout: Path, **variables: str) -> list[str]:
    """The lines that `.ci/run` prints, started by somebody with a home and settings."""
    done = subprocess.run(
        [shell("bash"), str(checkout / ".ci" / "run")],
        env={**os.environ, **LEAKS, "HOME": str(checkout.parent / "home"), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_ci_sees_no_file_setting_or_program_of_the_machine(checkout: Path) -> None:
    lines = ci_run(checkout, PIP_INDEX_URL="https://packages.example/simple")
    if lines[0].startswith("not isolated"):
        pytest.skip("unshare gives no private mounts here")

    inside = [line.removeprefix("FILE ") for line in lines if line.startswith("FILE ")]
    own = {str(path) for path in checkout.rglob("*") if path.is_file()}
    assert set(inside) - own == {"/tmp/home/.config/pip/pip.conf"}  # noqa: S108 - private
    assert [line for line in lines if line.startswith("PROGRAM ")] == []
    names = {line.partition("=")[0] for line in lines if re.match(r"\w+=", line)}
    assert not LEAKS.keys() - {"http_proxy"} & names
    # Packages come from where this machine takes them.
    assert {"PIP_INDEX_URL", "http_proxy"} <= names
    (python,) = (line.removeprefix("PYTHON is ") for line in lines if line.startswith("PYTHON is"))
    assert Path(python).exists()
    assert [line for line in lines if line.startswith("isolated: ")] == lines[:2]


def test_ci_says_where_it_can_isolate_nothing(checkout: Path, tmp_path: Path) -> None:
    refusing = tmp_path / "bin" / "unshare"
    refusing.parent.mkdir()
    refusing.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    refusing.chmod(0o755)
    (checkout / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    first, *rest = ci_run(checkout, PATH=f"{refusing.parent}{os.pathsep}{os.environ['PATH']}")
    assert first.startswith("not isolated: ")
    assert f"HOME={tmp_path / 'home'}" in rest


def test_ci_runs_every_python_that_is_promised_and_the_lowest_versions() -> None:
    named = [name.rpartition(" :: ")[2] for name in PROJECT["classifiers"]]
    promised = [name for name in named if re.fullmatch(r"3\.\d+", name)]
    run = JOBS["check"]["strategy"]["matrix"]["python"]
    assert set(promised) <= set(run)
    assert PROJECT["requires-python"] == f">={run[0]}"
    assert JOBS["check"]["steps"][-1]["run"] == "bash .ci/run"
    assert JOBS["systems"]["strategy"]["matrix"]["system"] == ["macos-latest", "windows-latest"]
    (lowest,) = (step["run"] for step in JOBS["lowest"]["steps"] if "run" in step)
    assert lowest == "make test-lowest"
    assert JOBS["lowest"]["steps"][1]["with"]["python-version"] == run[0]


def test_every_make_target_that_ci_calls_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    steps = [step.get("run", "") for job in JOBS.values() for step in job["steps"]]
    called = re.findall(r"^make ([\w-]+)", "\n".join(steps), re.MULTILINE)
    assert called == ["test-lowest", "coverage"]
    for target in called:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_lowest_versions_are_those_of_the_project() -> None:
    assert constraints(["jinja2>=3.1.6", "typer>=0.28,<0.29"]) == ["jinja2==3.1.6", "typer==0.28"]
    with pytest.raises(ValueError, match="no lower bound: orjson, pyyaml<7"):
        constraints(["orjson", "jinja2>=3", "pyyaml<7"])
    found = constraints(requirements())
    assert len(found) == len(PROJECT["dependencies"]) + 1
