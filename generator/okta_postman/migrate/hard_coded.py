"""Marks of hard-coded credentials in data: found by their look, and cut out."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Container
from typing import Final, NamedTuple

from okta_postman.documents.data import Data, Path, edited
from okta_postman.okta.credentials import find_credentials, unescaped
from okta_postman.postman.existing.shapes import part, scalar

CREDENTIAL: Final = "a credential"
"""What is known for a credential, but does not look like one."""

# What cannot be a word, a placeholder, a host, nor an ID of Okta, which has twenty characters.
_UNMISTAKABLE: Final = re.compile(
    r"(?<![\w.-])(?!0[a-z0-9]{2}[A-Za-z0-9]{17}(?![\w-]))(?=[\w-]*\d)(?=[\w-]*[A-Za-z])"
    r"(?!(?i:[\w-]*(?:your|example|placeholder|changeme|xxx)))[\w-]{20,}(?![\w.-])",
    re.ASCII,
)


_END: Final = 10
_LONG_WORD: Final = re.compile(rf"[\w-]{{{_END},}}", re.ASCII)


class Mark(NamedTuple):
    """A span of the string or number at a path, or of its key."""

    path: Path
    start: int
    end: int
    in_key: bool = False


def text_at(data: Data, mark: Mark) -> str:
    """What a mark of a value stands for."""
    return scalar(part(data, *mark.path))[mark.start : mark.end]


def is_unmistakable(text: str) -> bool:
    """Whether a credential can be nothing else, so that it is one wherever it is."""
    return bool(_UNMISTAKABLE.fullmatch(text))


def by_look(data: Data, known: Container[str]) -> Iterator[tuple[Mark, str]]:
    """The marks of what looks like a credential or is `known`, with its kind.

    All strings are searched at once, in one text, each behind its key, which may tell what it is:
    `"key": "value", ` is the text of a part of the data.
    """
    parts = list(_parts(data))
    texts = [f'{label}"{value}", \0\n' for _, label, value in parts]
    starts = [0, *itertools.accumulate(map(len, texts))]
    plain = unescaped("".join(texts))
    kinds = dict.fromkeys(_spans_of(known, plain), CREDENTIAL)
    kinds |= {(found.start, found.end): found.kind for found in find_credentials(plain)}
    for (first, last), kind in kinds.items():
        number = bisect_right(starts, first) - 1
        path, label, value = parts[number]
        in_key = first < starts[number] + len(label)
        if in_key:
            begin, length = starts[number] + len('"'), len(label) - len('"": ')
        else:
            begin, length = starts[number] + len(label) + len('"'), len(value)
        yield Mark(path, first - begin, min(last - begin, length), in_key), kind


def _spans_of(known: Container[str], text: str) -> Iterator[tuple[int, int]]:
    """Where known credentials are in a text: also in a longer word, and with blanks inside.

    A blank leaves one end whole, so both ends are looked for in each word.
    """
    heads = _lengths((credential[:_END], len(credential)) for credential in known)
    tails = _lengths((credential[-_END:], len(credential)) for credential in known)
    for word in _LONG_WORD.finditer(text) if known else ():
        if word[0] in known:
            yield word.span()
            continue
        for at in range(word.start(), word.end() - _END + 1):
            end = text[at : at + _END]
            for length in heads.get(end, ()):
                letters, last = _letters(text, at, length, 1)
                if letters in known:
                    yield at, last
            for length in tails.get(end, ()):
                letters, first = _letters(text, at + _END - 1, length, -1)
                if letters[::-1] in known:
                    yield first + 1, at + _END


def _lengths(ends: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    """The lengths of the credentials that have an end."""
    lengths: dict[str, set[int]] = {}
    for end, length in ends:
        lengths.setdefault(end, set()).add(length)
    return lengths


def _letters(text: str, at: int, count: int, step: int) -> tuple[str, int]:
    """So many characters that are no blanks, from there on or back, and where they end."""
    letters: list[str] = []
    while len(letters) < count and 0 <= at < len(text):
        if not text[at].isspace():
            letters.append(text[at])
        at += step
    return "".join(letters), at


def _parts(data: Data) -> Iterator[tuple[Path, str, str]]:
    """Every part of data: its path, its key as a label, and its value if that is a scalar."""
    waiting: list[tuple[Path, Data]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += (((*path, key), inner) for key, inner in value.items())
        elif isinstance(value, list):
            waiting += (((*path, index), inner) for index, inner in enumerate(value))
        label = f'"{path[-1]}": ' if path and isinstance(path[-1], str) else ""
        yield path, label, scalar(value)


def apart(marks: Iterable[Mark]) -> dict[Path, list[Mark]]:
    """By their paths, in order, the marks that do not overlap an earlier or a longer one."""
    by_path: dict[Path, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        listed = by_path.setdefault(mark.path, [])
        if mark.end > mark.start and (not listed or mark.start >= listed[-1].end):
            listed.append(mark)
    return by_path


def overlaps(mark: Mark, gone: Mapping[Path, list[Mark]]) -> bool:
    """Whether a mark overlaps one of those that are `apart`."""
    listed = [] if mark.in_key else gone.get(mark.path, [])
    after = bisect_left(listed, mark.end, key=lambda other: other.start)
    return after > 0 and listed[after - 1].end > mark.start


def without(data: Data, gone: Mapping[Path, Sequence[Mark]]) -> Data:
    """A copy of data without what is at some marks, which do not overlap."""
    return edited(data, {path: _cut(marks) for path, marks in gone.items()})


def _cut(marks: Sequence[Mark]) -> Callable[[Data], str]:
    def edit(value: Data) -> str:
        text = scalar(value)
        kept = []
        done = 0
        for mark in marks:
            kept.append(text[done : mark.start])
            done = mark.end
        return "".join([*kept, text[done:]])

    return edit
