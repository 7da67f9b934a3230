"""Names: what Postman can keep of them, and the part of a file name that is made of each."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.problem_list import Problems

LONGEST: Final = 240
"""Bytes: Postman's own tools make files of names, and fail above this."""

LONGEST_SLUG: Final = 80
"""Characters: two of them and an ending make a file name, and most disks take 255."""

LONGEST_LABEL: Final = 120
"""Bytes: two labels stand in one name."""

# Control characters, line and paragraph separators, and what turns the direction of writing.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NOT_IN_A_LABEL = re.compile(rf"(?:{_CONTROL.pattern}|[{{}}\ud800-\udfff])+")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9._-]+")
# Windows opens a device, not a file, whatever follows the first dot.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def check_name(findings: Problems, path: Path, name: str, *, at_key: bool = False) -> None:
    """Add a problem if a name cannot arrive in Postman as it was typed."""
    add = findings.add_at_key if at_key else findings.add
    if "{{" in name or "}}" in name:
        hint = "write the name out; Postman shows `{{` in a name as it stands"
        add("R023", path, f"`{name}` holds a variable where a literal is expected", hint)
    elif not name.strip():
        add("R024", path, "a name is empty", "give it a letter or a digit")
    elif name.endswith("\n") and "\n" not in name.strip():
        hint = f"`|` and `>` add one; write `{name.strip()}` on the line of its key"
        add("R024", path, "a name ends with a line break", hint)
    elif name != name.strip():
        hint = f"Postman trims it; write `{name.strip()}`"
        add("R024", path, "a name begins or ends with white space", hint)
    elif _CONTROL.search(name):
        hint = "write it on one line, without invisible characters"
        add("R024", path, "a name holds a line break or another control character", hint)
    else:
        check_length(findings, path, name)


def check_length(findings: Problems, path: Path, name: str) -> None:
    """Add a problem if a name is longer than Postman's tools can take."""
    if len(name.encode()) > LONGEST:
        message = f"a name of {len(name.encode())} bytes is too long for Postman's tools"
        findings.add("R024", path, message, f"use {LONGEST} bytes at most")


def slug(name: str) -> str:
    """A name as part of a file name: lower-case ASCII, and never a path; ``""`` if none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"\.{2,}", ".", _NOT_IN_A_SLUG.sub("-", plain)).strip("-._")
    return made[:LONGEST_SLUG].strip("-._")


def stem(name: str) -> str:
    """A name as the beginning of file names, which ends at their first dot."""
    made = slug(name).replace(".", "-")
    return f"{made}-" if made in _DEVICES else made


def label(text: str) -> str:
    """A text of another file as a name that a manifest can have: one line, short, no braces."""
    line = " ".join(_NOT_IN_A_LABEL.sub(" ", text).split())
    return line.encode()[:LONGEST_LABEL].decode(errors="ignore").strip()
