"""Which of Postman's formats a file is in: collection v2.1.0, v2.0.0, v1, or an environment."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.migrate.cuts import Cuts, Span, unread_members, without
from okta_postman.migrate.edits import Editor, editor, spelled
from okta_postman.migrate.literals import is_telling
from okta_postman.migrate.requests import items_of, requests_of
from okta_postman.migrate.tree import Node, child, elements, leaves, plain, read, text
from okta_postman.migrate.v1 import converted
from okta_postman.migrate.v1_keys import uncarried
from okta_postman.problems import InternalError, InvalidSource, Position, Problem, Source

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a collection; Postman itself fails on less."""

_DEEPEST: Final = 60
"""Folders of format v1; each takes two levels of what is written, and no team has as many."""

_BOM: Final = "\ufeff"
_MISTAKEN: Final = {
    "openapi": "`okta-postman import openapi` makes a description of an OpenAPI document",
    "scopes": "a description goes after --manifest; give the collections that are to change",
}
_VERSION: Final = re.compile(r"/v(\d+\.\d+)\.\d+/")


class File(NamedTuple):
    """A file that was read: as its user sees it, and as it is edited.

    `root` is the collection or environment, which an API wraps in another object. What was cut out
    before editing, the last cuts first, is in `layers`, and texts that only stood there are
    `hidden`. What was in format v1 has been written anew: it has no layers.
    """

    source: Source
    data: bytes
    kind: Literal["collection", "environment"]
    root: Node
    editor: Editor
    problems: tuple[Problem, ...]
    layers: tuple[Cuts, ...] | None
    hidden: frozenset[str] = frozenset()

    def position(self, node: Node) -> Position:
        """The place of a part; a file that was written anew has none but its beginning."""
        if self.layers is None:
            return Position(1, 1)
        return self.source.position(*self.in_source(node.start, node.end))

    def in_source(self, start: int, end: int) -> Span:
        """Where a span of what is edited stands in what the user has."""
        for cuts in self.layers or ():
            start, end = cuts.before(start, end)
        return start, end

    def without(self, spans: Iterable[Span]) -> File:
        """The same file without some spans of what is edited, each in one of its texts."""
        left, cuts = without(self.editor.text, spans)
        root = read(Source(self.source.name, left)).root
        layers = None if self.layers is None else (cuts, *self.layers)
        return self._replace(root=_inner(root), editor=editor(left, root), layers=layers)

    def encoded(self, edited: str) -> bytes:
        """An edited text as bytes, with the byte order mark that was there."""
        mark = _BOM if self.data.startswith(_BOM.encode()) else ""
        return f"{mark}{edited}".encode()


def open_file(name: str, data: bytes) -> File:
    """A collection or environment.

    Raises InvalidSource if the bytes are neither, with the place and what to do.
    """
    source = decode(name, data)
    refuse_other_encodings(source, data)
    tree = read(source)
    root, edit = _inner(tree.root), editor(source.text, tree.root)
    file = File(source, data, "collection", root, edit, tree.problems, ())
    if tree.repeated:
        spans, said = unread_members(source, tree)
        file = file.without(spans)
        file = file._replace(hidden=frozenset(each for each in said if _only(each, file)))
    if child(file.root, "info") is None and _is_list(child(file.root, "requests")):
        return _rewritten(file)
    if _is_list(child(file.root, "values")) and child(file.root, "item") is None:
        return file._replace(kind="environment")
    _check_collection(file)
    return file


def _only(said: str, file: File) -> bool:
    """Whether a text that was cut out is what a secret is like, and stands nowhere else."""
    return is_telling(said) and said not in file.editor.text


def _inner(root: Node) -> Node:
    """The collection or environment in what an API answers, which wraps it in another object."""
    if any(_is_list(child(root, key)) for key in ("item", "values", "requests")):
        return root
    return child(root, "collection") or child(root, "environment") or root


