"""Parts of unchecked data: a value of another shape counts as empty."""

from __future__ import annotations

from okta_postman.documents.data import Data
from okta_postman.documents.json_style import Number


def part(data: Data, *path: str | int) -> Data:
    """What is at a path of keys and indexes, or None if nothing is."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def elements(data: Data) -> list[Data]:
    """The elements of a list."""
    return data if isinstance(data, list) else []


def text(data: Data) -> str:
    """A string."""
    return data if isinstance(data, str) else ""


def scalar(data: Data) -> str:
    """A string, or a number as it was typed."""
    return data.text if isinstance(data, Number) else text(data)
