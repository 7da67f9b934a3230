"""Renders the files of `templates/`; the only module that imports jinja2.

Double braces belong to Postman, so Jinja's delimiters are `[= value =]`, `[% if %]` and
`[# comment #]`. A value enters a text through the filter for its language, which writes a literal:
`code`, `cell`, `html`, `hcl`, `line` or `yaml`.
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
# In a wheel the templates are in the package, in a checkout two folders above it.
_FOLDERS: Final = (_HERE / "templates", _HERE.parents[1] / "templates")


def code(text: str) -> str:
    """A Markdown code span of a text that may contain backticks.

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
    """A text on one line, with spaces instead of line breaks."""
    return " ".join(text.split())


def hcl(text: str) -> str:
    """A string literal of HCL, in which `${` and `%{` would begin an interpolation.

    Source: github.com/hashicorp/hcl, hclsyntax/spec.md, Template Literals.
    """
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


@functools.cache
def environment() -> jinja2.Environment:
    """The Jinja environment of the program and of its tests."""
    jinja = jinja2.Environment(
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
        autoescape=False,  # noqa: S701 - the filters write literals
        auto_reload=False,
    )
    # JSON strings are YAML strings too; ensure_ascii would hide letters from the reader.
    as_yaml = functools.partial(json.dumps, ensure_ascii=False)
    jinja.filters |= {"code": code, "cell": cell, "yaml": as_yaml}
    jinja.filters |= {"html": html.escape, "hcl": hcl, "line": line}
    return jinja


@functools.cache
def _template(name: str) -> jinja2.Template:
    return environment().get_template(name)


def render(name: str, **values: Any) -> str:  # noqa: ANN401 - a template has its own values
    """The text of a template with some values, without white space at its ends."""
    return _template(name).render(values).strip()


def read(name: str) -> str | None:
    """The text of a file of `templates/` as it is, or None if there is no such file."""
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return None


def names(folder: str) -> list[str]:
    """The names of the files in a folder of `templates/`."""
    path = next(path / folder for path in _FOLDERS if (path / folder).is_dir())
    return [file.name for file in path.iterdir()]
