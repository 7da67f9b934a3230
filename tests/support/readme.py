"""The parts of the README that are made: the table of keys, and the files that tests run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from okta_postman.manifest.schema.validate import schema
from tests.support.samples import ROOT

README = ROOT / "README.md"
AN_ENDPOINT = (
    "An endpoint is `METHOD /path/{parameter}`, an operation ID like `listUsers`, or a mapping:"
)
BEGIN, END = "<!-- keys -->", "<!-- keys end -->"


def keys_table() -> str:
    """Every key of the manifest with its meaning, as a Markdown table."""
    rows = [f"| {name} | {meaning} |" for name, meaning in _rows("", schema())]
    endpoint = [
        f"| {name} | {meaning} |"
        for name, meaning in _rows("", schema()["definitions"]["endpoint"])
    ]
    parts = ["| key | meaning |", "|---|---|", *rows, ""]
    parts += [
        AN_ENDPOINT,
        "",
        "| key of an endpoint | meaning |",
        "|---|---|",
        *endpoint,
    ]
    return "\n".join(parts)


def _rows(prefix: str, part: dict[str, Any]) -> Iterator[tuple[str, str]]:
    required = set(part.get("required", []))
    for name, inner in part["properties"].items():
        resolved = _resolved(inner)
        notes = [resolved["description"]]
        if name in required:
            notes.append("Required.")
        if "enum" in resolved and len(resolved["enum"]) > 1:
            notes.append(" or ".join(f"`{json.dumps(each)}`" for each in resolved["enum"]) + ".")
        if "default" in resolved:
            notes.append(f"Default: `{json.dumps(resolved['default'])}`.")
        yield f"`{prefix}{name}`", " ".join(notes).replace('`"', "`").replace('"`', "`")
        if "properties" in resolved:
            yield from _rows(f"{prefix}{name}.", resolved)


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    found: dict[str, Any] = schema()["definitions"][part["$ref"].rpartition("/")[2]]
    return found


def with_keys(text: str) -> str:
    """The README with the table of today's schema."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{keys_table()}\n\n{END}{after}"


# A file of the repository, and the block below it with that file's text.
_FILE = re.compile(r"^<!-- file: (\S+) -->\n(?:\n```\w*\n.*?^```\n)?", re.DOTALL | re.MULTILINE)
_LANGUAGES = {".yml": "yaml", ".yaml": "yaml", ".sh": "sh", ".txt": "text"}


def files(text: str) -> list[str]:
    """The files whose text the README has."""
    return [found[1] for found in _FILE.finditer(text)]


def with_files(text: str) -> str:
    """The README with the text of each file that it names."""

    def block(found: re.Match[str]) -> str:
        path = ROOT / found[1]
        language = _LANGUAGES[path.suffix]
        return f"<!-- file: {found[1]} -->\n\n```{language}\n{path.read_text('utf-8')}```\n"

    return _FILE.sub(block, text)


def regenerate() -> Iterator[str]:
    """Bring the README up to date; a line if it was not."""
    before = README.read_text(encoding="utf-8")
    after = with_files(with_keys(before))
    if after != before:
        README.write_bytes(after.encode())
        yield f"changed: {README.name}"
