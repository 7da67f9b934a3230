"""Percent-encode what Postman would not send as the value that it is.

Postman's runners put the values of variables into the URL as a whole, and only then take it apart:
so nothing encodes what a variable's value contains, and `{{` may find its `}}` in another parameter.
When they send, they encode spaces, quotes and what is not ASCII, and leave all else as it is; `%41`
stays an escape. Measured with newman 6.2 and Postman CLI 1.34; sources: postman-runtime,
lib/runner/util.js, and postman-url-encoder.
"""

from __future__ import annotations

import re
from typing import Final

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
