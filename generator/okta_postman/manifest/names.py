"""Names: the part of a file name that is made of each, and labels for those of other files."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LONGEST_SLUG: Final = 80
"""Characters: two of them and an ending make a file name, and most disks take 255."""

_LONGEST_LABEL: Final = 120
"""Bytes: two labels are in one name."""

# Control characters, line and paragraph separators, and what turns the direction of writing.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NOT_IN_A_LABEL = re.compile(rf"(?:{CONTROL.pattern}|[{{}}\ud800-\udfff])+")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9._-]+")
# Windows opens a device, not a file, whatever follows the first dot.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def slug(name: str) -> str:
    """A name as part of a file name: lower-case ASCII, and never a path; ``""`` if none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    dashed = re.sub(r"\.{2,}", ".", _NOT_IN_A_SLUG.sub("-", plain)).strip("-._")
    return dashed[:_LONGEST_SLUG].strip("-._")


def stem(name: str) -> str:
    """A name as the beginning of file names, which ends at their first dot."""
    dashed = slug(name).replace(".", "-")
    return f"{dashed}-" if dashed in _DEVICES else dashed


def identity(name: str) -> str:
    """What tells a name from others: its stem, with the name itself where the stem lost letters.

    Upper case, spaces and punctuation tell nothing: a name may be written in another style.
    """
    short = stem(name)
    if _letters(name) == _letters(short):
        return short
    return f"{short}\0{unicodedata.normalize('NFC', name)}"


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def label(text: str) -> str:
    """A text of another file as a name that a manifest can have: one line, short, no braces."""
    line = " ".join(_NOT_IN_A_LABEL.sub(" ", text).split())
    return line.encode()[:_LONGEST_LABEL].decode(errors="ignore").strip()
