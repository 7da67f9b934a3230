"""What an unquoted YAML scalar means: JSON's words and numbers, and a string for all the rest."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final[dict[str, bool | None]] = (
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_JSON_WORDS: Final = {None: "null", True: "true", False: "false"}

# A leading zero, a colon or an underscore makes it a string. The bounds keep out infinity and
# numbers too long for Python to print.
_NUMBER: Final = re.compile(
    r"-?(?:0|[1-9][0-9]{0,300})(?P<real>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?)"
)
_NUMBER_STARTS: Final = frozenset("-0123456789")


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar, YAML's name for an unquoted one.

    Octal, hexadecimal, infinite and zero-padded numbers stay strings: in a manifest they are IDs,
    and what was typed must arrive. Source: YAML 1.2.2, 10.2.2.
    """
    if text[:1] in _NUMBER_STARTS:
        number = _NUMBER.fullmatch(text)
        if number:
            return float(text) if number["real"] else int(text)
        return text
    return _WORDS.get(text, text)


def scalar_text(value: str | float | bool | None) -> str:  # noqa: FBT001 - it is any scalar
    """A scalar as JSON writes it; a string as it is, without quotes."""
    if isinstance(value, str):
        return value
    return _JSON_WORDS[value] if value is None or isinstance(value, bool) else repr(value)
