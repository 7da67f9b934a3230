"""Collect the problems of one document, each at the place of what it is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.documents.document import Document
from okta_postman.problems import LONGEST_KEPT, InvalidSource, Position, Problem, cut
from okta_postman.wording import nearest

CREDENTIAL: Final = "R026"
"""The code of a hard-coded credential: nothing else is wrong where one is."""


_MOST_GUESSES: Final = 100
"""Words of one document for which the nearest is looked up: it takes time, and few are read."""


class Problems:
    """The problems of a document so far, each of them once.

    A problem at the place of a credential is dropped: the credential is what is wrong there.
    """

    def __init__(self, document: Document, credentials: Iterable[Problem] = ()) -> None:
        self.document = document
        self._problems: dict[Problem, None] = {}
        self._credentials: dict[int, list[int]] = {}
        self._guesses = 0
        for problem in sorted(credentials, key=lambda problem: problem.position):
            self._add(problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order in which they were added."""
        return tuple(self._problems)

    def error(self, code: str, path: Path, message: str, hint: str) -> None:
        """Add an error at a value."""
        self._add(Problem(code, message, hint, self.document.value(path)))

    def error_at_key(self, code: str, path: Path, message: str, hint: str) -> None:
        """Add an error at the key of a value."""
        self._add(Problem(code, message, hint, self.document.key(path)))

    def warning(self, code: str, path: Path, message: str, hint: str) -> None:
        """Add a warning at a value."""
        self._add(Problem(code, message, hint, self.document.value(path), "warning"))

    def warning_at_key(self, code: str, path: Path, message: str, hint: str) -> None:
        """Add a warning at the key of a value."""
        self._add(Problem(code, message, hint, self.document.key(path), "warning"))

    def nearest(self, word: str, words: Collection[str], cutoff: float = 0.7) -> str | None:
        """The word that was most likely meant, or None; looked up for the first hundred only."""
        self._guesses += 1
        return nearest(word, words, cutoff) if self._guesses <= _MOST_GUESSES else None

    def line(self, path: Path) -> int:
        """The line of a value's key, for messages that name a second place."""
        return self.document.key(path).line

    def has_credential(self, path: Path) -> bool:
        """Whether there is a credential in the lines of a value and its key."""
        lines = range(self.document.key(path).line, self.document.last_line(path) + 1)
        return not self._credentials.keys().isdisjoint(lines)

    def raise_if_invalid(self) -> None:
        """Raise InvalidSource if one of the problems is an error."""
        if any(problem.severity == "error" for problem in self._problems):
            raise InvalidSource(self._problems)

    def _add(self, problem: Problem) -> None:
        if problem.code == CREDENTIAL:
            columns = self._credentials.setdefault(problem.position.line, [])
            columns.append(problem.position.column)
        elif self._is_at_credential(problem.position):
            return
        message, hint = cut(problem.message, LONGEST_KEPT), cut(problem.hint, LONGEST_KEPT)
        self._problems[problem._replace(message=message, hint=hint)] = None

    def _is_at_credential(self, position: Position) -> bool:
        columns = self._credentials.get(position.line, [])
        following = bisect_left(columns, position.column)
        return following < len(columns) and columns[following] < position.column + position.width
