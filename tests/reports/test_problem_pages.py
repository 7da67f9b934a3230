"""Each problem code has a page, and what each page quotes and shows is true."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

import pytest
import typer

from okta_postman.cli.app import app
from tests.org import test_preflight, test_token
from tests.support.pages import FILES, ONLINE, lines_for, messages, page, with_printed
from tests.support.samples import ROOT
from tests.support.situations import BASE, SITUATIONS, checked, example, okta_postman

# Not any letter: PKCE's S256 is no problem.
CODE: Final = re.compile(r'"([DGOPRY]\d{3})"')
SENTENCE_END: Final = re.compile(r'[.?:]"?(?=\s|$)')
OTHER_WORDS: Final = re.compile(r"\b(?:descriptions?|catalogues?|mints?|widening)\b", re.IGNORECASE)
"""Words for which the project has another: manifest, catalog, issue, broader access."""

in_each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
in_each_offline_file = pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in ONLINE], ids=lambda path: path.stem
)
in_each_online_file = pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem in ONLINE], ids=lambda path: path.stem
)


def test_every_code_of_the_program_has_a_page_and_no_other() -> None:
    sources = (ROOT / "generator" / "okta_postman").rglob("*.py")
    emitted = {
        code for source in sources for code in CODE.findall(source.read_text(encoding="utf-8"))
    }
    assert emitted
    assert {path.name for path in FILES} == {f"{code}.md" for code in emitted}


@in_each_file
def test_a_page_has_its_code_a_title_a_short_cause_and_numbered_steps(path: Path) -> None:
    sections = page(path)

    assert sections.code == path.stem
    assert not sections.title.endswith(".")
    assert " ".join(sections.symptom.split()).endswith("okta-postman prints:")
    assert 1 <= len(SENTENCE_END.findall(sections.cause)) <= 4
    assert sections.cause.endswith(".\n")
    steps = re.findall(r"^(\d)\. [A-Z*`].*$", sections.fix, re.MULTILINE)
    assert steps == [str(number) for number in range(1, len(steps) + 1)]


@in_each_file
def test_a_page_uses_the_words_of_the_project(path: Path) -> None:
    sections = page(path)
    prose = f"{sections.title}\n{sections.symptom}{sections.cause}{sections.fix}"
    assert not OTHER_WORDS.findall(re.sub(r"`[^`]*`", "", prose))


@functools.cache
def help_texts() -> dict[str, str]:
    """Each command with its help."""
    root = typer.main.get_group(app)
    context = root.make_context("okta-postman", [], resilient_parsing=True)
    commands = [*root.list_commands(context), "import openapi"]
    return {name: okta_postman(*name.split(), "--help").output for name in commands}


@in_each_file
def test_a_page_names_only_commands_and_options_that_exist(path: Path) -> None:
    code = " ".join(re.findall(r"`[^`]*`", page(path).cause + page(path).fix))
    assert {*re.findall(r"`okta-postman (\w+)", code)} <= help_texts().keys()
    options = {*re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", code)}
    assert options <= {*re.findall(r"--[a-z-]+", "".join(help_texts().values()))}


@in_each_offline_file
def test_a_page_quotes_what_the_program_prints_and_that_is_its_problem_alone(path: Path) -> None:
    codes = {re.sub(r"\w+\[(\w+)\]: .*", r"\1", line) for line in lines_for(path)}
    assert codes == {path.stem}
    assert with_printed(path) == path.read_text(encoding="utf-8"), "run python -m tests.regenerate"


@in_each_online_file
def test_a_page_about_an_org_quotes_a_message_of_the_program(path: Path) -> None:
    sections = page(path)
    line = re.fullmatch(rf"(?:error|warning)\[{path.stem}\]: (.+)\n", sections.printed)
    assert line
    assert any(
        message.fullmatch(line[1])
        for message in messages(ROOT / "generator" / "okta_postman" / "org")
    )


def test_the_codes_of_an_org_are_shown_by_asking_one() -> None:
    assert test_preflight.CODES | test_token.CODES == ONLINE


def test_the_manifest_and_the_document_below_the_examples_are_right() -> None:
    assert checked(BASE) == ()
    assert example("O001", "") == ()


@in_each_file
def test_an_example_goes_from_wrong_to_right(path: Path) -> None:
    sections = page(path)
    assert sections.language == "yaml" or path.stem in {*SITUATIONS, *ONLINE}
    assert sections.wrong != sections.right or not sections.language
    if sections.language == "yaml":
        assert example(sections.code, sections.right) == ()
    if sections.language == "yaml" and path.stem in ONLINE:
        assert example(sections.code, sections.wrong) == ()  # only the org can tell


def test_explain_lists_every_code_with_its_title() -> None:
    shown = okta_postman("explain")

    assert shown.exit_code == 0
    pages = [page(path) for path in FILES]
    assert shown.stdout.splitlines() == [f"{each.code}: {each.title}" for each in pages]


@in_each_file
def test_explain_prints_the_file_of_a_code_in_any_case(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    for code in (path.stem, path.stem.lower()):
        shown = okta_postman("explain", code)
        assert (shown.exit_code, shown.stdout) == (0, whole)


@pytest.mark.parametrize("code", ["R999", "", "../description", "R002.md"])
def test_explain_refuses_an_unknown_code_in_one_sentence(code: str) -> None:
    shown = okta_postman("explain", code)

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == (
        f"okta-postman: no problem has the code `{code}`; `okta-postman explain` lists them\n"
    )