def _rewritten(old: File) -> File:
    """A file of format v1 as v2.1.0. Raises InvalidSource if something would be lost."""
    listed = [each for key in ("folders", "requests") for each in elements(child(old.root, key))]
    _refuse_other_than_objects(old, listed)
    _refuse_twice(old, (own for each in listed if (own := child(each, "id"))))
    _refuse_endless(old)
    _refuse_deep(old, elements(child(old.root, "folders")))
    found = re.search(r"\n([ \t]+)\S", old.editor.text)
    text_made = spelled(converted(plain(old.root)), indent=found[1] if found else 2)
    name = old.source.name
    anew = Source(name, f"{text_made}\n")
    root = read(anew).root
    if len([*requests_of(root)]) != len(elements(child(old.root, "requests"))):
        raise InternalError(f"{name}: requests are lost on the way from format v1")
    told = (*old.problems, *uncarried(old.position, old.root))
    return old._replace(root=root, editor=editor(anew.text, root), problems=told, layers=None)


def _refuse_deep(file: File, folders: list[Node]) -> None:
    """Refuse folders that stand inside one another too often for what is written."""
    inner = {text(child(each, "id")): child(each, "folders_order") for each in folders}
    outside = {text(one): outer for outer, listed in inner.items() for one in elements(listed)}
    for each in folders:
        path = [text(child(each, "id"))]
        while path[-1] in outside and outside[path[-1]] not in path and len(path) <= _DEEPEST:
            path.append(outside[path[-1]])
        if len(path) > _DEEPEST:
            message = f"more than {_DEEPEST} folders stand inside one another"
            hint = "no collection needs that many; look at what made the file"
            raise InvalidSource([Problem("P013", message, hint, file.position(each))])


def _refuse_other_than_objects(file: File, listed: list[Node]) -> None:
    hint = "delete it, or export the collection again"
    problems = [
        Problem("P011", "this is neither a folder nor a request", hint, file.position(each))
        for each in listed
        if not isinstance(each.value, dict)
    ]
    if problems:
        raise InvalidSource(problems)


def _refuse_endless(file: File) -> None:
    """Refuse numbers that would have to be written anew, and cannot be."""
    hint = "write it as a text, or export the collection from Postman as Collection v2.1"
    problems = [
        Problem("P010", "this number is too large", hint, file.position(each))
        for each in leaves(file.root)
        if isinstance(each.value, float) and math.isinf(each.value)
    ]
    if problems:
        raise InvalidSource(problems)


def _check_collection(file: File) -> None:
    root = file.root
    schema = child(root, "info", "schema")
    version = _VERSION.search(text(schema))
    if version and version[1] not in ("2.1", "2.0"):
        message = f"collections of format v{version[1]} cannot be migrated"
        hint = "export it from Postman as Collection v2.1"
        place = file.position(schema) if schema else Position(1, 1)
        raise InvalidSource([Problem("P011", message, hint, place)])
    if not _is_list(child(root, "item")):
        message = "this is neither a Postman collection nor an environment"
        hint = next(
            (hint for key, hint in _MISTAKEN.items() if child(root, key)),
            "give what Postman exports: a collection has `info` and `item`",
        )
        raise InvalidSource([Problem("P011", message, hint, file.position(root))])
    _refuse_twice(file, (own for each in items_of(root) if (own := child(each, "id"))))


def _refuse_twice(file: File, found: Iterable[Node]) -> None:
    """Refuse a collection in which two items have one id: Postman would keep only one of them."""
    seen: set[str] = set()
    problems = []
    for each in found:
        own = str(each.value) if each.value not in (None, "") else ""
        if own and own in seen:
            message = f"the id `{own}` stands on two items"
            hint = "give one of them another, or delete it: Postman makes a new one"
            place = file.position(each)
            problems.append(Problem("P015", message, hint, place))
        seen.add(own)
    if problems:
        raise InvalidSource(problems)


def _is_list(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, list)
