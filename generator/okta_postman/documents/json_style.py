"""JSON that is read to be written again: its numbers keep their text, and its file its style."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, Final, NamedTuple, NoReturn, Self

from okta_postman.documents.data import Data

HALF_CHARACTER: Final = re.compile(r"[\ud800-\udfff]")
"""One of the two halves of a character beyond U+FFFF: JSON can escape it, UTF-8 cannot write it."""

_FIRST_GAP: Final = re.compile(r"\s*[\[{](\s*)")
_ESCAPED: Final = re.compile(r"\\u(?!00[01]|[dD][89a-fA-F])")
_WHOLE_SLASH: Final = re.compile(r"(?<!\\)/")


class Number(float):
    """A number that remembers how it was typed, like `1.50e+0` or five thousand digits."""

    def __new__(cls, text: str) -> Self:
        """A number of the value that its text has."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __repr__(self) -> str:
        return self.text


class Style(NamedTuple):
    """How a JSON text is laid out; without an indent, all of it is on one line."""

    indent: str | None
    colon: str
    line_end: str
    ascii_only: bool
    escaped_slashes: bool
    end: str


class _Pairs(dict[str, Data]):
    """An object that is written with every key that was read, repeated ones too."""

    def __init__(self, pairs: list[tuple[str, Data]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def items(self) -> Any:  # noqa: ANN401 - not a view, but as good for writing
        return self._pairs


def read_json(text: str) -> tuple[Data, bool]:
    """The data of a JSON text, and whether a key is repeated in one of its objects.

    The last of several equal keys counts, in its own place, as for Postman. Raises JSONDecodeError
    for everything that RFC 8259 does not allow, and RecursionError.
    """
    repeated = False

    def unique(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
        nonlocal repeated
        members = dict(pairs)
        if len(members) < len(pairs):
            repeated = True
            members.clear()
            for key, value in pairs:
                members.pop(key, None)
                members[key] = value
        return members

    return _loads(text, unique), repeated


def style_of(text: str) -> Style:
    """The style of a JSON text, judged by its beginning, its end and its escapes."""
    gap = _FIRST_GAP.match(text)
    _, line, indent = gap[1].rpartition("\n") if gap else ("", "", "")
    return Style(
        indent=indent if line else None,
        colon=": " if '": ' in text else ":",
        line_end="\r\n" if "\r\n" in text else "\n",
        ascii_only=text.isascii() and bool(_ESCAPED.search(text)),
        escaped_slashes="\\/" in text and not _WHOLE_SLASH.search(text),
        end=text[len(text.rstrip()) :],
    )


def in_style(data: Data, style: Style) -> str:
    """Data as JSON text; half of a surrogate pair, which no encoding can hold, stays escaped."""
    quoted: Callable[[str], str] = (
        encode_basestring_ascii if style.ascii_only else encode_basestring
    )

    def written(part: Data, gap: str) -> str:
        if isinstance(part, str):
            return quoted(part)
        if not isinstance(part, dict | list):
            return repr(part) if isinstance(part, Number) else json.dumps(part)
        begin, end = ("{", "}") if isinstance(part, dict) else ("[", "]")
        if not part:
            return begin + end
        inner = "" if style.indent is None else gap + style.indent
        comma = f",{inner}" if inner or style.colon == ":" else ", "
        if isinstance(part, dict):
            parts = [
                f"{quoted(key)}{style.colon}{written(value, inner)}" for key, value in part.items()
            ]
        else:
            parts = [written(value, inner) for value in part]
        return f"{begin}{inner}{comma.join(parts)}{gap}{end}"

    text = written(data, "" if style.indent is None else style.line_end) + style.end
    text = text.replace("/", "\\/") if style.escaped_slashes else text
    return HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def is_in_style(text: str, style: Style) -> bool:
    """Whether a JSON text is what this writer makes of its own data, repeated keys included."""
    return in_style(_loads(text, _Pairs), style) == text


def _loads(text: str, members: Callable[[list[tuple[str, Data]]], Data]) -> Data:
    return json.loads(
        text,
        object_pairs_hook=members,
        parse_int=Number,
        parse_float=Number,
        parse_constant=_refuse_constant,
    )


def _refuse_constant(word: str) -> NoReturn:
    raise json.JSONDecodeError(f"{word} is not JSON", word, 0)
