"""Which of Postman's formats a file is in: collection v2.1.0, v2.0.0, v1, or an environment."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from generator.document.decode import decode, refuse_other_encodings
from generator.migrate.edits import Editor, editor
from generator.migrate.tree import Node, child, elements, plain, read, text
from generator.migrate.v1 import converted, is_v1
from generator.problems import Position, Problem, Refused, Source

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a collection; Postman itself fails on less."""

_BOM: Final = "\ufeff"
_VERSION: Final = re.compile(r"/v(\d+\.\d+)\.\d+/")


class File(NamedTuple):
    """A file that was read: as its user sees it, and as it is edited.

    `root` is the collection or environment, which an API wraps in another object. What was in
    format v1 has been rewritten, and `source` is still what the user has.
    """

    source: Source
    data: bytes
    kind: Literal["collection", "environment"]
    root: Node
    editor: Editor
    rewritten: bool = False
    problems: tuple[Problem, ...] = ()

    def position(self, node: Node) -> Position:
        """The place of a part; a file that was rewritten has none but its beginning."""
        if self.rewritten:
            return Position(1, 1)
        return self.source.position(node.start, node.end)

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
    root, problems = read(source)
    inner = child(root, "collection") or child(root, "environment") or root
    if isinstance(inner.value, dict) and is_v1(shallow := plain(inner)):
        return _rewritten(source, data, converted(shallow))
    kind: Literal["collection", "environment"] = "collection"
    if _is_list(child(inner, "values")) and child(inner, "item") is None:
        kind = "environment"
    else:
        _check_collection(source, inner)
    return File(source, data, kind, inner, editor(source.text, root), problems=problems)


def _rewritten(source: Source, data: bytes, made: dict[str, object]) -> File:
    found = re.search(r"\n([ \t]+)\S", source.text)
    text_made = json.dumps(made, ensure_ascii=False, indent=found[1] if found else 2) + "\n"
    anew = Source(source.name, text_made)
    root = read(anew).root
    _check_ids(source, root, rewritten=True)
    return File(source, data, "collection", root, editor(text_made, root), rewritten=True)


def _check_collection(source: Source, root: Node) -> None:
    schema = child(root, "info", "schema")
    version = _VERSION.search(text(schema))
    if version and version[1] not in ("2.1", "2.0"):
        message = f"collections of format v{version[1]} cannot be migrated"
        hint = "export it from Postman as Collection v2.1"
        place = source.position(schema.start, schema.end) if schema else Position(1, 1)
        raise Refused([Problem("P011", message, hint, place)])
    if not _is_list(child(root, "item")):
        message = "this is neither a Postman collection nor an environment"
        hint = "give what Postman exports: a collection has `info` and `item`"
        raise Refused([Problem("P011", message, hint, source.position(root.start))])
    _check_ids(source, root, rewritten=False)


def _check_ids(source: Source, root: Node, *, rewritten: bool) -> None:
    """Refuse a collection in which two items have one id: Postman would keep only one of them."""
    ids = [each for each in _ids(root) if text(each)]
    times = Counter(map(text, ids))
    seen: set[str] = set()
    problems = []
    for each in ids:
        if times[text(each)] > 1 and text(each) in seen:
            message = f"the id `{text(each)}` stands on two items"
            hint = "give one of them another, or delete it: Postman makes a new one"
            place = Position(1, 1) if rewritten else source.position(each.start, each.end)
            problems.append(Problem("P015", message, hint, place))
        seen.add(text(each))
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
