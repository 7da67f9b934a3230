"""The documents agree with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okta_postman.manifest.schema.validate import schema
from tests.support.program import okta_postman
from tests.support.readme import README, files, with_files, with_keys
from tests.support.samples import ROOT

TEXT = README.read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\S+) -->\n```(?:yaml|json)\n(.*?)```", TEXT, re.DOTALL))
RUNS = re.findall(r"<!-- run: (.+?) -->\n```console\n\$ (.+?)\n(.*?)```", TEXT, re.DOTALL)
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
DOCUMENTS = sorted(ROOT.glob("*.md"))


def test_the_readme_has_examples_and_runs() -> None:
    assert sorted(EXAMPLES) == [
        "acme.json",
        "catalog.yaml",
        "old.json",
        "orgs.yaml",
        "users.yaml",
        "wrong.yaml",
    ]
    assert len(RUNS) == 6


@pytest.mark.parametrize(("arguments", "shown", "output"), RUNS, ids=[run[0] for run in RUNS])
def test_a_command_of_the_readme_prints_what_it_says(
    tmp_path: Path, arguments: str, shown: str, output: str
) -> None:
    for name, text in EXAMPLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    done = okta_postman(*arguments.split(), cwd=tmp_path)

    assert shown == f"okta-postman {arguments}"
    assert done.stdout + done.stderr == output


def test_the_readme_has_every_key_of_the_schema() -> None:
    assert with_keys(TEXT) == TEXT, "run `python -m tests.regenerate`"


def test_the_readme_shows_the_files_that_the_tests_run() -> None:
    assert with_files(TEXT) == TEXT, "run `python -m tests.regenerate`"
    shown = {Path(name).name for name in files(TEXT) if name.startswith("tests/ci/")}
    assert shown == {path.name for path in (ROOT / "tests" / "ci").iterdir()}


def test_the_readme_has_every_verb_and_no_other() -> None:
    commands = TEXT.partition("## Commands")[2].partition("\n## ")[0]
    listed = set(re.findall(r"^\| `([a-z]+)[ `]", commands, re.MULTILINE))
    helped = set(
        re.findall(r"^  ([a-z]+)  +", okta_postman("--help", cwd=ROOT).stdout, re.MULTILINE)
    )
    assert helped == listed


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_repository_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_part_of_the_schema_explains_itself_to_an_editor() -> None:
    silent = []
    waiting = [("", schema())]
    while waiting:
        where, part = waiting.pop()
        inner = [*part.get("properties", {}).items(), *part.get("definitions", {}).items()]
        for name, each in inner:
            if "$ref" not in each and not {"description", "examples"} <= set(each):
                silent.append(f"{where}.{name}")
            waiting.append((f"{where}.{name}", each))
    assert silent == []


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    version = re.search(r'^version = "(.+)"$', PROJECT, re.MULTILINE)
    top = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert version
    assert top
    assert top[1] == version[1]


def test_the_architecture_names_every_package() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {
        path.name
        for path in (ROOT / "generator" / "okta_postman").iterdir()
        if path.name[:1] != "_"
    }
    assert {
        name for name in packages if f"`{name.removesuffix('.py')}" not in architecture
    } == set()


def test_the_architecture_justifies_every_dependency() -> None:
    block = re.search(r"^dependencies = \[(.*?)^\]", PROJECT, re.DOTALL | re.MULTILINE)
    assert block
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    names = re.findall(r'"([a-z0-9-]+)', block[1])
    assert [name for name in names if f"| {name} |" not in architecture] == []


def test_the_troubleshooting_table_has_the_texts_that_people_search_for() -> None:
    table = TEXT.partition("## Troubleshooting")[2].partition("\n## ")[0]
    titles = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
    for text in (
        "invalid_scope",
        "The 'redirect_uri' parameter must be",
        "invalid_dpop_proof",
        "E0000006",
        "insufficient_scope",
        "invalid_client",
    ):
        assert any(text in title for title in titles), text


def test_every_code_that_the_readme_names_is_explained() -> None:
    named = set(re.findall(r"\b[DR]\d{3}\b", TEXT))
    pages = {path.stem for path in (ROOT / "templates" / "problems").iterdir()}
    assert named - pages == set()
