"""How the problems of a document are collected."""

from __future__ import annotations

import pytest

from okta_postman.documents.document import load
from okta_postman.manifest.problem_list import CREDENTIAL, Problems
from okta_postman.problems import InvalidSource, Position, Problem, Source

DOCUMENT = load(Source("test.yaml", "a: 1\nb: {c: two, d: three}\n"))


def credential(line: int, column: int) -> Problem:
    return Problem(CREDENTIAL, "the file contains a JWT", "delete it", Position(line, column, 3))


def test_each_problem_is_kept_once_at_its_value_or_key() -> None:
    problems = Problems(DOCUMENT)
    for _ in range(2):
        problems.error("R001", ("b", "c"), "message", "hint")
        problems.warning_at_key("R001", ("b", "c"), "message", "hint")
    assert [(each.position, each.severity) for each in problems.problems] == [
        (Position(2, 8, 3), "error"),
        (Position(2, 5, 1), "warning"),
    ]


def test_nothing_else_is_wrong_where_a_credential_is() -> None:
    problems = Problems(DOCUMENT, [credential(2, 9), credential(2, 3)])
    problems.error("R001", ("b", "c"), "message", "hint")
    problems.error("R001", ("b", "d"), "message", "hint")
    assert [each.code for each in problems.problems] == [CREDENTIAL, CREDENTIAL, "R001"]
    assert problems.has_credential(("b", "d"))
    assert not problems.has_credential(("a",))


def test_only_errors_make_a_document_invalid() -> None:
    problems = Problems(DOCUMENT)
    problems.warning("R012", ("a",), "message", "hint")
    problems.raise_if_invalid()
    problems.error("R001", ("b",), "message", "hint")
    with pytest.raises(InvalidSource) as invalid:
        problems.raise_if_invalid()
    assert [each.code for each in invalid.value.problems] == ["R012", "R001"]
