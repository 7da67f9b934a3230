"""Builds data from the events of a YAML parser and, on request, the position of each part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import yaml

from okta_postman.documents.data import LARGEST_EXPANSION, Data, Path
from okta_postman.documents.scalars import Number, plain_value, scalar_text
from okta_postman.documents.yaml_errors import CLOSE_BRACKETS, DEEPEST, TOO_DEEP
from okta_postman.problems import Position, Problem, Source

_BEYOND_64_BITS: Final = 2**63
VALUE: Final = 80
"""Characters that a value counts for besides its own: it takes memory, however short it is."""

_STRING_TAGS: Final = (None, "!", "tag:yaml.org,2002:str")
_WRITE_OUT: Final = "write the value out where it is needed"
_KEY: Final = "a key must be a string"
_ONE_STRING: Final = "write it as one string; separate scopes that are needed together by spaces"
_OWN_FILE: Final = "move it to a file of its own"
_NO_TAG: Final = "remove the tag; quotes make a string of any value"
_EXPANSION: Final = f"aliases expand to more than {LARGEST_EXPANSION // 1024 // 1024} MB"


@dataclass
class Place:
    """The position of a value and, in a mapping, of its key; and the index at which it ends."""

    value: Position
    key: Position | None
    end: int


@dataclass
class _Open:
    """A mapping or sequence that is still being read.

    The slot is the key or index of the next value; None where a mapping expects a key.
    """

    container: dict[str, Data] | list[Data]
    anchor: str | None
    first: int
    first_typed: int
    slot: str | int | None
    flow: bool
    place: Place | None
    key_position: Position | None = None

    @property
    def expects_key(self) -> bool:
        return self.slot is None

    def advance(self) -> None:
        self.slot = self.slot + 1 if isinstance(self.slot, int) else None


class _StopReading(Exception):  # noqa: N818 - nothing failed
    """No later event can say anything more."""


@dataclass
class Reader:
    """Takes events one by one; if it is `invalid`, the data must not be used.

    Without `recording` it notes neither positions nor problems, which costs half as much; if the
    text turns out to be invalid, it is read again.
    """

    source: Source
    recording: bool
    root: Data = None
    started: bool = False
    invalid: bool = False
    typed: dict[Path, str] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Data, int]] = field(default_factory=dict)
    _typed_anchors: dict[str, list[tuple[Path, str]]] = field(default_factory=dict)
    _size: int = 0
    _expanded: int = 0

    def read(self, events: Iterable[yaml.Event]) -> None:
        """Take the parser's events, up to the last one that can say anything."""
        try:
            for event in events:
                handler = _HANDLERS.get(type(event))
                if handler:
                    handler(self, event)
        except _StopReading:
            return

    def add(self, problem: Problem) -> None:
        """Note a problem, which makes the data invalid."""
        self.invalid = True
        self.problems.append(problem)

    def start_document(self, event: yaml.Event) -> None:
        """Begin the only document that a file may have."""
        if self.started:
            start, _ = _span(event)
            self._report("Y010", "a second document starts here", _OWN_FILE, start, start + 3)
            raise _StopReading
        self.started = True

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Take a key or a value."""
        if event.tag not in _STRING_TAGS:
            self._report_tag(event)
        value: Data = event.value
        parent = self._stack[-1] if self._stack else None
        if parent and parent.expects_key:
            self._key(parent, event)
        else:
            if event.implicit[0] and event.tag is None:
                value = plain_value(event.value)
            is_typed = value is not event.value and _needs_text(value, event.value)
            if isinstance(value, Number):  # which no JSON parser would take
                value = event.value
            if is_typed:
                self.typed[self._path()] = event.value
            if event.anchor:
                self._typed_anchors[event.anchor] = [((), event.value)] if is_typed else []
            self._add(value, event)
            self._advance()
        size = VALUE + len(event.value)
        self._size += size
        if event.anchor:
            self._anchors[event.anchor] = value, size

    def start_container(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        """Begin a mapping or a sequence."""
        if event.tag is not None:
            self._report_tag(event)
        start, _ = _span(event)
        if len(self._stack) >= DEEPEST:
            self._report("Y008", TOO_DEEP, CLOSE_BRACKETS, start)
            raise _StopReading
        if self._stack and self._stack[-1].expects_key:
            self._report_container_as_key(start)
            raise _StopReading
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        container: dict[str, Data] | list[Data] = {} if is_mapping else []
        place = self._add(container, event)
        slot = None if is_mapping else 0
        flow, typed = bool(event.flow_style), len(self.typed)
        self._stack.append(_Open(container, event.anchor, self._size, typed, slot, flow, place))
        self._size += VALUE

    def end_container(self, event: yaml.Event) -> None:
        """Close the innermost mapping or sequence."""
        closed = self._stack.pop()
        if closed.place:
            # A block has no end of its own: it ends with the last of what it holds.
            closed.place.end = _span(event)[1] if closed.flow else closed.place.end
            self._extend(closed.place.end)
        if closed.anchor:
            self._anchors[closed.anchor] = closed.container, self._size - closed.first
            depth, count = len(self._path()), len(self.typed) - closed.first_typed
            inside = islice(reversed(self.typed.items()), count)
            self._typed_anchors[closed.anchor] = [(path[depth:], text) for path, text in inside]
        self._advance()

    def alias(self, event: yaml.AliasEvent) -> None:
        """Insert the value of an anchor."""
        name, (start, end) = str(event.anchor), _span(event)
        parent = self._stack[-1] if self._stack else None
        if parent and parent.expects_key:
            self._report("Y013", _KEY, _WRITE_OUT, start, end)
            raise _StopReading
        if any(name == container.anchor for container in self._stack):
            self._report("Y006", f"`*{name}` is inside its own value", _WRITE_OUT, start, end)
        elif name not in self._anchors:
            hint = f"mark a value above with `&{name}`, or put quotes around the string"
            self._report("Y006", f"no value above is marked `&{name}`", hint, start, end)
        value, size = self._anchors.get(name, (None, VALUE))
        self._size += size
        self._expanded += size
        if self._expanded > LARGEST_EXPANSION:
            self._report("Y007", _EXPANSION, _WRITE_OUT, start, end)
            raise _StopReading
        path = self._path()
        for inner, text in self._typed_anchors.get(name, ()):
            self.typed[*path, *inner] = text
        self._add(value, event)
        self._advance()

    def _key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        parent.slot = event.value
        if self.recording:
            parent.key_position = self.source.position(*_span(event))
        if event.value == "<<" and event.implicit[0]:
            self._report("Y011", "YAML 1.2 has no merge keys", _WRITE_OUT, *_span(event))
        if event.value in parent.container:
            first = self.places[self._path()].key if self.recording else None
            line = first.line if first else 0
            hint = f"line {line} has it already; put the values of both there, and delete this key"
            self._report("Y005", f"duplicate key `{event.value}`", hint, *_span(event))

    def _add(self, value: Data, event: yaml.Event) -> Place | None:
        parent = self._stack[-1] if self._stack else None
        place = None
        if self.recording:
            start, end = _span(event)
            key = parent.key_position if parent else None
            place = Place(self.source.position(start, end), key, end)
            self.places.setdefault(self._path(), place)
            self._extend(end)
        if parent is None:
            self.root = value
        elif isinstance(parent.container, dict):
            parent.container[str(parent.slot)] = value
        else:
            parent.container.append(value)
        return place

    def _extend(self, end: int) -> None:
        """Let the innermost open container end no sooner than at an index."""
        if self._stack and (place := self._stack[-1].place):
            place.end = max(place.end, end)

    def _advance(self) -> None:
        if self._stack:
            self._stack[-1].advance()

    def _path(self) -> Path:
        return tuple(container.slot for container in self._stack if container.slot is not None)

    def _report(self, code: str, message: str, hint: str, start: int, end: int = 0) -> None:
        """Note a problem of the characters from `start` to `end`, or of one character."""
        self.invalid = True
        if not self.recording:
            raise _StopReading
        self.add(Problem(code, message, hint, self.source.position(start, end or start + 1)))

    def _report_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        start, _ = _span(event)
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        self._report("Y009", f"unsupported tag `{tag}`", _NO_TAG, start, start + len(tag))

    def _report_container_as_key(self, start: int) -> None:
        # In `{{name}}` the first brace begins a mapping, and the second one would be its key.
        first = start - 1 if self.source.text[start - 1 : start + 1] == "{{" else start
        braces = re.match(r"\{+[^{}]*\}{1,2}", self.source.text[first:])
        if braces:
            hint = f'put quotes around the string: "{braces[0]}"'
            self._report("Y013", "unquoted braces begin a mapping", hint, first)
        else:
            self._report("Y013", _KEY, _ONE_STRING, start)


def _needs_text(value: Data, text: str) -> bool:
    """Whether JSON would write a value in another way than it was typed, or not at all."""
    is_long = isinstance(value, int) and abs(value) >= _BEYOND_64_BITS
    return is_long or isinstance(value, Number) or scalar_text(value) != text


def _span(event: yaml.Event) -> tuple[int, int]:
    """The indexes in the text at which an event begins and ends."""
    first: Any = event.start_mark
    last: Any = event.end_mark
    return first.index, last.index


_HANDLERS: Final[dict[type[yaml.Event], Callable[[Reader, Any], None]]] = {
    yaml.DocumentStartEvent: Reader.start_document,
    yaml.ScalarEvent: Reader.scalar,
    yaml.MappingStartEvent: Reader.start_container,
    yaml.SequenceStartEvent: Reader.start_container,
    yaml.MappingEndEvent: Reader.end_container,
    yaml.SequenceEndEvent: Reader.end_container,
    yaml.AliasEvent: Reader.alias,
}
