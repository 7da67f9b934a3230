"""Renders what lies in `templates/`; the only room that imports jinja2.

Postman owns double braces, so all three pairs of Jinja's delimiters are others: `[= value =]`,
`[% if %]`, `[# comment #]`. A value enters each kind of text through the filter that writes a
literal of it: `code`, `cell`, `html`, `hcl`, `line` and `yaml`.
"""

from __future__ import annotations

import functools
import html
import json
import re
from pathlib import Path
from typing import Any, Final

import jinja2

_HERE: Final = Path(__file__).parent
# In a wheel the templates lie inside the package, in a checkout beside it.
_FOLDERS: Final = (_HERE / "templates", _HERE.parents[1] / "templates")


def code(text: str) -> str:
    """A Markdown code span of a text, whatever backticks it holds.

    Source: CommonMark 0.31, 6.1.
    """
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def cell(text: str) -> str:
    """A text for a cell of a Markdown table.

    Source: GitHub Flavored Markdown 0.29, 4.10.
    """
    return text.replace("|", "\\|")


def line(text: str) -> str:
    """A text for the rest of a line, which nothing in it can end."""
    return " ".join(text.split())


def hcl(text: str) -> str:
    """A string literal of HCL, which would fill in what stands in `${` and `%{`.

    Source: github.com/hashicorp/hcl, hclsyntax/spec.md, Template Literals.
    """
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


@functools.cache
def environment() -> jinja2.Environment:
    """The one Jinja environment, for the program and its tests alike."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDERS, encoding="utf-8"),
        variable_start_string="[=",
        variable_end_string="=]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - each filter writes a literal of its language
        auto_reload=False,
    )
    # JSON strings are YAML strings too; ensure_ascii would hide letters from the reader.
    as_yaml = functools.partial(json.dumps, ensure_ascii=False)
    made.filters |= {"code": code, "cell": cell, "yaml": as_yaml}
    made.filters |= {"html": html.escape, "hcl": hcl, "line": line}
    return made


@functools.cache
def _template(name: str) -> jinja2.Template:
    return environment().get_template(name)


def render(name: str, **values: Any) -> str:  # noqa: ANN401 - a template says what it needs
    """The text of a template, without white space at its ends."""
    return _template(name).render(values).strip()


def read(name: str) -> str | None:
    """The text of a file of `templates/` as it is, or None if there is none."""
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return None


def names(folder: str) -> list[str]:
    """The files in a folder of `templates/`."""
    found = next(each / folder for each in _FOLDERS if (each / folder).is_dir())
    return [path.name for path in found.iterdir()]
