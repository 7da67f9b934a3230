"""The scope map of a description as the lines that a user typed, so that an edit keeps the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.documents.yaml_text import block

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_LONE_DASH: Final = re.compile(r"\s*-\s*(?:#.*)?")
_STEP: Final = 2

Spelled = Callable[[str], list[Data]]
"""What stands for the entries of a key that is written as one word."""


@dataclass
class Entry:
    """An entry with the comments right above it, and what stands loose before these."""

    loose: list[str]
    lines: list[str]


@dataclass
class Listed:
    """A key of the map: its own lines, its entries, and what stands loose behind them.

    `typed` are the lines of a key that has no line for each entry; an edit gives it some.
    """

    key: str
    head: list[str]
    entries: list[Entry]
    dash: int
    tail: list[str]
    typed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The lines as they are to be; a key without entries goes, what stands loose stays."""
        if self.typed:
            return [*self.typed, *self.tail]
        listed = [line for each in self.entries for line in (*each.loose, *each.lines)]
        head = self.head if any(each.lines for each in self.entries) else []
        return [*head, *listed, *self.tail]


class MapLines:
    """The lines of a description, taken apart where its scope map has its keys and entries.

    `spelled` says what the entries of a key are that is written as one word.
    """

    def __init__(self, document: Document, spelled: Spelled) -> None:
        self._document, self._spell = document, spelled
        self._lines = _LINE.findall(document.source.text)
        if not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += "\n"
        self._break = "\r\n" if self._lines[0].endswith("\r\n") else "\n"
        keys = list(document.data["scopes"])
        starts, floor = [], self._line(("scopes",))
        for key in keys:
            starts.append(self._start(self._line(("scopes", key)) - 1, floor))
            floor = self._end(("scopes", key))
        end = self._section_end(floor)
        self._before, self._after = self._lines[: starts[0]], self._lines[end:]
        self._listed = [
            self._taken_apart(key, start, stop)
            for key, start, stop in zip(keys, starts, [*starts[1:], end], strict=True)
        ]

    def add(self, key: str, entries: Iterable[Data]) -> None:
        """Put entries below those of a key, or below a new key at the end of the map."""
        below = self._at(key)
        below.entries += [Entry([], self._written([entry], below.dash)) for entry in entries]

    def move(self, path: tuple[str, int], key: str) -> None:
        """Put an entry, as it was typed, below those of another key."""
        source, below = self._at(path[0]), self._at(key)
        moved = source.entries[path[1]]
        shift = below.dash - source.dash
        below.entries.append(Entry([], [_shifted(line, shift) for line in moved.lines]))
        moved.lines = []

    def write_out(self, key: str) -> None:
        """Give a key that is one word a line for each entry."""
        self._at(key)

    def remove(self, path: tuple[str, int]) -> None:
        """Take an entry out, with the comments right above it."""
        self._at(path[0]).entries[path[1]].lines = []

    def text(self) -> str:
        """The whole description, with what was edited."""
        kept = [line for each in self._listed for line in each.lines()]
        return "".join([*self._before, *kept, *self._after])

    def _line(self, path: Path) -> int:
        return self._document.key(path).line

    def _end(self, path: Path) -> int:
        """The index of the line behind a value."""
        before = self._document.source.text[: self._document.end(path)].rstrip()
        return len(_LINE.findall(before))

    def _start(self, index: int, floor: int) -> int:
        """The index of a line, or of the first of the comments right above it."""
        while index > floor and self._lines[index - 1].lstrip().startswith("#"):
            index -= 1
        return index

    def _section_end(self, floor: int) -> int:
        first = self._line(("scopes",))
        later = [self._line((key,)) for key in self._document.data]
        following = min((line for line in later if line > first), default=None)
        return len(self._lines) if following is None else self._start(following - 1, floor)

    def _taken_apart(self, key: str, start: int, stop: int) -> Listed:
        path, said = ("scopes", key), self._document.data["scopes"][key]
        place = self._document.value(path)
        if self._document.source.lines[place.line - 1][place.column - 1] != "-":
            return self._of_one_piece(key, start, stop)
        entries, floor = [], self._line(path)
        for index in range(len(said)):
            dash = self._document.value((*path, index)).line - 1
            if dash > floor and _LONE_DASH.fullmatch(self._lines[dash - 1].rstrip("\r\n")):
                dash -= 1
            own, end = self._start(dash, floor), self._end((*path, index))
            entries.append(Entry(self._lines[floor:own], self._lines[own:end]))
            floor = end
        head = self._lines[start : self._line(path)]
        return Listed(key, head, entries, place.column - 1, self._lines[floor:stop])

    def _of_one_piece(self, key: str, start: int, stop: int) -> Listed:
        """A list in brackets, or a word; what it says, an entry a line, and its comments above."""
        path, said = ("scopes", key), self._document.data["scopes"][key]
        end, spaces = self._end(path), self._document.key(path).column - 1
        typed = self._lines[start:end]
        behind = self._document.source.text[self._document.end(path) :].partition("\n")[0].strip()
        comments = [line for line in typed if line.lstrip().startswith("#")]
        entries = self._spell(key) if isinstance(said, str) else said
        head = [*comments, *self._written({key: [""]}, spaces)[:1]]
        if behind.startswith("#"):
            head[-1] = f"{head[-1].rstrip()}  {behind}{self._break}"
        dash = spaces + _STEP
        spelled = [Entry([], self._written([each], dash)) for each in entries]
        return Listed(key, head, spelled, dash, self._lines[end:stop], typed)

    def _at(self, key: str) -> Listed:
        for each in self._listed:
            if each.key == key:
                each.typed = []
                return each
        last = self._listed[-1]
        indent = self._document.key(("scopes", self._listed[0].key)).column - 1
        head = self._written({key: [""]}, indent)[:1]
        made = Listed(key, head, [], last.dash, last.tail)
        last.tail = []
        self._listed.append(made)
        return made

    def _written(self, data: Data, indent: int) -> list[str]:
        return [line.replace("\n", self._break) for line in block(data, indent)]


def _shifted(line: str, shift: int) -> str:
    text = line.lstrip(" ")
    return " " * max(0, len(line) - len(text) + shift) + text
