"""What an unquoted YAML scalar means: JSON's own words and numbers, and text for all the rest."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final[dict[str, bool | None]] = (
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_IN_JSON = {None: "null", True: "true", False: "false"}

# A leading zero, a colon or an underscore makes it a text. The bounds keep out infinity and
# numbers too long for Python to print.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?P<real>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?)")
_NUMBER_STARTS = frozenset("-0123456789")


def plain(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar.

    Source: YAML 1.2.2, 10.2.2, of which octal, hexadecimal, infinity and zero-padded numbers are
    left as texts: in a description they are ids, and what was typed is what must arrive.
    """
    if text[:1] in _NUMBER_STARTS:
        found = _NUMBER.fullmatch(text)
        if found:
            return float(text) if found["real"] else int(text)
        return text
    return _WORDS.get(text, text)


def spelled(value: str | float | bool | None) -> str:  # noqa: FBT001 - it is any scalar
    """How JSON would write a scalar; a text is its own spelling."""
    if isinstance(value, str):
        return value
    return _IN_JSON[value] if value is None or isinstance(value, bool) else repr(value)
