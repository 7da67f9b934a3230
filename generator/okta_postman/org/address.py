"""Reads an address that somebody else wrote, who may have written anything."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit

_NOTHING: Final = SplitResult("", "", "", "", "")


def parts(url: str) -> SplitResult:
    """The parts of an address; all empty if it is malformed, such as `http://[x`."""
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING
