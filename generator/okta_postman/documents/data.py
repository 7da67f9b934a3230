"""Plain data as YAML and JSON hold it, and the path of each part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Data: TypeAlias = Any
"""Text, numbers, true, false, null, lists and mappings with text as keys."""

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a part of some data."""


def texts_of(path: Path, value: Any) -> Iterator[tuple[Path, str, bool]]:  # noqa: ANN401
    """Every text in a value with its path, and whether it is a key of a mapping."""
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        here, part = waiting.pop()
        if isinstance(part, str):
            yield here, part, False
        elif isinstance(part, dict):
            for key, inner in part.items():
                waiting.append(((*here, key), inner))
                if "{{" in key:
                    yield (*here, key), key, True
        elif isinstance(part, list):
            waiting.extend(((*here, index), inner) for index, inner in enumerate(part))
