"""Parts of OpenAPI documents, and the `$ref`s from one to another."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import unquote

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.openapi.urls import is_remote
from okta_postman.problems import Checked, Position, Problem, Severity, in_order

LONGEST_CHAIN: Final = 32
"""References to references: people write two, and a circle never ends."""

_BESIDE: Final = "save it beside the document and refer to it there"


class Node(NamedTuple):
    """A part of a document, and where it stands."""

    document: Document
    path: Path
    data: Data

    def get(self, key: str) -> Node:
        """A value of a mapping; its data is None if there is none, or if this is no mapping."""
        found = self.data.get(key) if isinstance(self.data, dict) else None
        return Node(self.document, (*self.path, key), found)

    def pairs(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping; none if this is no mapping."""
        for key in self.data if isinstance(self.data, dict) else ():
            yield key, self.get(key)

    def entries(self) -> Iterator[Node]:
        """The entries of a list; none if this is no list."""
        for index, each in enumerate(self.data if isinstance(self.data, list) else ()):
            yield Node(self.document, (*self.path, index), each)

    def text(self, key: str) -> str:
        """A value of a mapping if it is a text, and otherwise an empty one."""
        found = self.get(key).data
        return found if isinstance(found, str) else ""


Open = Callable[[str], Document]
"""Reads a document by its path from the first one; raises LookupError, a sentence and a hint."""


@dataclass
class Documents:
    """The documents that belong together, and the problems found in each of them."""

    first: Document
    open: Open
    _opened: dict[str, Document] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _problems: dict[int, list[Problem]] = field(default_factory=dict)
    _unique: set[Problem] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._opened[""] = self.first
        self._names[id(self.first)] = ""

    @property
    def root(self) -> Node:
        """The first document as a whole."""
        return Node(self.first, (), self.first.data)

    def warn(self, code: str, node: Node, message: str, hint: str, *, at_key: bool = False) -> None:
        """Note something that cannot be used, at a value or at its key."""
        self._note(code, node, message, hint, "warning", at_key=at_key)

    def refuse(self, code: str, node: Node, message: str, hint: str) -> None:
        """Note an error."""
        self._note(code, node, message, hint, "error", at_key=False)

    def checked(self) -> list[Checked]:
        """Every document that was read, with its problems in order; the first one first."""
        return [
            Checked(document.source, in_order(self._problems.get(id(document), ())))
            for document in self._opened.values()
        ]

    def resolve(self, node: Node) -> Node | None:
        """What a node stands for once its `$ref`s are followed, or None with a problem noted."""
        start = node
        for _ in range(LONGEST_CHAIN):
            if not isinstance(node.data, dict) or "$ref" not in node.data:
                return node
            reference = node.get("$ref")
            found = self._target(reference)
            if found is None:
                return None
            node = found
        reference = start.get("$ref")
        message = f"`{reference.data}` leads back to itself"
        self.warn("O004", reference, message, "let one of them say what it means")
        return None

    def _target(self, reference: Node) -> Node | None:
        text = reference.data
        if not isinstance(text, str):
            self.warn("O003", reference, "a `$ref` is a text", "write it like `#/components/...`")
            return None
        file, _, pointer = text.partition("#")
        try:
            document = self._document(reference.document, file)
        except LookupError as reason:
            code = "O005" if is_remote(file) else "O003"
            self.warn(code, reference, *reason.args)
            return None
        return self._pointed(document, pointer, reference)

    def _pointed(self, document: Document, pointer: str, reference: Node) -> Node | None:
        """What a JSON Pointer leads to. Source: RFC 6901."""
        node = Node(document, (), document.data)
        for step in pointer.split("/")[1:]:
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(node.data, list) and key.isdecimal() and int(key) < len(node.data):
                node = Node(document, (*node.path, int(key)), node.data[int(key)])
            elif isinstance(node.data, dict) and key in node.data:
                node = node.get(key)
            else:
                message = f"`{reference.data}` leads nowhere: there is no `{key}`"
                self.warn("O003", reference, message, "correct it, or add what it refers to")
                return None
        return node

    def _document(self, here: Document, file: str) -> Document:
        """The document that a reference names; raises LookupError with a sentence and a hint."""
        if not file:
            return here
        if is_remote(file):
            raise LookupError(
                f"`{file}` is on the network, where this program does not look", _BESIDE
            )
        folder = posixpath.dirname(self._names[id(here)])
        name = posixpath.normpath(posixpath.join(folder, unquote(file)))
        if name.startswith(("../", "/")) or name == ".." or "\\" in name:
            raise LookupError(f"`{file}` is outside the document's folder", _BESIDE)
        if name not in self._opened:
            document = self.open(name)
            self._opened[name] = document
            self._names[id(document)] = name
        return self._opened[name]

    def _note(  # noqa: PLR0913 - a problem has as many parts
        self, code: str, node: Node, message: str, hint: str, severity: Severity, *, at_key: bool
    ) -> None:
        document = node.document
        place: Position = document.key(node.path) if at_key else document.value(node.path)
        problem = Problem(code, message, hint, place, severity)
        if problem not in self._unique:
            self._unique.add(problem)
            self._problems.setdefault(id(document), []).append(problem)
