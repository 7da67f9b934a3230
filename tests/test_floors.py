"""Imports point down, and each library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "generator"

FLOORS: dict[str, int] = {
    "problems": 0,
    "model": 0,
    "workspace": 0,
    "spoken": 0,
    "document": 1,
    "texts": 1,
    "okta": 1,
    "description": 2,
    "artifact": 2,
    "starter": 2,
    "choice": 2,
    "compose": 3,
    "openapi": 3,
    "org": 3,
    "postman": 3,
    "files": 4,
    "migrate": 4,
    "output": 4,
    "private": 4,
    "reports": 5,
    "review": 4,
    "revisions": 4,
    "pipeline": 5,
    "intake": 5,
    "journey": 5,
    "cli": 6,
    "__main__": 7,
}
"""The rooms of the package; a room may import from its own room and from lower floors."""

DOORS: dict[str, set[str]] = {
    "yaml": {"document"},
    "jinja2": {"texts"},
    "jsonschema": {"description"},
    "jsonschema_rs": {"description", "postman"},
    "oauthlib": {"org"},
    "orjson": {"artifact"},
    "truststore": {"org"},
    "typer": {"cli"},
    "urllib3": {"org"},
}
"""Each library, and the rooms that may import it."""

SAME_FLOOR = {
    ("output", "files"),
    ("revisions", "files"),
    ("intake", "pipeline"),
    ("journey", "pipeline"),
}
"""Neighbours: `output` and `revisions` need `files`, `intake` checks what it made, and `journey`
generates the environment that a token is written into."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from (f"generator.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_room_has_a_floor() -> None:
    assert {room(module) for module in MODULES} - {"__init__"} == set(FLOORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(module: Path) -> None:
    here = room(module)
    rooms = {name.split(".")[1] for name in imported(module) if name.startswith("generator.")}
    above = {
        other
        for other in rooms - {here}
        if FLOORS[other] >= FLOORS[here] and (here, other) not in SAME_FLOOR
    }
    assert above == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_is_imported_by_its_own_rooms_only(module: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(module)} & set(DOORS)
    assert {library for library in libraries if room(module) not in DOORS[library]} == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_and_says_what_it_is(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 300
    assert all((each.end_lineno or 0) - each.lineno < 60 for each in functions)
    if module.name == "__init__.py":
        assert len(ast.parse(text).body) == 1


def test_the_package_has_one_door_for_what_nobody_foresaw() -> None:
    caught = [
        module
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert [str(module.relative_to(PACKAGE)) for module in caught] == ["cli/app.py"]
