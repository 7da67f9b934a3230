"""The scope map of a manifest as lines, so that an edit keeps all that a user wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.documents.yaml_text import block

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_DASH_ALONE: Final = re.compile(r"\s*-\s*(?:#.*)?")
_INDENT: Final = 2

EntriesOf = Callable[[str], list[Data]]
"""Returns the entries that a word such as `all` selects under a key."""


@dataclass
class _Entry:
    """An entry with the comments directly above it, and the lines above those.

    `above` are comments and blank lines that do not belong to the entry: they stay if it is moved
    or removed, which leaves `lines` empty.
    """

    above: list[str]
    lines: list[str]


@dataclass
class _Section:
    """A key of the scope map: its own lines, its entries, and the lines below them.

    `dash` is the column of the dashes. `original` are the lines of a key whose entries are not one
    on each line; they are used until an edit writes the entries out, and then cleared.
    """

    head: list[str]
    entries: list[_Entry]
    dash: int
    below: list[str]
    original: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The lines after the edits; a key without entries is left out."""
        if self.original:
            return [*self.original, *self.below]
        head = self.head if any(entry.lines for entry in self.entries) else []
        lines = [line for entry in self.entries for line in (*entry.above, *entry.lines)]
        return [*head, *lines, *self.below]


class ScopeMapLines:
    """The lines of a manifest, split at the keys and entries of its scope map, for edits.

    `entries_of` returns the entries of a key that has a word in place of a list.
    """

    def __init__(self, document: Document, entries_of: EntriesOf) -> None:
        self._document, self._entries_of = document, entries_of
        self._lines = _LINE.findall(document.source.text)
        if not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += "\n"
        self._line_break = "\r\n" if self._lines[0].endswith("\r\n") else "\n"
        keys = list(document.data.get("scopes", ()))
        if not keys:  # a map of its own at the end of the file
            self._indent = _INDENT
            self._before = [*self._lines, f"scopes:{self._line_break}"]
            self._after, self._sections = [], dict[str, _Section]()
            return
        self._indent = document.key(("scopes", keys[0])).column - 1
        starts, top = [], self._line(("scopes",))
        for key in keys:
            starts.append(self._start(self._line(("scopes", key)) - 1, top))
            top = self._end(("scopes", key))
        end = self._map_end(top)
        self._before, self._after = self._lines[: starts[0]], self._lines[end:]
        self._sections = {
            key: self._section(key, start, stop)
            for key, start, stop in zip(keys, starts, [*starts[1:], end], strict=True)
        }

    def add(self, key: str, entries: Iterable[Data]) -> None:
        """Add entries at the end of a key, or of a new key at the end of the map."""
        section = self._at(key)
        section.entries += [_Entry([], self._block([entry], section.dash)) for entry in entries]

    def move(self, path: tuple[str, int], key: str) -> None:
        """Move an entry, with its lines as they are, to the end of another key."""
        source, target = self._at(path[0]), self._at(key)
        entry = source.entries[path[1]]
        shift = target.dash - source.dash
        target.entries.append(_Entry([], [_shifted(line, shift) for line in entry.lines]))
        entry.lines = []

    def write_out(self, key: str) -> None:
        """Write the entries of a key one on each line."""
        self._at(key)

    def remove(self, path: tuple[str, int]) -> None:
        """Remove an entry, with the comments directly above it."""
        self._at(path[0]).entries[path[1]].lines = []

    def text(self) -> str:
        """The text of the whole manifest after the edits."""
        edited = [line for section in self._sections.values() for line in section.lines()]
        return "".join([*self._before, *edited, *self._after])

    def _line(self, path: Path) -> int:
        """The number of the line that a key is on."""
        return self._document.key(path).line

    def _end(self, path: Path) -> int:
        """The index of the line after a value."""
        source, end = self._document.source, self._document.end(path)
        while source.text[end - 1].isspace():
            end -= 1
        return source.position(end - 1).line

    def _start(self, index: int, top: int) -> int:
        """The index of a line, or of the first of the comments directly above it."""
        while index > top and self._lines[index - 1].lstrip().startswith("#"):
            index -= 1
        return index

    def _map_end(self, top: int) -> int:
        """The index of the line after the scope map, with its comments at the end."""
        first = self._line(("scopes",))
        later = [line for key in self._document.data if (line := self._line((key,))) > first]
        return self._start(min(later) - 1, top) if later else len(self._lines)

    def _section(self, key: str, start: int, stop: int) -> _Section:
        """A key of the map, which has the lines from `start` to `stop`."""
        path: Path = ("scopes", key)
        position = self._document.value(path)
        if self._document.source.lines[position.line - 1][position.column - 1] != "-":
            return self._compact_section(key, start, stop)
        entries, top = [], self._line(path)
        for index in range(len(self._document.data["scopes"][key])):
            dash = self._document.value((*path, index)).line - 1
            if dash > top and _DASH_ALONE.fullmatch(self._lines[dash - 1].rstrip("\r\n")):
                dash -= 1
            first, end = self._start(dash, top), self._end((*path, index))
            entries.append(_Entry(self._lines[top:first], self._lines[first:end]))
            top = end
        head = self._lines[start : self._line(path)]
        return _Section(head, entries, position.column - 1, self._lines[top:stop])

    def _compact_section(self, key: str, start: int, stop: int) -> _Section:
        """A key with a list in brackets, or with a word, and its entries one on each line.

        Comments inside the brackets move above the key, and one after them moves to its line.
        """
        path: Path = ("scopes", key)
        value = self._document.data["scopes"][key]
        end, indent = self._end(path), self._document.key(path).column - 1
        original = self._lines[start:end]
        after = self._document.source.text[self._document.end(path) :].partition("\n")[0].strip()
        comments = [line for line in original if line.lstrip().startswith("#")]
        head = [*comments, *self._block({key: [""]}, indent)[:1]]
        if after.startswith("#"):
            head[-1] = f"{head[-1].rstrip()}  {after}{self._line_break}"
        dash = indent + _INDENT
        values = self._entries_of(key) if isinstance(value, str) else value
        entries = [_Entry([], self._block([entry], dash)) for entry in values]
        return _Section(head, entries, dash, self._lines[end:stop], original)

    def _at(self, key: str) -> _Section:
        """The section of a key, for an edit; a new one at the end if the map lacks the key."""
        if key in self._sections:
            self._sections[key].original = []
            return self._sections[key]
        head = self._block({key: [""]}, self._indent)[:1]
        section = _Section(head, [], self._indent + _INDENT, [])
        if self._sections:
            last = next(reversed(self._sections.values()))
            section = _Section(head, [], last.dash, last.below)
            last.below = []
        self._sections[key] = section
        return section

    def _block(self, data: Data, indent: int) -> list[str]:
        """The lines of some data in YAML, with the line breaks of the manifest."""
        return [line.replace("\n", self._line_break) for line in block(data, indent)]


def _shifted(line: str, shift: int) -> str:
    """A line with more or less spaces at its beginning."""
    text = line.lstrip(" ")
    return " " * max(0, len(line) - len(text) + shift) + text
