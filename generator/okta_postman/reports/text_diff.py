"""A unified diff of two texts, in a time that grows with their length and not with its square.

Lines that both texts have exactly once are anchors; the lines between two anchors are compared by
`difflib`, which alone would take minutes for a collection of a few hundred requests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_CONTEXT: Final = 3
"""Unchanged lines that are shown around a change."""

_MOST_PAIRS: Final = 4_000_000
"""Pairs of lines that `difflib` compares; where there are more, all of the lines are replaced."""


class _Change(NamedTuple):
    """The lines of the old text that are replaced, and the lines of the new text in their place."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified_diff(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[str]:
    """The lines of a unified diff between two texts with these names; none if they are equal."""
    hunks: list[list[_Change]] = []
    for change in _changes(before, after):
        if not hunks or change.old_start - hunks[-1][-1].old_end > 2 * _CONTEXT:
            hunks.append([])
        hunks[-1].append(change)
    yield from [f"--- {old}\n", f"+++ {new}\n"] if hunks else []
    for hunk in hunks:
        yield from _hunk(before, after, hunk)


def _hunk(before: Sequence[str], after: Sequence[str], changes: list[_Change]) -> Iterator[str]:
    """The lines of a hunk: its changes, and the unchanged lines around them."""
    first, last = changes[0], changes[-1]
    old_start = max(0, first.old_start - _CONTEXT)
    old_end = min(len(before), last.old_end + _CONTEXT)
    new_start = first.new_start - (first.old_start - old_start)
    new_end = last.new_end + (old_end - last.old_end)
    yield f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@\n"
    shown = old_start
    for change in changes:
        yield from (f" {line}" for line in before[shown : change.old_start])
        yield from (f"-{line}" for line in before[change.old_start : change.old_end])
        yield from (f"+{line}" for line in after[change.new_start : change.new_end])
        shown = change.old_end
    yield from (f" {line}" for line in before[shown:old_end])


def _range(start: int, end: int) -> str:
    """A range of lines as a unified diff has it: from 1, or from the line above an empty range."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + bool(count)},{count}"


def _changes(
    before: Sequence[str], after: Sequence[str], old_start: int = 0, new_start: int = 0
) -> Iterator[_Change]:
    """The changes between parts of two texts, which begin at these lines of the whole texts."""
    old_end, new_end = len(before), len(after)
    shorter = min(old_end, new_end)
    same = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    while min(old_end, new_end) > same and before[old_end - 1] == after[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    before, after = before[same:old_end], after[same:new_end]
    old_start, new_start = old_start + same, new_start + same
    if not before and not after:
        return
    anchors = _anchors(before, after)
    if not before or not after or (not anchors and len(before) * len(after) > _MOST_PAIRS):
        yield _Change(old_start, old_start + len(before), new_start, new_start + len(after))
    elif anchors:
        old_done = new_done = 0
        for old_anchor, new_anchor in [*anchors, (len(before), len(after))]:
            yield from _changes(
                before[old_done:old_anchor],
                after[new_done:new_anchor],
                old_start + old_done,
                new_start + new_done,
            )
            old_done, new_done = old_anchor + 1, new_anchor + 1
    else:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for kind, *(first, last, new_first, new_last) in matcher.get_opcodes():
            if kind != "equal":
                yield _Change(
                    old_start + first, old_start + last, new_start + new_first, new_start + new_last
                )


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The indexes of anchors in both texts, as many as are in the same order in both."""
    old_counts, new_counts = Counter(before), Counter(after)
    new_indexes = {line: index for index, line in enumerate(after) if new_counts[line] == 1}
    pairs = [
        (index, new_indexes[line])
        for index, line in enumerate(before)
        if old_counts[line] == 1 and line in new_indexes
    ]
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs in which the second number rises, as the first does.

    Source: patience sorting, en.wikipedia.org/wiki/Longest_increasing_subsequence.
    """
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, (_, number) in enumerate(pairs):
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        ends[pile : pile + 1] = [index]
        previous.append(ends[pile - 1] if pile else None)
    rising = []
    step = ends[-1] if ends else None
    while step is not None:
        rising.append(pairs[step])
        step = previous[step]
    return rising[::-1]
