"""Imports point down, enter a package through its face, and take a library through its package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "generator" / "okta_postman"

GROUND = {"problems", "operation", "wording"}
"""What every package may import."""

MAY_IMPORT: dict[str, set[str]] = {
    "problems": set(),
    "operation": set(),
    "wording": set(),
    "templates": set(),
    "documents": {"problems"},
    "files": {"problems"},
    "okta": GROUND,
    "postman": {"documents", "okta", "problems"},
    "manifest": {"documents", "okta", "postman", "templates"} | GROUND,
    "compose": {"manifest", "postman", "documents", "okta", "templates", "operation"},
    "openapi": {"manifest", "documents", "okta", "templates"} | GROUND,
    "org": {"manifest", "okta", "operation", "problems"},
    "review": {"manifest", "postman", "documents", "okta", "operation", "problems"},
    "migrate": {"compose", "manifest", "postman", "documents", "okta", "operation", "problems"},
    "commands": {
        *("migrate", "review", "org", "openapi", "compose", "manifest", "postman", "okta"),
        *("files", "documents", "templates", *GROUND),
    },
    "reports": {
        *("review", "migrate", "openapi", "manifest", "okta", "files", "templates", *GROUND),
    },
    "cli": {"commands", "reports", "files", "manifest", "problems"},
    "__main__": {"cli"},
}
"""The packages and modules at the top, and which of them each may import."""

FACES: dict[str, set[str]] = {
    "documents": {
        *("data", "decode", "document", "json_places", "json_style", "json_text", "scalars"),
        "yaml_text",
    },
    "files": {"disk", "git", "secret_file", "sync", "write"},
    "okta": {
        *("catalog", "catalog_search", "credentials", "endpoints", "org_url", "privilege"),
        *("routes", "scopes", "servers"),
    },
    "postman": {
        *("collection_v2", "environment", "formats", "model", "quoting", "variables"),
        *("existing.auth", "existing.collection", "existing.file", "existing.request"),
        *("existing.shapes", "existing.url"),
    },
    "manifest": {
        *("draft", "model", "names", "places", "read", "rules.credentials", "scaffold"),
        *("schema.validate", "scope_map_lines", "write"),
    },
    "compose": {"auth", "ids", "variables", "workspace"},
    "openapi": {"api", "connection", "read", "refused", "select", "update"},
    "org": {"check", "http", "loopback", "preflight", "problem", "sign_in", "token"},
    "review": {"changes", "collection", "compare", "fields", "grants", "inventory", "matrix"},
    "migrate": {"decide", "rows", "run", "to_manifest"},
    "commands": {
        *("catalog", "check", "doctor", "generate", "import_openapi", "init", "migrate", "result"),
        *("review", "scopes", "sign_in"),
    },
    "reports": {
        *("changes", "diff.formats", "grants", "machine", "matrix", "migration", "problem_pages"),
        *("scopes", "sign_in", "tables", "text", "updates"),
    },
    "cli": {"app"},
}
"""The modules of each package that other packages may import; all others are its own business."""

LIBRARIES: dict[str, set[str]] = {
    "yaml": {"documents"},
    "jinja2": {"templates"},
    "jsonschema": {"manifest"},
    "jsonschema_rs": {"manifest", "postman"},
    "oauthlib": {"org"},
    "orjson": {"documents"},
    "truststore": {"org"},
    "typer": {"cli"},
    "urllib3": {"org"},
}
"""Each library, and the packages that may import it."""

MODULES = sorted(ROOT.rglob("*.py"))


def top(module: Path) -> str:
    """The package at the top that a module belongs to."""
    return module.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """The full name of each module that a module imports."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = ROOT.parent / Path(*node.module.split("."), alias.name)
                is_module = submodule.is_dir() or submodule.with_suffix(".py").exists()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def own(module: Path) -> set[str]:
    """The modules of this program that a module imports, below the package."""
    names = (name.partition(".") for name in imported(module))
    return {below for package, _, below in names if package == "okta_postman" and below}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_package_is_in_the_table() -> None:
    assert {top(module) for module in MODULES} - {"__init__"} == set(MAY_IMPORT)


def test_imports_are_found_at_all() -> None:
    assert len({name for module in MODULES for name in own(module)}) > len(MODULES) / 2


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_point_down(module: Path) -> None:
    here = top(module)
    packages = {name.split(".")[0] for name in own(module)}
    assert packages - {here} - MAY_IMPORT.get(here, set()) == set()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_package_is_entered_through_its_face(module: Path) -> None:
    names = [name.partition(".") for name in own(module)]
    hidden = {
        f"{package}.{below}"
        for package, _, below in names
        if package != top(module) and below and below not in FACES[package]
    }
    assert hidden == set()


def test_every_module_of_a_face_is_there_and_is_imported_from_outside() -> None:
    used = {name for module in MODULES for name in own(module) if name.split(".")[0] != top(module)}
    faces = {f"{package}.{module}" for package, modules in FACES.items() for module in modules}
    assert faces - used == set()


def test_no_module_imports_itself_over_others() -> None:
    graph = {
        ".".join(module.relative_to(ROOT).with_suffix("").parts): own(module) for module in MODULES
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for below in graph.get(name, ()):
                visit(below, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_library_is_imported_by_its_own_packages_only(module: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(module)} & set(LIBRARIES)
    assert {library for library in libraries if top(module) not in LIBRARIES[library]} == set()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_is_short_and_says_what_it_is(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 300
    assert all((each.end_lineno or 0) - each.lineno < 60 for each in functions)
    if module.name == "__init__.py":
        assert len(ast.parse(text).body) == 1


def test_only_the_command_line_catches_what_nobody_foresaw() -> None:
    caught = [
        module
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert [named(module) for module in caught] == ["cli/app.py"]
