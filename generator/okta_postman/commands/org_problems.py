"""Puts what an org says about a manifest at the lines that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from okta_postman.documents.document import Document
from okta_postman.manifest.model import Environment
from okta_postman.manifest.places import key_place, scopes_place
from okta_postman.okta.credentials import masked
from okta_postman.org.problem import OrgProblem
from okta_postman.problems import Problem


class EnvironmentProblem(NamedTuple):
    """Something that an org said, and the environment whose org said it."""

    environment: Environment
    problem: OrgProblem


def located(document: Document, problems: Iterable[EnvironmentProblem]) -> list[Problem]:
    """The problems at their lines: those of the scopes, or of the key, that they are about."""
    return [
        Problem(
            problem.code,
            masked(problem.message),
            problem.hint,
            scopes_place(document, problem.scopes)
            if problem.scopes
            else key_place(document, environment.name, problem.key),
            problem.severity,
        )
        for environment, problem in problems
    ]
