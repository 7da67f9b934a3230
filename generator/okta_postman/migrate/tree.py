"""JSON text becomes a tree that knows where each part stands, so that parts can be edited."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

from okta_postman.problems import InvalidSource, Position, Problem, Source

DEEPEST: Final = 200
"""Levels of objects and lists; a folder takes two, and no collection has a hundred of those."""

_TOKEN: Final = re.compile(r'[\s]*(?:([{}\[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}\[\],:"]+))')
_CHARACTER: Final = re.compile(r"\\u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|\\u....|\\.|[^\\]", re.DOTALL)
_WORDS: Final[dict[str, Any]] = {"null": None, "true": True, "false": False}


class Node(NamedTuple):
    """A part of a JSON text from `start` to `end`.

    `value` is a scalar, the members of an object by key, or the elements of a list.
    """

    start: int
    end: int
    value: Any


At: TypeAlias = Callable[[Node], Position]
"""Where a part stands in what its user has."""


class Member(NamedTuple):
    """A key with its place, and what stands there."""

    start: int
    node: Node


class Tree(NamedTuple):
    """The outermost part of a text, and a warning for each key that stands twice in one object.

    `repeated` are the objects with such keys; the members that nobody reads are `unread`.
    """

    root: Node
    problems: tuple[Problem, ...]
    repeated: tuple[Node, ...]


def read(source: Source) -> Tree:
    """The tree of a JSON text.

    Raises InvalidSource if it is no JSON (RFC 8259), or too deep. Of two equal keys the last
    counts, as for Postman.
    """
    try:
        json.loads(source.text, parse_constant=_no_number, parse_int=float)  # of any length
    except json.JSONDecodeError as error:
        _refuse_malformed(source, error)
    except RecursionError:
        pass  # the reader below says where
    return _Reader(source).read()


def child(node: Node | None, *path: str | int) -> Node | None:
    """What stands at a path of keys and indices, or None if nothing does."""
    for step in path:
        if node is None:
            return None
        if isinstance(step, int):
            node = node.value[step] if isinstance(node.value, list) else None
        else:
            member = members(node).get(step)
            node = member.node if member else None
    return node


def is_disabled(node: Node | None) -> bool:
    """Whether a part of a collection is switched off."""
    said = child(node, "disabled")
    return said is not None and said.value is True


def unread(node: Node) -> list[Node]:
    """What stands in an object that `read` found under a key that stands there again."""
    return [member.node for key, member in node.value.items() if not isinstance(key, str)]


def members(node: Node | None) -> dict[str, Member]:
    """The members of an object; none if it is not one."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


def elements(node: Node | None) -> list[Node]:
    """The elements of a list; none if it is not one."""
    return node.value if node is not None and isinstance(node.value, list) else []


def leaves(node: Node) -> Iterator[Node]:
    """Everything below a part that holds nothing else, or the part itself."""
    inside = [*(member.node for member in members(node).values()), *elements(node)]
    for each in inside:
        yield from leaves(each)
    if not inside:
        yield node


def text(node: Node | None) -> str:
    """A text, or an empty one if there is none."""
    return node.value if node is not None and isinstance(node.value, str) else ""


def offsets(source: str, node: Node) -> list[int]:
    """Where each character of a text stands in the source, escaped or not, and where it ends."""
    last = node.end - 1
    return [*(each.start() for each in _CHARACTER.finditer(source, node.start + 1, last)), last]


def decoded(spelled: str) -> str:
    """A part of a text as JSON spells it, without its escapes."""
    return str(json.loads(f'"{spelled}"')) if "\\" in spelled else spelled


def plain(node: Node) -> Any:  # noqa: ANN401 - what JSON can say
    """The data of a part, without places."""
    if isinstance(node.value, dict):
        return {key: plain(member.node) for key, member in node.value.items()}
    if isinstance(node.value, list):
        return [plain(each) for each in node.value]
    return node.value


class _Open(NamedTuple):
    """An object or list that has not been read to its end."""

    start: int
    value: Any
    key: list[tuple[int, str]]


class _Reader:
    """Reads what is known to be JSON, token after token; nothing recurses."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._opened = [_Open(0, [], [])]
        self._twice: list[Problem] = []
        self._repeated: set[int] = set()
        self._closed: list[Node] = []

    def read(self) -> Tree:
        for token in _TOKEN.finditer(self._source.text):
            mark, quoted, word = token.groups()
            if mark in ("{", "["):
                self._open(token.end() - 1, {} if mark == "{" else [])
            elif mark in ("}", "]"):
                opened = self._opened.pop()
                node = Node(opened.start, token.end(), opened.value)
                if opened.start in self._repeated:
                    self._closed.append(node)
                self._add(node)
            elif quoted is not None:
                self._text(token.start(2), token.end(), quoted)
            elif word is not None:
                value = _WORDS[word] if word in _WORDS else _number(word)
                self._add(Node(token.start(3), token.end(), value))
        return Tree(self._opened[0].value[0], tuple(self._twice), tuple(self._closed))

    def _open(self, start: int, value: Any) -> None:  # noqa: ANN401
        self._opened.append(_Open(start, value, []))
        if len(self._opened) > DEEPEST + 1:
            message = f"more than {DEEPEST} levels stand inside one another"
            hint = "no collection needs that many folders; look at what made the file"
            raise InvalidSource([Problem("P013", message, hint, self._source.position(start))])

    def _text(self, start: int, end: int, quoted: str) -> None:
        value = decoded(quoted[1:-1])
        opened = self._opened[-1]
        if not isinstance(opened.value, dict) or opened.key:
            self._add(Node(start, end, value))
            return
        if value in opened.value:
            first = opened.value.pop(value)
            opened.value[first.start, value] = first  # no key of JSON is like that
            self._repeated.add(opened.start)
            message = f"the key `{value}` stands twice in one object"
            hint = "Postman reads this one; the first goes, whatever it says"
            place = self._source.position(start, end)
            self._twice.append(Problem("P014", message, hint, place, "warning"))
        opened.key.append((start, value))

    def _add(self, node: Node) -> None:
        opened = self._opened[-1]
        if isinstance(opened.value, list):
            opened.value.append(node)
        else:
            start, key = opened.key.pop()
            opened.value[key] = Member(start, node)


def _number(word: str) -> float:
    try:
        return int(word)
    except ValueError:
        return float(word)


def _no_number(word: str) -> NoReturn:
    raise json.JSONDecodeError(f"{word} is not JSON", word, 0)


def _refuse_malformed(source: Source, error: json.JSONDecodeError) -> NoReturn:
    at = min(error.pos, len(source.text)) if error.doc == source.text else 0
    end = not source.text[at:].strip()
    message = "the file ends in the middle" if end else f"this is not JSON: {_lower(error.msg)}"
    if not source.text.strip():
        message = "the file is empty"
    hint = "export the collection from Postman again" if end else "correct it, or export it again"
    if source.name.endswith((".yaml", ".yml")):
        hint = "a description goes after --manifest; give the collections that are to change"
    raise InvalidSource([Problem("P010", message, hint, source.position(at))]) from None


def _lower(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"
