"""What an unquoted YAML scalar means: JSON's words and numbers, and a string for all the rest."""

from __future__ import annotations

import math
import re
from typing import Final, Self

_WORDS: Final[dict[str, bool | None]] = (
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_JSON_WORDS: Final = {None: "null", True: "true", False: "false"}

# The numbers of JSON (RFC 8259, 6). A leading zero, a colon or an underscore makes it a string.
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<real>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)")
_NUMBER_STARTS: Final = frozenset("-0123456789")
_LONGEST_INTEGER: Final = 300


class Number(float):
    """A number that remembers how it was typed: `1.10`, `1e5`, or digits that no float can hold."""

    text: str

    def __new__(cls, text: str) -> Self:
        """The number that a string of digits means."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __repr__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Number) else float(self) == other

    __hash__ = float.__hash__


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar, YAML's name for an unquoted one.

    Octal, hexadecimal, infinite and zero-padded numbers stay strings: in a manifest they are IDs,
    and what was typed must arrive. Source: YAML 1.2.2, 10.2.2. A number that is too large for a
    float, or too long to be printed, is a Number.
    """
    if text[:1] in _NUMBER_STARTS:
        number = _NUMBER.fullmatch(text)
        if number is None:
            return text
        if len(text) > _LONGEST_INTEGER or math.isinf(float(text)):
            return Number(text)
        return float(text) if number["real"] else int(text)
    return _WORDS.get(text, text)


def scalar_text(value: str | float | bool | None) -> str:  # noqa: FBT001 - it is any scalar
    """A scalar as JSON writes it; a string as it is, without quotes."""
    if isinstance(value, str):
        return value
    return _JSON_WORDS[value] if value is None or isinstance(value, bool) else repr(value)
