"""A JSON text in which no key stands twice in one object: nobody reads the first of two."""

from __future__ import annotations

from typing import NamedTuple

from generator.migrate.edits import Edit, applied, editor
from generator.migrate.tree import Node, Tree, leaves, read, text, unread
from generator.problems import Position, Source

Span = tuple[int, int]


class Once(NamedTuple):
    """A text, its root, what was cut to make it so, and the texts that only stood there."""

    source: Source
    text: str
    root: Node
    cuts: tuple[Edit, ...] = ()
    hidden: frozenset[str] = frozenset()

    def position(self, start: int, end: int | None = None) -> Position:
        """The place, in what the user has, of a span of the text."""
        return self.source.position(*self.in_source(start, start + 1 if end is None else end))

    def in_source(self, start: int, end: int) -> Span:
        """A span of the text in what the user has."""
        for cut in self.cuts:
            if cut.start <= start:
                start += cut.end - cut.start
            if cut.start < end:
                end += cut.end - cut.start
        return start, end


def once(source: Source, tree: Tree) -> Once:
    """A text without the members whose key stands again below."""
    if not tree.repeated:
        return Once(source, source.text, tree.root)
    edit = editor(source.text, tree.root)
    old = [(each, unread(each)) for each in tree.repeated]
    cuts = [cut for node, gone in old for cut in edit.changed(node, {each.start for each in gone})]
    outer = sorted(cut for cut in cuts if not any(_is_within(cut, each) for each in cuts))
    made = applied(source.text, outer)
    said = {text(leaf) for _, gone in old for each in gone for leaf in leaves(each)}
    hidden = frozenset(each for each in said if each and each not in made)
    return Once(source, made, read(Source(source.name, made)).root, tuple(outer), hidden)


def _is_within(cut: Edit, other: Edit) -> bool:
    return cut != other and other.start <= cut.start and cut.end <= other.end
