"""What a user installs: templates and schemas inside, nothing else, and it works from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support.program import BASE, contents, okta_postman
from tests.support.samples import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the backend that is installed already: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(ROOT / "generator"))
        for path in (ROOT / "generator" / "okta_postman").rglob("*")
        if path.suffix in (".py", ".json")
    }
    wanted |= {
        f"okta_postman/{path.relative_to(ROOT)}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    extra = {name for name in names - wanted if ".dist-info/" not in name}
    assert (wanted - names, extra) == (set(), set())


@pytest.fixture(params=["checkout", "editable install", "wheel"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Where the package is, and the environment in which a Python finds it there alone."""
    libraries = sysconfig.get_paths()["purelib"]
    if request.param == "editable install":
        return ROOT / "generator", {}
    folder = ROOT / "generator"
    if request.param == "wheel":
        folder = tmp_path / "installed"
        zipfile.ZipFile(request.getfixturevalue("wheel")).extractall(folder)
    return folder, {"PYTHONPATH": os.pathsep.join([str(folder), libraries])}


def test_the_program_runs_as_a_module_from_each_place(
    place: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder, variables = place
    # Without `site`, an editable install is not found.
    python = [sys.executable, *(["-S"] if variables else [])]
    (tmp_path / "users.yaml").write_text(BASE, encoding="utf-8")

    def run(*launcher: str) -> str:
        done = okta_postman(cwd=tmp_path, environment=variables, launcher=[*python, *launcher])
        assert done.code == 0, done.stderr
        return done.stdout

    where = "import okta_postman; print(okta_postman.__file__)"
    assert run("-c", where).strip() == str(folder / "okta_postman" / "__init__.py")
    assert run("-m", "okta_postman", "explain", "R002").startswith("# R002")
    run("-m", "okta_postman", "generate", "users.yaml")
    from_here = tmp_path / "here"
    from_here.mkdir()
    assert okta_postman("generate", "users.yaml", "-o", "here", cwd=tmp_path).code == 0
    names = [path.name for path in from_here.iterdir()]
    assert contents(from_here) == {name: (tmp_path / name).read_bytes() for name in names}


def test_nothing_installs_a_package_called_generator(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"okta_postman"}
