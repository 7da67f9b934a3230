"""Builds data from a YAML parser's events and, when asked, the place of each part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from okta_postman.documents.data import Data, Path
from okta_postman.documents.scalars import plain, spelled
from okta_postman.documents.yaml_errors import DEEPEST, FLATTEN, TOO_DEEP
from okta_postman.problems import Position, Problem, Source

LARGEST_EXPANSION: Final = 100_000
"""Values that the aliases of one file may stand for, all together."""

_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")
_SPELL_OUT = "write the value out where it is needed"
_JOIN = "write it as one text; scopes that are needed together have a space between"
_ONE_EACH = "put it into a file of its own; a description is one document"
_NO_TAG = "leave the tag out; quotes make a text of anything"


@dataclass
class Place:
    """Where a value stands and, in a mapping, where its key does; where nothing of it is left."""

    value: Position
    key: Position | None
    end: int


@dataclass
class _Open:
    """A mapping or sequence that is still being read."""

    container: dict[str, Data] | list[Data]
    anchor: str | None
    first: int
    slot: str | int | None
    flow: bool
    place: Place | None
    key_position: Position | None = None

    @property
    def wants_key(self) -> bool:
        return self.slot is None

    def advance(self) -> None:
        self.slot = self.slot + 1 if isinstance(self.slot, int) else None


class _Enough(Exception):  # noqa: N818 - nothing failed
    """There is nothing more to learn from the events."""


@dataclass
class Reader:
    """Takes events one by one; `troubled` says that the data is not to be used.

    Without `recording` it notes no places and no problems: that costs half as much, and when
    something is wrong the text is simply read again.
    """

    source: Source
    recording: bool
    root: Data = None
    started: bool = False
    troubled: bool = False
    typed: dict[Path, str] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Data, int]] = field(default_factory=dict)
    _typed_anchors: dict[str | None, str] = field(default_factory=dict)
    _values: int = 0
    _expanded: int = 0

    def read(self, events: Iterable[yaml.Event]) -> None:
        """Take the parser's events, up to the one after which there is nothing more to learn."""
        try:
            for event in events:
                handler = _HANDLERS.get(type(event))
                if handler:
                    handler(self, event)
        except _Enough:
            return

    def trouble(self, code: str, message: str, hint: str, start: int, end: int = 0) -> None:
        """Note a problem with the characters from `start` to `end`."""
        self.troubled = True
        if not self.recording:
            raise _Enough
        place = self.source.position(start, end or start + 1)
        self.problems.append(Problem(code, message, hint, place))

    def start_document(self, event: yaml.Event) -> None:
        """Begin the only document there may be."""
        if self.started:
            start, _ = _span(event)
            self.trouble("Y010", "a second document begins here", _ONE_EACH, start, start + 3)
            raise _Enough
        self.started = True

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Take a key or a value."""
        if event.tag not in _TEXT_TAGS:
            self._odd_tag(event)
        value: Data = event.value
        inside = self._stack[-1] if self._stack else None
        if inside and inside.wants_key:
            self._key(inside, event)
        else:
            if event.implicit[0] and event.tag is None:
                value = plain(event.value)
                if value is not event.value and spelled(value) != event.value:
                    self.typed[self._path()] = event.value
                    self._typed_anchors[event.anchor] = event.value
            self._add(value, event)
            self._advance()
        self._values += 1
        if event.anchor:
            self._anchors[event.anchor] = value, 1

    def start_container(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        """Begin a mapping or a sequence."""
        if event.tag is not None:
            self._odd_tag(event)
        if len(self._stack) >= DEEPEST:
            start, _ = _span(event)
            self.trouble("Y008", TOO_DEEP, FLATTEN, start)
            raise _Enough
        if self._stack and self._stack[-1].wants_key:
            start, _ = _span(event)
            braces = re.match(r"\{[^{}]*\}\}?", self.source.text[start:])
            if braces:  # the first brace began a mapping, and this one would be its key
                hint = f'put quotes around the text: "{{{braces[0]}"'
                self.trouble("Y013", "unquoted braces begin a mapping", hint, start - 1)
            else:
                self.trouble("Y013", "a key must be a plain text", _JOIN, start)
            raise _Enough
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        container: dict[str, Data] | list[Data] = {} if is_mapping else []
        place = self._add(container, event)
        slot = None if is_mapping else 0
        flow = bool(event.flow_style)
        self._stack.append(_Open(container, event.anchor, self._values, slot, flow, place))
        self._values += 1

    def end_container(self, event: yaml.Event) -> None:
        """Close the innermost mapping or sequence."""
        closed = self._stack.pop()
        if closed.place:
            # A block has no end of its own: it ends with the last of what it holds.
            closed.place.end = _span(event)[1] if closed.flow else closed.place.end
            self._stretch(closed.place.end)
        if closed.anchor:
            self._anchors[closed.anchor] = closed.container, self._values - closed.first
        self._advance()

    def alias(self, event: yaml.AliasEvent) -> None:
        """Put in a value that was marked before."""
        name, (start, end) = str(event.anchor), _span(event)
        inside = self._stack[-1] if self._stack else None
        if inside and inside.wants_key:
            self.trouble("Y013", "a key must be a plain text", _SPELL_OUT, start, end)
            raise _Enough
        if any(name == open_.anchor for open_ in self._stack):
            self.trouble("Y006", f"`*{name}` stands inside itself", _SPELL_OUT, start, end)
        elif name not in self._anchors:
            hint = f"mark its value with `&{name}` further up, or put quotes around the text"
            self.trouble("Y006", f"nothing is marked `&{name}`", hint, start, end)
        value, size = self._anchors.get(name, (None, 1))
        if name in self._typed_anchors:
            self.typed[self._path()] = self._typed_anchors[name]
        self._values += size
        self._expanded += size
        if self._expanded > LARGEST_EXPANSION:
            self.trouble("Y007", "aliases of aliases stand for too much", _SPELL_OUT, start, end)
            raise _Enough
        self._add(value, event)
        self._advance()

    def _key(self, inside: _Open, event: yaml.ScalarEvent) -> None:
        inside.slot = event.value
        if self.recording:
            inside.key_position = self.source.position(*_span(event))
        if event.value == "<<" and event.implicit[0]:
            self.trouble("Y011", "YAML 1.2 has no merge keys", _SPELL_OUT, *_span(event))
        if event.value in inside.container:
            first = self.places[self._path()].key if self.recording else None
            line = first.line if first else 0
            hint = f"it stands in line {line} already; put what belongs to it there, and keep one"
            self.trouble("Y005", f"the key `{event.value}` is here twice", hint, *_span(event))

    def _add(self, value: Data, event: yaml.Event) -> Place | None:
        inside = self._stack[-1] if self._stack else None
        place = None
        if self.recording:
            start, end = _span(event)
            key = inside.key_position if inside else None
            place = Place(self.source.position(start, end), key, end)
            self.places.setdefault(self._path(), place)
            self._stretch(end)
        if inside is None:
            self.root = value
        elif isinstance(inside.container, dict):
            inside.container[str(inside.slot)] = value
        else:
            inside.container.append(value)
        return place

    def _stretch(self, end: int) -> None:
        """What is open reaches at least to here."""
        if self._stack and (around := self._stack[-1].place):
            around.end = max(around.end, end)

    def _advance(self) -> None:
        if self._stack:
            self._stack[-1].advance()

    def _path(self) -> Path:
        return tuple(open_.slot for open_ in self._stack if open_.slot is not None)

    def _odd_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        start, _ = _span(event)
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        self.trouble(
            "Y009", f"the tag `{tag}` has no meaning here", _NO_TAG, start, start + len(tag)
        )


def _span(event: yaml.Event) -> tuple[int, int]:
    """Where an event begins and ends, in characters from the start of the text."""
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
