"""The scope map of a description as the lines that a user typed, so that an edit keeps the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from generator.document.load import Document
from generator.document.reader import Data
from generator.document.write import block
from generator.okta.catalogue import needing

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_KEY_INDENT: Final = 2
_LONE_DASH: Final = re.compile(r"\s*-\s*(?:#.*)?")


@dataclass
class Listed:
    """A key of the map: its own lines, those of each entry with the comments above it, the rest.

    `typed` are the lines of a key that has no line for each entry; an edit gives it some.
    """

    key: str
    head: list[str]
    entries: list[list[str]]
    dash: int
    tail: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The lines as they are to be; none if no entry is left."""
        if self.typed or not self.entries:
            return self.typed
        return [*self.head, *(line for each in self.entries for line in each), *self.tail]


class MapLines:
    """The lines of a description, taken apart where its scope map has its keys and entries."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = _LINE.findall(document.source.text)
        if self._lines and not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += "\n"
        self._break = "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"
        first, end = self._section()
        self._before, self._after = self._lines[:first], self._lines[end:]
        keys = list(document.data["scopes"])
        starts = [self._start(document.key(("scopes", key)).line) for key in keys]
        self._before += self._lines[first : starts[0]]
        ends = [*starts[1:], end]
        self.listed = [
            self._listed(key, start, stop)
            for key, start, stop in zip(keys, starts, ends, strict=True)
        ]

    def add(self, key: str, entries: Iterable[Data]) -> None:
        """Put entries below those of a key, or below a new key at the end of the map."""
        below = self._at(key)
        below.entries += [self._spelled([entry], below.dash) for entry in entries]

    def move(self, path: tuple[str, int], key: str) -> None:
        """Put an entry, as it was typed, below those of another key too."""
        source, below = self._at(path[0]), self._at(key)
        shift = below.dash - source.dash
        moved = [
            " " * max(0, _indent(line) + shift) + line.lstrip(" ")
            for line in source.entries[path[1]]
        ]
        below.entries.append(moved)

    def remove(self, paths: Iterable[tuple[str, int]]) -> None:
        """Take entries out; a key that has none left goes with them."""
        for key, index in sorted(paths, reverse=True):
            del self._at(key).entries[index]

    def text(self) -> str:
        """The whole description, with what was edited."""
        kept = [line for each in self.listed for line in each.lines()]
        return "".join([*self._before, *kept, *self._after])

    def _section(self) -> tuple[int, int]:
        """The first line below `scopes:`, and the line of the next key at the top."""
        first = self._document.key(("scopes",)).line
        later = [self._document.key((key,)).line for key in self._document.data]
        following = min((line for line in later if line > first), default=len(self._lines) + 1)
        return first, self._start(following) if following <= len(self._lines) else len(self._lines)

    def _start(self, line: int) -> int:
        """The index of a line, or of the first comment right above it that is about it."""
        index = line - 1
        if index and _LONE_DASH.fullmatch(self._lines[index - 1].rstrip("\r\n")):
            index -= 1
        indent = _indent(self._lines[index])
        while index and _is_comment(self._lines[index - 1], indent):
            index -= 1
        return index

    def _listed(self, key: str, start: int, stop: int) -> Listed:
        said, path = self._document.data["scopes"][key], ("scopes", key)
        lines = self._lines[start:stop]
        place = self._document.value(path)
        if self._document.source.lines[place.line - 1][place.column - 1] != "-":
            return self._respelled(key, said, lines)
        starts = [
            self._start(self._document.value((*path, index)).line) for index in range(len(said))
        ]
        entries = [
            self._lines[first:last] for first, last in zip(starts, [*starts[1:], stop], strict=True)
        ]
        dash = place.column - 1
        return Listed(key, self._lines[start : starts[0]], entries, dash, _tail(entries[-1], dash))

    def _respelled(self, key: str, said: list[Data] | str, lines: list[str]) -> Listed:
        """A list in brackets, or what `all` stands for, an entry a line."""
        if isinstance(said, str):
            said = [str(each.endpoint) for each in needing(tuple(sorted(key.split(" "))))]
        comments = [line for line in lines if line.lstrip().startswith("#")]
        spaces = self._document.key(("scopes", key)).column - 1
        head, *_ = self._spelled({key: said}, spaces)
        dash = spaces + _KEY_INDENT
        entries = [self._spelled([each], dash) for each in said]
        tail: list[str] = []
        while lines and not lines[-1].strip():
            tail.append(lines.pop())
        return Listed(key, [*comments, head], entries, dash, tail, typed=[*lines, *tail])

    def _at(self, key: str) -> Listed:
        for each in self.listed:
            if each.key == key:
                each.typed = []
                return each
        indent = self._document.key(("scopes", self.listed[0].key)).column - 1
        dash = next((each.dash for each in self.listed if each.dash), indent + _KEY_INDENT)
        head = self._spelled({key: [""]}, indent)[:1]
        last = self.listed[-1]
        made = Listed(key, head, [], dash, last.tail)
        last.typed = last.typed[: len(last.typed) - len(last.tail)]
        last.tail = []
        self.listed.append(made)
        return made

    def _spelled(self, data: Data, indent: int) -> list[str]:
        return [line.replace("\n", self._break) for line in block(data, indent)]


def _tail(last: list[str], dash: int) -> list[str]:
    """What stands behind the last entry and is not about it, taken from its lines."""
    tail: list[str] = []
    while last and (not last[-1].strip() or (_is_comment(last[-1]) and _indent(last[-1]) < dash)):
        tail.insert(0, last.pop())
    return tail


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_comment(line: str, indent: int = 0) -> bool:
    return line.lstrip().startswith("#") and _indent(line) >= indent
