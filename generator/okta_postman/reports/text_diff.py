"""A unified diff of two texts, in a time that grows with them and not with their square.

Lines that stand once in both are where the texts are held together; what lies between two of them
is compared by `difflib`, which alone needs minutes for a collection of a few hundred requests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_CONTEXT: Final = 3
"""Lines that are shown around a change."""

_LARGEST: Final = 4_000_000
"""Pairs of lines that are compared; where there are more, all of them are replaced."""


class _Change(NamedTuple):
    """Lines of a text from `start` to `end`, and those from `into` to `until` of the other."""

    start: int
    end: int
    into: int
    until: int


def unified_diff(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[str]:
    """The lines of a unified diff between two texts with these names; none if they are equal."""
    hunks: list[list[_Change]] = []
    for change in _changes(before, after):
        if not hunks or change.start - hunks[-1][-1].end > 2 * _CONTEXT:
            hunks.append([])
        hunks[-1].append(change)
    yield from [f"--- {old}\n", f"+++ {new}\n"] if hunks else []
    for hunk in hunks:
        yield from _hunk(before, after, hunk)


def _hunk(before: Sequence[str], after: Sequence[str], changes: list[_Change]) -> Iterator[str]:
    start = max(0, changes[0].start - _CONTEXT)
    end = min(len(before), changes[-1].end + _CONTEXT)
    into = changes[0].into - (changes[0].start - start)
    until = changes[-1].until + (end - changes[-1].end)
    yield f"@@ -{_range(start, end)} +{_range(into, until)} @@\n"
    done = start
    for change in changes:
        yield from (f" {line}" for line in before[done : change.start])
        yield from (f"-{line}" for line in before[change.start : change.end])
        yield from (f"+{line}" for line in after[change.into : change.until])
        done = change.end
    yield from (f" {line}" for line in before[done:end])


def _range(start: int, end: int) -> str:
    """Lines as a unified diff counts them: from 1, and of none the one before."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + bool(count)},{count}"


def _changes(
    before: Sequence[str], after: Sequence[str], start: int = 0, into: int = 0
) -> Iterator[_Change]:
    """What differs between two texts, which begin at these lines of longer ones."""
    end, until = len(before), len(after)
    same = next((n for n in range(min(end, until)) if before[n] != after[n]), min(end, until))
    while min(end, until) > same and before[end - 1] == after[until - 1]:
        end, until = end - 1, until - 1
    before, after = before[same:end], after[same:until]
    start, into = start + same, into + same
    if not before and not after:
        return
    anchors = _anchors(before, after)
    if not before or not after or (not anchors and len(before) * len(after) > _LARGEST):
        yield _Change(start, start + len(before), into, into + len(after))
    elif anchors:
        done, reached = 0, 0
        for line, other in [*anchors, (len(before), len(after))]:
            inside, beside = before[done:line], after[reached:other]
            yield from _changes(inside, beside, start + done, into + reached)
            done, reached = line + 1, other + 1
    else:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for kind, first, last, begun, ended in matcher.get_opcodes():
            if kind != "equal":
                yield _Change(start + first, start + last, into + begun, into + ended)


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that stand once in each text, and in the same order in both, as many as there are."""
    once, other = Counter(before), Counter(after)
    places = {line: number for number, line in enumerate(after) if other[line] == 1}
    alone = ((number, line) for number, line in enumerate(before) if once[line] == 1)
    return _rising([(number, places[line]) for number, line in alone if line in places])


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs in which the second number rises, as the first does."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
        ends[at : at + 1] = [number]
        before.append(ends[at - 1] if at else None)
    found = []
    step = ends[-1] if ends else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]
