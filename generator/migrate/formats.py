"""Which of Postman's formats a file is in: collection v2.1.0, v2.0.0, v1, or an environment."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from generator.document.decode import decode, refuse_other_encodings
from generator.migrate.edits import Editor, editor, spelled
from generator.migrate.once import Once, once
from generator.migrate.requests import requests_of
from generator.migrate.tree import Node, child, elements, leaves, plain, read, text
from generator.migrate.v1 import converted
from generator.migrate.v1_keys import uncarried
from generator.problems import Defect, Position, Problem, Refused, Source

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a collection; Postman itself fails on less."""

_DEEPEST: Final = 60
"""Folders of format v1; each takes two levels of what is written, and no team has as many."""

_BOM: Final = "\ufeff"
_MISTAKEN: Final = {
    "openapi": "`okta-postman import openapi` makes a description of an OpenAPI document",
    "scopes": "a description goes after --description; give the collections that are to change",
}
_VERSION: Final = re.compile(r"/v(\d+\.\d+)\.\d+/")


class File(NamedTuple):
    """A file that was read: as its user sees it, and as it is edited.

    `root` is the collection or environment, which an API wraps in another object. What was in
    format v1 has been written anew, and `source` is still what the user has.
    """

    source: Source
    data: bytes
    kind: Literal["collection", "environment"]
    root: Node
    editor: Editor
    problems: tuple[Problem, ...]
    once: Once | None

    def position(self, node: Node) -> Position:
        """The place of a part; a file that was rewritten has none but its beginning."""
        if self.once is None:
            return Position(1, 1)
        return self.source.position(*self.once.in_source(node.start, node.end))

    def encoded(self, edited: str) -> bytes:
        """An edited text as bytes, with the byte order mark that was there."""
        mark = _BOM if self.data.startswith(_BOM.encode()) else ""
        return f"{mark}{edited}".encode()


def open_file(name: str, data: bytes) -> File:
    """A collection or environment.

    Raises Refused if the bytes are neither, with the place and what to do.
    """
    source = decode(name, data)
    refuse_other_encodings(source, data)
    tree = read(source)
    single = once(source, tree)
    inner = _inner(single.root)
    if child(inner, "info") is None and _is_list(child(inner, "requests")):
        return _rewritten(single, data, inner, tree.problems)
    kind: Literal["collection", "environment"] = "collection"
    if _is_list(child(inner, "values")) and child(inner, "item") is None:
        kind = "environment"
    else:
        _check_collection(single, inner)
    edited = editor(single.text, single.root)
    return File(source, data, kind, inner, edited, tree.problems, single)


def _inner(root: Node) -> Node:
    """The collection or environment in what an API answers, which wraps it in another object."""
    if any(_is_list(child(root, key)) for key in ("item", "values", "requests")):
        return root
    return child(root, "collection") or child(root, "environment") or root


def _rewritten(old: Once, data: bytes, inner: Node, problems: tuple[Problem, ...]) -> File:
    """A file of format v1, `inner` being what it holds, as v2.1.0. Raises Refused if that loses."""
    listed = [each for key in ("folders", "requests") for each in elements(child(inner, key))]
    _refuse_other_than_objects(old, listed)
    _refuse_twice(old, (own for each in listed if (own := child(each, "id"))))
    _refuse_endless(old, inner)
    _refuse_deep(old, elements(child(inner, "folders")))
    found = re.search(r"\n([ \t]+)\S", old.text)
    text_made = spelled(converted(plain(inner)), indent=found[1] if found else 2)
    source = old.source
    anew = Source(source.name, f"{text_made}\n")
    root = read(anew).root
    if len([*requests_of(root)]) != len(elements(child(inner, "requests"))):
        raise Defect(f"{source.name}: requests are lost on the way from format v1")
    told = (*problems, *uncarried(old, inner))
    return File(source, data, "collection", root, editor(anew.text, root), told, None)


def _refuse_deep(source: Once, folders: list[Node]) -> None:
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
            raise Refused([Problem("P013", message, hint, source.position(each.start))])


def _refuse_other_than_objects(source: Once, listed: list[Node]) -> None:
    hint = "delete it, or export the collection again"
    problems = [
        Problem("P011", "this is neither a folder nor a request", hint, source.position(each.start))
        for each in listed
        if not isinstance(each.value, dict)
    ]
    if problems:
        raise Refused(problems)


def _refuse_endless(source: Once, old: Node) -> None:
    """Refuse numbers that would have to be written anew, and cannot be."""
    hint = "write it as a text, or export the collection from Postman as Collection v2.1"
    problems = [
        Problem("P010", "this number is too large", hint, source.position(each.start, each.end))
        for each in leaves(old)
        if isinstance(each.value, float) and math.isinf(each.value)
    ]
    if problems:
        raise Refused(problems)


def _check_collection(source: Once, root: Node) -> None:
    schema = child(root, "info", "schema")
    version = _VERSION.search(text(schema))
    if version and version[1] not in ("2.1", "2.0"):
        message = f"collections of format v{version[1]} cannot be migrated"
        hint = "export it from Postman as Collection v2.1"
        place = source.position(schema.start, schema.end) if schema else Position(1, 1)
        raise Refused([Problem("P011", message, hint, place)])
    if not _is_list(child(root, "item")):
        message = "this is neither a Postman collection nor an environment"
        hint = next(
            (hint for key, hint in _MISTAKEN.items() if child(root, key)),
            "give what Postman exports: a collection has `info` and `item`",
        )
        raise Refused([Problem("P011", message, hint, source.position(root.start))])
    _refuse_twice(source, _ids(root))


def _refuse_twice(source: Once, found: Iterable[Node]) -> None:
    """Refuse a collection in which two items have one id: Postman would keep only one of them."""
    seen: set[str] = set()
    problems = []
    for each in found:
        own = str(each.value) if each.value not in (None, "") else ""
        if own and own in seen:
            message = f"the id `{own}` stands on two items"
            hint = "give one of them another, or delete it: Postman makes a new one"
            place = source.position(each.start, each.end)
            problems.append(Problem("P015", message, hint, place))
        seen.add(own)
    if problems:
        raise Refused(problems)


def _is_list(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, list)


def _ids(parent: Node) -> Iterator[Node]:
    for item in elements(child(parent, "item")):
        own = child(item, "id")
        if own is not None:
            yield own
        yield from _ids(item)
