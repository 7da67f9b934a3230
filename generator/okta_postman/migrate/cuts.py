"""Parts of a text that are cut out first; what stands behind them keeps the place it had."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from okta_postman.migrate.edits import Edit, applied, editor
from okta_postman.migrate.tree import Tree, leaves, text, unread
from okta_postman.problems import Source

Span = tuple[int, int]


class Cuts(NamedTuple):
    """Spans that were cut out of a text, in its order; no two of them overlap."""

    spans: tuple[Span, ...]

    def before(self, start: int, end: int) -> Span:
        """Where a span of what is left stood before."""
        for first, last in self.spans:
            if first <= start:
                start += last - first
            if first < end:
                end += last - first
        return start, end


def without(json: str, spans: Iterable[Span]) -> tuple[str, Cuts]:
    """A text without some spans, which must not overlap."""
    cuts = Cuts(tuple(sorted(spans)))
    return applied(json, (Edit(*span, "") for span in cuts.spans)), cuts


def unread_members(source: Source, tree: Tree) -> tuple[list[Span], frozenset[str]]:
    """The members whose key stands again below, so that nobody reads them, and what they say."""
    edit = editor(source.text, tree.root)
    old = [(each, unread(each)) for each in tree.repeated]
    cuts = [cut for node, gone in old for cut in edit.changed(node, {each.start for each in gone})]
    spans = {(each.start, each.end) for each in cuts}
    outer = [span for span in spans if not any(_is_within(span, each) for each in spans)]
    return outer, frozenset(text(leaf) for _, gone in old for each in gone for leaf in leaves(each))


def _is_within(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
