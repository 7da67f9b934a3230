"""Templates: strict, each of them used, and blind to Postman's braces."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

from okta_postman.templates import cell, code, environment
from tests.support.samples import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").iterdir() if path.is_file())


def test_what_nobody_gives_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("[= nobody =]").render()


def test_postmans_braces_are_text() -> None:
    assert (
        environment().from_string("{{ a }} {% b %} {# c #}").render() == "{{ a }} {% b %} {# c #}"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_is_used(path: Path) -> None:
    package = "\n".join(
        each.read_text("utf-8") for each in (ROOT / "generator" / "okta_postman").rglob("*.py")
    )
    assert f'"{path.name}"' in package


def test_no_value_enters_a_script() -> None:
    for path in TEMPLATES:
        if path.suffix == ".js":
            assert "[=" not in path.read_text("utf-8")


def test_a_value_enters_yaml_as_a_literal_of_it() -> None:
    text = (ROOT / "templates" / "manifest.yaml").read_text("utf-8")
    values = re.findall(r"\[= (.+?) =\]", text)
    assert {value for value in values if not value.endswith("| yaml")} == {"endpoint"}


@pytest.mark.parametrize(
    ("text", "span"), [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``", "``` `` ```")]
)
def test_a_code_span_holds_any_text(text: str, span: str) -> None:
    assert code(text) == span


def test_a_cell_keeps_its_bars() -> None:
    assert cell("a|b") == "a\\|b"
