"""The door of the room: a source goes in, a document comes out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import yaml

from okta_postman.documents.data import Data, Path
from okta_postman.documents.scalars import spelled
from okta_postman.documents.yaml_errors import malformed, unprintable
from okta_postman.documents.yaml_reader import Place, Reader
from okta_postman.problems import InvalidSource, Position, Problem, Source

_ABSENT = object()
# What JSON allows and YAML does not, and what takes its place while places are looked for.
_NOT_YAML: Final = re.compile(rf"\\u[dD][89a-fA-F]..|{yaml.reader.Reader.NON_PRINTABLE.pattern}")
_STAND_IN: Final = r"\u0020"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGIN = "`okta-postman init` writes a description to begin with"


@dataclass(frozen=True)
class Document:
    """A YAML file: its data, and the place of every part of it."""

    source: Source
    data: Data
    typed: Mapping[Path, str]
    """The scalars that are not spelled as JSON would spell them, as they were typed."""

    @cached_property
    def _places(self) -> dict[Path, Place]:
        # Nobody asks for places while all is well, so they are found by a second reading.
        text = _NOT_YAML.sub(lambda found: _STAND_IN[-len(found[0]) :], self.source.text)
        return _read(Source(self.source.name, text), recording=True).places

    def value(self, path: Path) -> Position:
        """The place of a value, or of what stands around it if it has no place of its own."""
        while path and path not in self._places:  # inside an alias, or not there at all
            path = path[:-1]
        return self._places[path].value if path in self._places else Position(1, 1)

    def key(self, path: Path) -> Position:
        """The place of a value's key, or of the value if it has no key."""
        place = self._places.get(path)
        return place.key if place and place.key else self.value(path)

    def end(self, path: Path) -> int:
        """The number of characters of the source up to the end of a value.

        A text in a block ends where the next line with text begins.
        """
        return self._places[path].end

    def text(self, path: Path, value: Data) -> str:
        """A scalar as the user typed it: `1.10` is not `1.1`."""
        typed = self.typed.get(path)
        return spelled(value) if typed is None else typed


def load_json(source: Source) -> Document:
    """Read one document that may be JSON, which is many times faster to read than YAML.

    JSON is YAML: what its own parser does not take is read as YAML, which says what is wrong.
    """
    data = _json(source.text) if source.text.lstrip()[:1] == "{" else _ABSENT
    return load(source) if data is _ABSENT else Document(source, data, {})


def _json(text: str) -> Data:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return _ABSENT


def _once(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def load(source: Source) -> Document:
    """Read one YAML document.

    Raises InvalidSource with every problem of the YAML itself. Source: https://yaml.org/spec/1.2.2/.
    """
    reader = _read(source, recording=False)
    if reader.troubled:
        raise InvalidSource(_read(source, recording=True).problems)
    return Document(source, reader.root, reader.typed)


def _read(source: Source, *, recording: bool) -> Reader:
    reader = Reader(source, recording)
    try:
        reader.read(yaml.parse(source.text, _LOADER))
    except yaml.reader.ReaderError as error:
        _give_up(reader, unprintable(source, error))
    except yaml.MarkedYAMLError as error:
        _give_up(reader, malformed(source, error))
    if reader.root is None and not reader.troubled:
        _give_up(reader, Problem("Y012", "the file is empty", _BEGIN, Position(1, 1)))
    return reader


def _give_up(reader: Reader, problem: Problem) -> None:
    reader.troubled = True
    reader.problems.append(problem)
