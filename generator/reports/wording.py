"""Numbers in sentences."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """`1 request`, `2 requests`."""
    return f"{number} {word}{'s' * (number != 1)}"
