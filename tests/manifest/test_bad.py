"""Every bad manifest in `tests/bad`: what `lint` prints for it, where, and what it never prints.

There is a folder for each thing that codes are about. A file `<CODE>-<slug>.yaml` dropped into one
is a test once `python -m tests.regenerate` has written what is printed for it; a file
`MANY-<slug>.yaml` has several mistakes at once.
"""

from __future__ import annotations

import functools
import importlib
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

import okta_postman
from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.documents.document import load
from okta_postman.manifest.schema import validate
from okta_postman.okta.credentials import find_credentials
from okta_postman.problems import Checked, InvalidSource, Position, Source, in_order
from okta_postman.reports.text import text
from tests.regenerate import BAD, checked, regenerate

SOURCE = Path(okta_postman.__file__).parent
FILES = sorted(BAD.rglob("*.yaml"))

JOINERS = "\u200c\u200d"

# It is loaded for the first problem of shape, and its loading is not what is timed.
importlib.import_module("okta_postman.manifest.schema.recovery")

# Parts of each made-up credential of the corpus, which no output may hold.
FAKES = (
    "FAKEfake",
    "ekafEKAF",
    "fAkEsEcReT",
    "eyJhbGci",
    "eyJzdWIi",
    "ZmFrZWZha2",
    "RkFLRSBG",
    "Tk9UIEEg",
    "YWtlc2VjcmV0",
    "lovelace",
)


@functools.cache
def check_of(path: Path) -> Checked:
    return checked(path)


def failing(passes: Callable[[Path], bool]) -> set[str]:
    """The names of the files for which something is not so."""
    return {path.stem for path in FILES if not passes(path)}


def output_of(path: Path) -> str:
    return text([check_of(path)])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lint_prints_what_is_beside_the_file_within_a_second(path: Path) -> None:
    wanted = path.with_suffix(".txt")
    assert wanted.exists(), "run `python -m tests.regenerate`, and read what it wrote"
    began = time.process_time()
    output = text([checked(path)])
    assert time.process_time() - began < 1
    assert output == wanted.read_bytes().decode()


def test_the_mistake_in_the_name_of_each_file_is_found() -> None:
    def found(path: Path) -> bool:
        codes = [problem.code for problem in check_of(path).problems]
        code = path.stem.partition("-")[0]
        return len(codes) > 1 if code == "MANY" else code in codes

    assert failing(found) == set()


def test_problems_are_in_order_and_each_once() -> None:
    def tidy(path: Path) -> bool:
        problems = check_of(path).problems
        once = {(each.position, each.message) for each in problems}
        return problems == in_order(problems) and len(once) == len(problems)

    assert failing(tidy) == set()


def test_every_place_is_in_its_file() -> None:
    def inside(path: Path) -> bool:
        check = check_of(path)
        return all(is_inside(check.source, each.position) for each in check.problems)

    assert failing(inside) == set()


def is_inside(source: Source, position: Position) -> bool:
    if not 1 <= position.line <= len(source.lines):
        return False
    width = len(source.lines[position.line - 1]) + 1
    return 1 <= position.column <= width and 1 <= position.width <= max(1, width - position.column)


def test_no_credential_is_shown() -> None:
    def safe(path: Path) -> bool:
        raw = path.read_bytes().decode(errors="replace")
        secrets = [*FAKES, *(raw[each.start : each.end] for each in find_credentials(raw))]
        return not any(secret in output_of(path) for secret in secrets)

    assert failing(safe) == set()


def test_no_output_has_what_a_terminal_would_obey() -> None:
    def harmless(path: Path) -> bool:
        odd = {each for each in output_of(path) if not each.isprintable()}
        return odd <= {"\n", "\t", *JOINERS}

    assert failing(harmless) == set()


def test_the_quick_validator_and_the_slow_one_agree() -> None:
    slow = Draft7Validator(validate.schema())

    def agree(path: Path) -> bool:
        data = path.read_bytes()
        source = decode(path.name, data)
        try:
            refuse_other_encodings(source, data)
            document = load(source)
        except InvalidSource:
            return True
        return validate.fits(document.data) is slow.is_valid(document.data)

    assert failing(agree) == set()


def test_every_code_has_a_file_and_every_output_has_one() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    codes = {path.stem.partition("-")[0] for path in FILES}
    assert codes == {*re.findall(r'"([YGR]0\d\d)"', sources), "MANY"}
    assert {path.stem for path in BAD.rglob("*.txt")} <= {path.stem for path in FILES}


def test_the_files_of_a_code_are_in_one_folder() -> None:
    folders: dict[str, set[Path]] = {}
    for path in FILES:
        folders.setdefault(path.stem.partition("-")[0], set()).add(path.parent)
    assert [code for code, found in folders.items() if len(found) > 1 or BAD in found] == []


def test_what_is_written_is_what_is_tested(tmp_path: Path) -> None:
    name, folder = "G001-colour", tmp_path / "shape"
    folder.mkdir()
    shutil.copy(BAD / "shape" / "G001-far-from-everything.yaml", folder / f"{name}.yaml")
    (folder / "G001-gone.txt").write_text("", encoding="utf-8")

    assert list(regenerate(tmp_path)) == [f"new: {name}.txt", "deleted: G001-gone.txt"]
    assert f"{name}.yaml:9:1: error[G001]" in (folder / f"{name}.txt").read_text(encoding="utf-8")
    assert list(regenerate(tmp_path)) == []
    (folder / f"{name}.txt").write_text("other", encoding="utf-8")
    assert list(regenerate(tmp_path)) == [f"changed: {name}.txt"]
