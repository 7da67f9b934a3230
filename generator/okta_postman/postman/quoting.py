"""Percent-encode what Postman would not send as the value that it is.

Postman's runners insert the values of variables into the URL as a whole, and only then parse it:
nothing encodes what a variable's value contains, and `{{` may find its `}}` in another parameter.
When they send it, they encode spaces, quotes and all that is not ASCII, and nothing else; `%41`
stays an escape. Measured with newman 6.2 and Postman CLI 1.34; sources: postman-runtime,
lib/runner/util.js, and postman-url-encoder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from okta_postman.postman.variables import REFERENCE

_REFERENCE: Final = r"(?P<reference>\{\{[^{}]*\}\})"
_BARE_PERCENT: Final = r"%(?![0-9A-Fa-f]{2})"
_IN_SEGMENT: Final = re.compile(rf"{_REFERENCE}|[\\{{}}]|^:|{_BARE_PERCENT}")
_IN_KEY: Final = re.compile(rf"{_REFERENCE}|[&#+={{}}]|{_BARE_PERCENT}")
_IN_VALUE: Final = re.compile(rf"{_REFERENCE}|[&#+{{}}]|{_BARE_PERCENT}")


def quoted_segment(text: str) -> str:
    """A segment of a path, which has no `/`, `?` or `#`: with `:` it would begin a variable."""
    return _IN_SEGMENT.sub(_escape, text)


def quoted_key(text: str) -> str:
    """The name of a query parameter."""
    return _IN_KEY.sub(_escape, text)


def quoted_value(text: str) -> str:
    """The value of a query parameter; a `+` would be a space to many servers."""
    return _IN_VALUE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0] if match["reference"] else f"%{ord(match[0]):02X}"


def unfit(place: Place, text: str) -> str | None:
    """What of a variable's value would not arrive as it is from a place, if anything would not."""
    match = _UNFIT[place].search(REFERENCE.sub("_", text))
    return match[0] if match else None


Place = Literal["path", "query", "query name", "header", "JSON", "form"]
"""The place of a variable's value in a request."""

_HALF_REFERENCE: Final = r"\{\{|\}\}"
_UNFIT: Final[Mapping[Place, re.Pattern[str]]] = {
    "path": re.compile(rf"[/?#\\]|{_HALF_REFERENCE}|{_BARE_PERCENT}"),
    "query": re.compile(rf"[&#+]|{_HALF_REFERENCE}|{_BARE_PERCENT}"),
    "query name": re.compile(rf"[&#+=]|{_HALF_REFERENCE}|{_BARE_PERCENT}"),
    # Source: RFC 9110, 5.5. Node sends other characters in one encoding with a body, and in another
    # without, or not at all.
    "header": re.compile(r"[^\t\x20-\x7e]|\A[\t ]|[\t ]\Z"),
    "JSON": re.compile(r'["\\\x00-\x1f]'),
    "form": re.compile(r"(?!)"),
}
