"""Small matters of language that every sentence about a description shares."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

_ENOUGH: Final = 3
"""Letters of a word that is an abbreviation and no accident."""


def nearest(word: str, words: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The word that was most likely meant, or None if none is near."""
    folded = {each.casefold(): each for each in words}
    begun = [each for each in folded if each.startswith(word.casefold())]
    found = begun if len(begun) == 1 and len(word) >= _ENOUGH else []
    found = found or difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row: `a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
