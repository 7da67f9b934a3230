"""One question put to an org, and its answer: yes, no, or not known."""

from __future__ import annotations

from typing import Literal, NamedTuple

from okta_postman.org.finding import Finding

Verdict = Literal["yes", "no", "unknown"]


class Check(NamedTuple):
    """A statement, whether it holds, and what was found; what nothing proves is unknown."""

    verdict: Verdict
    statement: str
    findings: tuple[Finding, ...] = ()


def yes(statement: str) -> Check:
    """It holds: an answer proves it."""
    return Check("yes", statement)


def no(statement: str, *findings: Finding) -> Check:
    """It does not hold, for these reasons."""
    return Check("no", statement, findings)


def unknown(statement: str, *findings: Finding) -> Check:
    """No answer proves it, and none proves the contrary."""
    return Check("unknown", statement, findings)
