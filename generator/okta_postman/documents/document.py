"""A document: the data of a YAML or JSON file, and the position of each part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import yaml

from okta_postman.documents.data import Data, Path
from okta_postman.documents.json_text import json_data
from okta_postman.documents.scalars import Number, scalar_text
from okta_postman.documents.yaml_errors import malformed, unprintable
from okta_postman.documents.yaml_reader import Place, Reader
from okta_postman.problems import InvalidSource, Position, Problem, Source

# Escapes of lone surrogates and characters, which JSON allows and YAML does not. While positions
# are looked up, an escape of the same length replaces them.
_NOT_YAML: Final = re.compile(rf"\\u[dD][89a-fA-F]..|{yaml.reader.Reader.NON_PRINTABLE.pattern}")
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F]..)|.)", re.DOTALL
)
_REPLACEMENT: Final = r"\u0020"

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_BREAKS: Final = "\u0085\u2028\u2029"
_START: Final = "`okta-postman init` writes a manifest to start from"


@dataclass(frozen=True)
class Document:
    """A YAML or JSON file: its data, and the position of every part of it."""

    source: Source
    data: Data
    typed: Mapping[Path, str]
    """The scalars that JSON would write in another way, as they were typed.

    In the data, a number that is too large for a float is a string.
    """

    @cached_property
    def _places(self) -> dict[Path, Place]:
        # Positions are needed for problems only, so a second reading looks them up.
        text = _NOT_YAML.sub(lambda match: _REPLACEMENT[-len(match[0]) :], self.source.text)
        return _read(Source(self.source.name, text), recording=True).places

    def value(self, path: Path) -> Position:
        """The position of a value, or of the nearest value around it that has a position.

        A value inside an alias has none, and neither has one that is missing.
        """
        while path and path not in self._places:
            path = path[:-1]
        return self._places[path].value if path in self._places else Position(1, 1)

    def key(self, path: Path) -> Position:
        """The position of a value's key, or of the value if it has no key."""
        place = self._places.get(path)
        return place.key if place and place.key else self.value(path)

    def end(self, path: Path) -> int:
        """The index in the source's text at which a value ends.

        A block scalar ends where the next line with text begins.
        """
        return self._places[path].end

    def last_line(self, path: Path) -> int:
        """The line in which a value ends."""
        place = self._places.get(path)
        return self.source.position(place.end - 1).line if place else self.value(path).line

    def text(self, path: Path, value: Data) -> str:
        """A scalar as the user typed it: `1.10` is not `1.1`."""
        typed = self.typed.get(path)
        return scalar_text(value) if typed is None else typed

    def as_typed(self, path: Path, value: Data) -> Data:
        """A value whose numbers are written as the user typed them."""
        if not self.typed:
            return value
        if isinstance(value, dict):
            return {key: self.as_typed((*path, key), inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.as_typed((*path, index), inner) for index, inner in enumerate(value)]
        is_word = value is None or isinstance(value, bool)
        return Number(self.typed[path]) if path in self.typed and not is_word else value


def load(source: Source) -> Document:
    """Read one YAML document.

    Raises InvalidSource with every problem of the YAML itself. Source: https://yaml.org/spec/1.2.2/.
    """
    reader = _read(source, recording=False)
    if reader.invalid:
        raise InvalidSource(_read(source, recording=True).problems)
    return Document(source, reader.root, reader.typed)


def load_json(source: Source) -> Document:
    """Read one document that may be JSON, which is many times faster to read than YAML.

    JSON is YAML: what the JSON parser refuses is read as YAML, for its errors.
    Raises InvalidSource.
    """
    if not source.text.lstrip().startswith("{"):
        return load(source)
    _refuse_half_characters(source)
    try:
        return Document(source, json_data(source.text), {})
    except ValueError:
        return load(source)


def _refuse_half_characters(source: Source) -> None:
    """Raise InvalidSource at the escape of one half of a character, which no file can hold."""
    for escape in _ESCAPE.finditer(source.text):
        if escape["half"]:
            message = f"`{escape[0]}` is one half of a character"
            place = source.position(escape.start(), escape.end())
            raise InvalidSource([Problem("Y003", message, "write the whole character", place)])


def _events(text: str) -> Iterator[yaml.Event]:
    """The events of libyaml, whose YAML 1.1 breaks lines at characters that are no breaks in 1.2.

    Others of the same length replace them while it reads. Source: YAML 1.2.2, 5.4.
    """
    if not any(character in text for character in _NO_BREAKS):
        return iter(yaml.parse(text, _LOADER))
    used, private_use = set(text), map(chr, range(0xF0000, 0x110000))
    free = "".join(islice((char for char in private_use if char not in used), len(_NO_BREAKS)))
    back = str.maketrans(free, _NO_BREAKS)
    events = yaml.parse(text.translate(str.maketrans(_NO_BREAKS, free)), _LOADER)
    return (_translated(event, back) for event in events)


def _translated(event: yaml.Event, table: dict[int, int]) -> yaml.Event:
    if isinstance(event, yaml.ScalarEvent):
        event.value = event.value.translate(table)
    return event


def _read(source: Source, *, recording: bool) -> Reader:
    reader = Reader(source, recording)
    try:
        reader.read(_events(source.text))
    except yaml.reader.ReaderError as error:
        reader.add(unprintable(source, error))
    except yaml.MarkedYAMLError as error:
        reader.add(malformed(source, error))
    if reader.root is None and not reader.invalid:
        reader.add(Problem("Y012", "the file is empty", _START, Position(1, 1)))
    return reader
