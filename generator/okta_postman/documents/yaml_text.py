"""Data to YAML text, which this package reads back as the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from okta_postman.documents.data import Data
from okta_postman.documents.scalars import plain_value, scalar_text

# Strings that no YAML reader takes for anything else: words of letters, digits, dots, slashes,
# dashes and braces, with single spaces between them.
_BARE: Final = re.compile(r"[A-Za-z_/][\w./{}-]*(?: [\w./{}-]+)*", re.ASCII)
_YAML_1_1_WORDS: Final = frozenset(("y", "n", "yes", "no", "on", "off"))
# JSON may write these as they are, and YAML may not (YAML 1.2.2, 5.1).
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def block(data: Data, indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping or list in block style, each with its line feed."""
    pad = " " * indent
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{pad}{scalar(key)}:", value, indent + 2)
    else:
        for value in data:
            yield from _item(pad, value, indent)


def scalar(value: Data) -> str:
    """A scalar on one line; a string is unquoted if every YAML reader takes it for a string."""
    if not isinstance(value, str):
        return scalar_text(value)
    is_string = plain_value(value) is value and value.lower() not in _YAML_1_1_WORDS
    if is_string and _BARE.fullmatch(value):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda character: f"\\u{ord(character[0]):04x}", quoted)


def _entry(start: str, value: Data, indent: int) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield f"{start}\n"
        yield from block(value, indent)
    else:
        yield f"{start} {_one_line(value)}\n"


def _item(pad: str, value: Data, indent: int) -> Iterator[str]:
    """An item of a list, which begins on the line of its dash."""
    if isinstance(value, dict | list) and value:
        (first, *more) = block(value, indent + 2)
        yield f"{pad}- {first[indent + 2 :]}"
        yield from more
    else:
        yield f"{pad}- {_one_line(value)}\n"


def _one_line(value: Data) -> str:
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return scalar(value)
