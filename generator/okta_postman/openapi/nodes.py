"""Parts of OpenAPI documents, and the `$ref`s between them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import unquote

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.okta.org_url import split_url
from okta_postman.problems import Checked, Position, Problem, Severity, in_order

LONGEST_CHAIN: Final = 32
"""References to references; documents have two at most, unless they are circular."""

_BESIDE: Final = "save it beside the document, and write its file name here"


class Node(NamedTuple):
    """A part of a document, with its path."""

    document: Document
    path: Path
    data: Data

    def get(self, key: str) -> Node:
        """A value of a mapping; its data is None if there is none, or if this is no mapping."""
        value = self.data.get(key) if isinstance(self.data, dict) else None
        return Node(self.document, (*self.path, key), value)

    def pairs(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping; none if this is no mapping."""
        for key in self.data if isinstance(self.data, dict) else ():
            yield key, self.get(key)

    def entries(self) -> Iterator[Node]:
        """The entries of a list; none if this is no list."""
        for index, entry in enumerate(self.data if isinstance(self.data, list) else ()):
            yield Node(self.document, (*self.path, index), entry)

    def text(self, key: str) -> str:
        """A value of a mapping if it is a string, and otherwise an empty string."""
        value = self.get(key).data
        return value if isinstance(value, str) else ""


Open = Callable[[str], Document]
"""Reads a document by its path relative to the first one.

Raises LookupError with a message and a hint.
"""


@dataclass
class Documents:
    """A document and those that it refers to, with the problems of each of them."""

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
        """Add a warning about a part that cannot be used, at a value or at its key."""
        self._add(code, node, message, hint, "warning", at_key=at_key)

    def refuse(self, code: str, node: Node, message: str, hint: str) -> None:
        """Add an error at a value."""
        self._add(code, node, message, hint, "error", at_key=False)

    def checked(self) -> list[Checked]:
        """Every document that was read, the first one first, with its problems in order."""
        return [
            Checked(document.source, in_order(self._problems.get(id(document), ())))
            for document in self._opened.values()
        ]

    def resolve(self, node: Node) -> Node | None:
        """The node that a node refers to, or itself; None, with a problem, if there is none."""
        start = node
        for _ in range(LONGEST_CHAIN):
            if not isinstance(node.data, dict) or "$ref" not in node.data:
                return node
            reference = node.get("$ref")
            target = self._target(reference)
            if target is None:
                return None
            node = target
        reference = start.get("$ref")
        message = f"`{reference.data}` leads back to itself"
        self.warn("O004", reference, message, "replace one `$ref` with a definition")
        return None

    def _target(self, reference: Node) -> Node | None:
        """The node that a `$ref` names, or None with a problem."""
        if not isinstance(reference.data, str):
            hint = "write it like `#/components/schemas/order`"
            self.warn("O003", reference, "`$ref` is not a string", hint)
            return None
        file, _, pointer = reference.data.partition("#")
        try:
            document = self._document(reference.document, file)
        except LookupError as error:
            code = "O005" if _is_remote(file) else "O003"
            self.warn(code, reference, *error.args)
            return None
        return self._pointed(document, pointer, reference)

    def _pointed(self, document: Document, pointer: str, reference: Node) -> Node | None:
        """The node at a JSON Pointer, or None with a problem. Source: RFC 6901."""
        node = Node(document, (), document.data)
        for step in pointer.split("/")[1:]:
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(node.data, list) and key.isdecimal() and int(key) < len(node.data):
                node = Node(document, (*node.path, int(key)), node.data[int(key)])
            elif isinstance(node.data, dict) and key in node.data:
                node = node.get(key)
            else:
                message = f"`{reference.data}` can't be resolved: there is no `{key}`"
                self.warn("O003", reference, message, "correct it, or add the part that it names")
                return None
        return node

    def _document(self, here: Document, file: str) -> Document:
        """The document that a reference names; raises LookupError with a message and a hint."""
        if not file:
            return here
        if _is_remote(file):
            raise LookupError(f"`{file}` is remote, and only local files are read", _BESIDE)
        folder = posixpath.dirname(self._names[id(here)])
        name = posixpath.normpath(posixpath.join(folder, unquote(file)))
        if name.startswith(("../", "/")) or name == ".." or "\\" in name:
            raise LookupError(f"`{file}` is outside the document's folder", _BESIDE)
        if name not in self._opened:
            document = self.open(name)
            self._opened[name] = document
            self._names[id(document)] = name
        return self._opened[name]

    def _add(  # noqa: PLR0913 - a problem has as many parts
        self, code: str, node: Node, message: str, hint: str, severity: Severity, *, at_key: bool
    ) -> None:
        """Add a problem, unless it was added before."""
        document = node.document
        position: Position = document.key(node.path) if at_key else document.value(node.path)
        problem = Problem(code, message, hint, position, severity)
        if problem not in self._unique:
            self._unique.add(problem)
            self._problems.setdefault(id(document), []).append(problem)


def _is_remote(reference: str) -> bool:
    """Whether a reference leads to another host; a malformed URL does."""
    parts = split_url(reference)
    return parts is None or bool(parts.scheme or parts.netloc)
