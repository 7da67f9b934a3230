"""Where the parts of a JSON text are: looked up only for those that are shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Path

Span = tuple[int, int]

_DECODER: Final = json.JSONDecoder(parse_int=float)  # of any length
_SPACE: Final = re.compile(r"\s*")
_CHARACTER: Final = re.compile(r"\\u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|\\u....|\\.|[^\\]", re.DOTALL)
_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


class Place(NamedTuple):
    """The span of a part, and of its key if it is a member of an object."""

    value: Span
    key: Span | None


class Repeated(NamedTuple):
    """A key that its object has already, where it is, and the value that it replaces."""

    key: str
    span: Span
    replaced: Span


def places(text: str, paths: Iterable[Path]) -> dict[Path, Place]:
    """The places of some paths, and of what is around them, in a JSON text that is well formed.

    What does not lead to one of them is skipped by the parser of the standard library.
    """
    wanted: dict[str | int, Any] = {}
    for path in paths:
        inner = wanted
        for step in path:
            inner = inner.setdefault(step, {})
    walk = _Walk(text)
    start = walk.after_space(0)
    walk.places[()] = Place((start, walk.end_of(start, (), wanted)), None)
    return walk.places


def repeated_keys(text: str) -> list[Repeated]:
    """Each repeated key of a JSON text that is well formed."""
    walk = _Walk(text)
    walk.end_of(walk.after_space(0), (), None)
    return walk.repeated


def too_deep(text: str, levels: int) -> int | None:
    """Where the first object or list begins that is in as many others, if there is one."""
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > levels:
            return token.start()
    return None


def offsets(text: str, span: Span) -> list[int]:
    """Where each character of a string or number is in the text, and where the last one ends."""
    start, end = span
    if text[start] != '"':
        return [*range(start, end + 1)]
    return [*(char.start() for char in _CHARACTER.finditer(text, start + 1, end - 1)), end - 1]


class _Walk:
    """Goes through a JSON text, and keeps the places of the wanted paths."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.places: dict[Path, Place] = {}
        self.repeated: list[Repeated] = []

    def after_space(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at

    def end_of(self, at: int, path: Path, wanted: dict[str | int, Any] | None) -> int:
        """Where the value ends that begins there; None wants everything in it."""
        opening = self._text[at]
        if wanted == {} or opening not in "[{":
            return _DECODER.raw_decode(self._text, at)[1]
        values: dict[str | int, Span] = {}
        at = self.after_space(at + 1)
        while self._text[at] not in "]}":
            step: str | int = len(values)
            key = None
            if opening == "{":
                step, end = _DECODER.raw_decode(self._text, at)
                key = (at, end)
                at = self.after_space(self.after_space(end) + 1)
            end = self.end_of(at, (*path, step), None if wanted is None else wanted.get(step, {}))
            if wanted and step in wanted:
                self.places[*path, step] = Place((at, end), key)
            if key and step in values:
                self.repeated.append(Repeated(str(step), key, values[step]))
            values[step] = (at, end)
            at = self.after_space(end)
            at = self.after_space(at + 1) if self._text[at] == "," else at
        return at + 1
