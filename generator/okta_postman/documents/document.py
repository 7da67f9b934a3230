"""A document: the data of a YAML or JSON file, and the position of each part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import yaml

from okta_postman.documents.data import Data, Path
from okta_postman.documents.json_text import json_data
from okta_postman.documents.scalars import scalar_text
from okta_postman.documents.yaml_errors import malformed, unprintable
from okta_postman.documents.yaml_reader import Place, Reader
from okta_postman.problems import InvalidSource, Position, Problem, Source

# Escapes of lone surrogates and characters, which JSON allows and YAML does not. While positions
# are looked up, an escape of the same length replaces them.
_NOT_YAML: Final = re.compile(rf"\\u[dD][89a-fA-F]..|{yaml.reader.Reader.NON_PRINTABLE.pattern}")
_REPLACEMENT: Final = r"\u0020"

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_START: Final = "`okta-postman init` writes a manifest to start from"


@dataclass(frozen=True)
class Document:
    """A YAML or JSON file: its data, and the position of every part of it."""

    source: Source
    data: Data
    typed: Mapping[Path, str]
    """The scalars that JSON would write in another way, as they were typed."""

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

    def text(self, path: Path, value: Data) -> str:
        """A scalar as the user typed it: `1.10` is not `1.1`."""
        typed = self.typed.get(path)
        return scalar_text(value) if typed is None else typed


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
    try:
        return Document(source, json_data(source.text), {})
    except ValueError:
        return load(source)


def _read(source: Source, *, recording: bool) -> Reader:
    reader = Reader(source, recording)
    try:
        reader.read(yaml.parse(source.text, _LOADER))
    except yaml.reader.ReaderError as error:
        reader.add(unprintable(source, error))
    except yaml.MarkedYAMLError as error:
        reader.add(malformed(source, error))
    if reader.root is None and not reader.invalid:
        reader.add(Problem("Y012", "the file is empty", _START, Position(1, 1)))
    return reader
