"""Asks an org, before anyone signs in, whether a manifest can work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from okta_postman.commands import lookup
from okta_postman.commands.check import check_file
from okta_postman.commands.org_problems import EnvironmentProblem, located
from okta_postman.commands.result import Result
from okta_postman.manifest.model import Environment
from okta_postman.org.check import Check
from okta_postman.org.http import Http
from okta_postman.org.preflight import Preflight
from okta_postman.org.problem import NO_RESPONSE
from okta_postman.problems import in_order

Verdict = Literal["works", "fails", "no response"]
"""Whether the manifest can work, as far as the org says, or that it could not be asked."""


class Progress(NamedTuple):
    """An environment, and its checks, each of which is made when it is taken."""

    environment: Environment
    checks: Iterator[Check]


def diagnose(
    path: str, environment: str | None, timeout: float, show: Callable[[Progress], None]
) -> Result[Verdict]:
    """Ask the org of every environment of a manifest, or of one; problems come at their lines.

    `show` is called for each environment, and takes all of its checks. `timeout` is in seconds, for
    each response. Raises UserError if the file cannot be read, or
    there is no such environment.
    """
    result = check_file(path)
    if result.value is None:
        return Result(None, result.checked)
    manifest, document = result.value.manifest, result.value.document
    environments = manifest.environments
    if environment is not None:
        environments = (lookup.environment_named(manifest, environment),)
    preflight = Preflight(Http(timeout))
    problems: list[EnvironmentProblem] = []
    for target in environments:
        checks = preflight.checks(target, manifest.token_scopes)
        show(Progress(target, _noting(checks, target, problems)))
    (checked,) = result.checked
    every = dict.fromkeys([*checked.problems, *located(document, problems)])
    return Result(_verdict(problems), (checked._replace(problems=in_order(every)),))


def _noting(
    checks: Iterable[Check], environment: Environment, problems: list[EnvironmentProblem]
) -> Iterator[Check]:
    """The same checks; what they find is added to the problems."""
    for check in checks:
        problems += [EnvironmentProblem(environment, problem) for problem in check.problems]
        yield check


def _verdict(problems: Iterable[EnvironmentProblem]) -> Verdict:
    listed = [entry.problem for entry in problems]
    if any(problem.severity == "error" and problem.code not in NO_RESPONSE for problem in listed):
        return "fails"
    return "no response" if any(problem.code in NO_RESPONSE for problem in listed) else "works"
