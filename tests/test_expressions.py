"""Every regular expression of the program takes time in proportion to its text."""

from __future__ import annotations

import re
import time

import pytest

from tests.support.expressions import Expression, expressions, is_ambiguous, pumped

LENGTH = 16_000
LONGEST = 0.02
"""Seconds of processor time; a linear expression needs a hundredth, a quadratic one ten of them."""

EXPRESSIONS = expressions()


def test_the_expressions_of_the_program_are_found() -> None:
    found = {expression.where.rpartition(".")[2] for expression in EXPRESSIONS}
    assert len(EXPRESSIONS) > 100
    assert {"REFERENCE", "PARAMETER", "_KINDS", "_MISTAKES", "_UNFIT"} <= found


@pytest.mark.parametrize(
    "pattern", [r"(?:[a-z]|bc)*$", r"(?:a+)+$", r"(?:a*)*", r"(?:a|\{\{[^{}]*\}\}|[\x20-\x7e])*"]
)
def test_a_loop_with_two_ways_through_it_is_found(pattern: str) -> None:
    assert is_ambiguous(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern", [r"(?:[\w-]+\.)*[\w-]+", r"(?:a|b)*", r"a+b", r"(?:a++)+", r"(?:[ab]|\{x\})*"]
)
def test_a_loop_with_one_way_through_it_is_not(pattern: str) -> None:
    assert not is_ambiguous(re.compile(pattern))


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda expression: expression.where)
def test_an_expression_is_linear(expression: Expression) -> None:
    assert not is_ambiguous(expression.pattern), f"two ways through {expression.pattern.pattern}"
    for text in pumped(expression.pattern, LENGTH):
        if timed(expression, text) > LONGEST:  # once may be the machine
            seconds = min(timed(expression, text) for _ in range(3))
            shown = f"{text[:30]!r}...{text[-10:]!r}"
            assert seconds < LONGEST, f"{seconds:.2f} s for {shown}: {expression.pattern.pattern}"


def timed(expression: Expression, text: str) -> float:
    begun = time.process_time()
    if expression.methods <= {"match", "fullmatch"}:
        expression.pattern.match(text)
        expression.pattern.fullmatch(text)
    else:
        expression.pattern.sub("", text)
    return time.process_time() - begun
