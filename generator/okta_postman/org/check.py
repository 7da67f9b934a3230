"""One check of an org: a statement, and whether it holds, does not hold, or is not known."""

from __future__ import annotations

from typing import Literal, NamedTuple

from okta_postman.org.problem import OrgProblem

Verdict = Literal["yes", "no", "unknown"]


class Check(NamedTuple):
    """A statement, whether it holds, and the problems; `unknown` if no response proves it."""

    verdict: Verdict
    statement: str
    problems: tuple[OrgProblem, ...] = ()


def yes(statement: str) -> Check:
    """It holds: a response proves it."""
    return Check("yes", statement)


def no(statement: str, *problems: OrgProblem) -> Check:
    """It does not hold, for these reasons."""
    return Check("no", statement, problems)


def unknown(statement: str, *problems: OrgProblem) -> Check:
    """No response proves that it holds, or that it does not."""
    return Check("unknown", statement, problems)
