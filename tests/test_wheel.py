"""What a user installs: templates and schemas inside, nothing else, and it works from anywhere."""

from __future__ import annotations

import subprocess
import sys
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


def test_the_wheel_generates_the_same_bytes_as_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    launcher = [sys.executable, "-P", "-c", RUN, str(installed)]
    (tmp_path / "users.yaml").write_text(BASE, encoding="utf-8")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()

    from_wheel = okta_postman("generate", "users.yaml", "-o", "a", cwd=tmp_path, launcher=launcher)
    from_checkout = okta_postman("generate", "users.yaml", "-o", "b", cwd=tmp_path)

    assert from_wheel.code == from_checkout.code == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    explained = okta_postman("explain", "R002", cwd=tmp_path, launcher=launcher)
    assert explained.stdout.startswith("# R002")


# The installed package must win over the checkout that this Python knows as editable.
RUN = """
import sys
installed = sys.argv.pop(1)
sys.path.insert(0, installed)
sys.meta_path[:] = [each for each in sys.meta_path if "editable" not in repr(each).lower()]
import okta_postman
assert okta_postman.__file__.startswith(installed), okta_postman.__file__
from okta_postman.__main__ import main
main()
"""
