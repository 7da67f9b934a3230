"""Bytes to text: manifests and OpenAPI documents are UTF-8, as YAML 1.2 recommends."""

from __future__ import annotations

from typing import Final

from okta_postman.problems import InvalidSource, Problem, Source

_SAVE_AS_UTF_8: Final = "save the file as UTF-8 (in most editors: Save with Encoding)"


def decode(name: str, data: bytes) -> Source:
    """The text of a file, without a byte order mark.

    Never fails, so that an error can show the line: bytes that are not UTF-8 become U+FFFD.
    """
    return Source(name, data.decode("utf-8-sig", errors="replace"))


def refuse_other_encodings(source: Source, data: bytes) -> None:
    """Raise InvalidSource at the first byte that is not UTF-8."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = len(data[: error.start].decode("utf-8-sig", errors="replace"))
        message = f"byte 0x{data[error.start]:02X} is not valid UTF-8"
        position = source.position(min(before, len(source.text)))
        raise InvalidSource([Problem("Y001", message, _SAVE_AS_UTF_8, position)]) from None
