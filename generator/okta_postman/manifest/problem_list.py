"""Collects the problems of one document, each at the place of what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from okta_postman.documents.data import Path
from okta_postman.documents.document import Document
from okta_postman.problems import InvalidSource, Position, Problem, Severity


@dataclass
class Problems:
    """The problems found so far, and where each path of the document stands."""

    document: Document
    problems: list[Problem]
    _told: set[Problem] = field(default_factory=set)
    _credentials: list[Position] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._told.update(self.problems)
        self._credentials += [each.position for each in self.problems if each.code == "R026"]

    def add(self, code: str, path: Path, message: str, hint: str) -> None:
        """An error at a value."""
        self._append(code, message, hint, self.document.value(path), "error")

    def add_at_key(self, code: str, path: Path, message: str, hint: str) -> None:
        """An error at the key of a value."""
        self._append(code, message, hint, self.document.key(path), "error")

    def warn(self, code: str, path: Path, message: str, hint: str) -> None:
        """A warning at a value."""
        self._append(code, message, hint, self.document.value(path), "warning")

    def warn_at_key(self, code: str, path: Path, message: str, hint: str) -> None:
        """A warning at the key of a value."""
        self._append(code, message, hint, self.document.key(path), "warning")

    def line(self, path: Path) -> int:
        """The line of a value's key, for sentences that name a second place."""
        return self.document.key(path).line

    def holds_credential(self, path: Path) -> bool:
        """Whether a credential was found in the line of a value."""
        line = self.document.value(path).line
        return any(each.line == line for each in self._credentials)

    def raise_if_refused(self) -> None:
        """Raise InvalidSource if there is an error among the problems."""
        if any(problem.severity == "error" for problem in self.problems):
            raise InvalidSource(self.problems)

    def _append(
        self, code: str, message: str, hint: str, position: Position, severity: Severity
    ) -> None:
        problem = Problem(code, message, hint, position, severity)
        if problem not in self._told and not self._is_credential(position):
            self._told.add(problem)
            self.problems.append(problem)
            if code == "R026":
                self._credentials.append(position)

    def _is_credential(self, position: Position) -> bool:
        """Whether a credential stands at a position: then that is what is wrong there."""
        return any(
            each.line == position.line
            and position.column <= each.column < position.column + position.width
            for each in self._credentials
        )
