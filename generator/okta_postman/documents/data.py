"""Plain data as YAML and JSON hold it, and the path of each part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

Data: TypeAlias = Any
"""A string, a number, true, false, null, a list, or a mapping with strings as keys."""

LARGEST_EXPANSION: Final = 8 * 1024 * 1024
"""Characters that are made of references to one text, all together."""

_PUNCTUATION: Final = 16
"""Characters around a value: indentation, quotes, a line break."""

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a part of some data."""


def is_deeper(data: Data, levels: int) -> bool:
    """Whether data has more levels of lists and mappings; looks at one level after another."""
    level = [data]
    for _ in range(levels + 1):
        inner: list[Data] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = inner
    return bool(level)


def length(data: Data) -> int:
    """About as many characters as some data has as text."""
    total, waiting = 0, [data]
    while waiting:
        value = waiting.pop()
        total += _PUNCTUATION
        if isinstance(value, str):
            total += len(value)
        elif isinstance(value, dict):
            total += sum(map(len, value))
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return total


def texts_of(path: Path, value: Any) -> Iterator[tuple[Path, str, bool]]:  # noqa: ANN401
    """Yield every string of a value with its path, and whether it is a key with a variable.

    Of the keys only those with `{{` are yielded. Iterative, so that no depth is too much.
    """
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, str):
            yield path, part, False
        elif isinstance(part, dict):
            for key, inner in part.items():
                waiting.append(((*path, key), inner))
                if "{{" in key:
                    yield (*path, key), key, True
        elif isinstance(part, list):
            waiting.extend(((*path, index), inner) for index, inner in enumerate(part))


def edited(data: Data, edits: Mapping[Path, Callable[[Data], Data]]) -> Data:
    """A copy of data in which the parts at some paths are what functions make of them.

    Inner parts are edited first. What is not edited is shared with the data.
    """
    below: dict[str | int, dict[Path, Callable[[Data], Data]]] = {}
    for path, edit in edits.items():
        if path:
            below.setdefault(path[0], {})[path[1:]] = edit
    if below:
        data = data.copy()
        for step, inner in below.items():
            data[step] = edited(data[step], inner)
    return edits[()](data) if () in edits else data
