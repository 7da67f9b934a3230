"""The problem pages of `templates/problems/`: their sections, their examples, what they quote."""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.support.samples import ROOT
from tests.support.situations import SITUATIONS, example, lines_of

FILES: Final = sorted((ROOT / "templates" / "problems").iterdir())

_PAGE: Final = re.compile(
    r"# (?P<code>[DGOPRY]\d{3}): (?P<title>[^\n]+)\n\n"
    r"\*\*Symptom:\*\* (?P<symptom>(?:.+\n)+)\n```text\n(?P<printed>(?:(?!```).+\n)+)```\n\n"
    r"\*\*Cause:\*\* (?P<cause>(?:.+\n)+)\n"
    r"\*\*Fix:\*\*\n\n(?P<fix>(?:(?:\d\. |   )\S.*\n)+)"
    r"(?:\n\*\*Example:\*\*\n\n"
    r"Wrong:\n\n```(?P<language>yaml|json)\n(?P<wrong>(?:(?!```).*\n)+)```\n\n"
    r"Right:\n\n```(?P=language)\n(?P<right>(?:(?!```).*\n)+)```\n)?"
    r"(?:\n\*\*See also:\*\* https://\S+\n)?"
)


class Page(NamedTuple):
    """The sections of a page; `language`, `wrong` and `right` are empty without an example."""

    code: str
    title: str
    symptom: str
    printed: str
    cause: str
    fix: str
    language: str
    wrong: str
    right: str


def page(path: Path) -> Page:
    """The sections of a file; fails if it does not have the form that all pages have."""
    match = _PAGE.fullmatch(path.read_text(encoding="utf-8"))
    assert match, f"{path.name} does not have the form of a problem page"
    return Page(**match.groupdict(default=""))


ONLINE: Final = {path.stem for path in FILES if path.stem.startswith("D")}
"""The codes that come from a response of an org, which no file alone can show."""


def lines_for(path: Path) -> list[str]:
    """What is printed where the page of a file says that its problem shows."""
    code = path.stem
    if code not in SITUATIONS:
        return lines_of(example(code, page(path).wrong))
    with tempfile.TemporaryDirectory() as folder:
        return list(SITUATIONS[code](Path(folder)))


def with_printed(path: Path) -> str:
    """A page that quotes what the program prints today."""
    printed = "".join(f"{line}\n" for line in dict.fromkeys(lines_for(path)))
    text = path.read_text(encoding="utf-8")
    return text.replace(f"```text\n{page(path).printed}```", f"```text\n{printed}```", 1)


def regenerate() -> Iterator[str]:
    """Make each page quote what the program prints; a line for each that was another."""
    for path in FILES:
        if path.stem not in ONLINE and (after := with_printed(path)) != path.read_text("utf-8"):
            path.write_text(after, encoding="utf-8", newline="\n")
            yield f"changed: {path.name}"


def messages(folder: Path) -> list[re.Pattern[str]]:
    """Each f-string of the Python files of a folder, as a pattern of the texts it can make.

    Those with hardly a word of their own are left out, since they would fit any text.
    """
    patterns = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                words = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
                if max(map(len, words), default=0) >= _A_FEW_WORDS:
                    patterns.append(_pattern(node))
    return patterns


_A_FEW_WORDS: Final = 10


def _pattern(text: ast.JoinedStr) -> re.Pattern[str]:
    parts = (
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*"
        for part in text.values
    )
    return re.compile("".join(parts))
