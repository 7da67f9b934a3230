"""Data becomes YAML text, which this room reads back as the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from okta_postman.documents.data import Data
from okta_postman.documents.scalars import plain, spelled

# What nobody takes for anything but a text: words, dots, slashes, dashes, single spaces between.
_BARE: Final = re.compile(r"[A-Za-z_/][\w./{}-]*(?: [\w./{}-]+)*", re.ASCII)
_NO_YAML_1_1_WORD: Final = frozenset(("y", "n", "yes", "no", "on", "off"))
# JSON may write these as they are, and YAML may not (YAML 1.2.2, 5.1).
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def block(data: Data, indent: int = 0) -> Iterator[str]:
    """The lines of a mapping or a list in block style, each with its line feed."""
    pad = " " * indent
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{pad}{scalar(key)}:", value, indent + 2)
    else:
        for value in data:
            yield from _item(pad, value, indent)


def scalar(value: Data) -> str:
    """A scalar on one line; a text is bare where everybody reads it as one."""
    if not isinstance(value, str):
        return spelled(value)
    if _BARE.fullmatch(value) and plain(value) is value and value.lower() not in _NO_YAML_1_1_WORD:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _entry(start: str, value: Data, indent: int) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield f"{start}\n"
        yield from block(value, indent)
    else:
        yield f"{start} {_flat(value)}\n"


def _item(pad: str, value: Data, indent: int) -> Iterator[str]:
    """An entry of a list, which begins in the line of its dash."""
    if isinstance(value, dict | list) and value:
        (first, *more) = block(value, indent + 2)
        yield f"{pad}- {first[indent + 2 :]}"
        yield from more
    else:
        yield f"{pad}- {_flat(value)}\n"


def _flat(value: Data) -> str:
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return scalar(value)
