"""Calls the hops that lead to an org and back: what it says is told at its place in the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from okta_postman import templates
from okta_postman.commands import pipeline
from okta_postman.compose.workspace import compose
from okta_postman.documents.document import load
from okta_postman.documents.json_text import json_text
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.manifest.places import key_place, scopes_place
from okta_postman.okta.credentials import masked
from okta_postman.operation import ScopeSet
from okta_postman.org import loopback
from okta_postman.org import sign_in as begin
from okta_postman.org.check import Check
from okta_postman.org.http import Http
from okta_postman.org.preflight import Preflight
from okta_postman.org.problem import MISSING_SCOPES, NO_RESPONSE, OrgError, OrgProblem
from okta_postman.org.token import code_in, missing_scopes, token_for
from okta_postman.postman.environment import environment_to_json, with_token
from okta_postman.problems import Checked, Problem, UserError, in_order

Told = tuple[Environment, OrgProblem]
"""A problem, and the environment that was checked."""


def preflights(
    manifest: Manifest, environments: Iterable[Environment], timeout: float
) -> Iterator[tuple[Environment, Iterator[Check]]]:
    """The checks of each environment, each made when it is taken."""
    asked = Preflight(Http(timeout))
    for environment in environments:
        yield environment, asked.checks(environment, manifest.token_scopes)


def sign_in_url(environment: Environment, scopes: ScopeSet, *, implicit: bool) -> begin.SignIn:
    """A sign-in that a person can begin in a browser."""
    if implicit:
        return begin.implicit(environment, scopes)
    return begin.authorization_code(environment, scopes)


def signed_in(
    environment: Environment,
    scopes: ScopeSet,
    secret: str,
    answer_to: Callable[[begin.SignIn], str],
) -> str:
    """The access token of a sign-in; `answer_to` takes it to the browser and gives the answer.

    Raises OrgError if it fails, or if the token has fewer scopes than were asked for.
    """
    sign_in = begin.authorization_code(environment, scopes)
    code = code_in(answer_to(sign_in), sign_in)
    token = token_for(Http(), sign_in, code, secret)
    missing = missing_scopes(sign_in, token.scopes)
    if missing:
        raise OrgError(missing)
    return token.value


def waits_here(environment: Environment) -> bool:
    """Whether this machine can wait at the redirect URI of an environment."""
    return loopback.is_loopback(environment.redirect_uri)


def through_browser(sign_in: begin.SignIn, seconds: float, show: Callable[[], None]) -> str:
    """What comes to a loopback redirect URI after `show` has led the browser to the org.

    Raises OrgError if nothing comes in time, and UserError if the port cannot be used.
    """
    page = templates.read("signed-in.html") or ""
    with loopback.listening(sign_in.environment.redirect_uri, sign_in.state, page) as first:
        show()
        return first(seconds)


def placed(checked: Checked, told: Iterable[Told]) -> Checked:
    """What was found in a source, and what an org said about it, each at its place."""
    document = load(checked.source)
    problems = [
        Problem(
            finding.code,
            masked(finding.message),
            finding.hint,
            scopes_place(document, finding.scopes)
            if finding.scopes
            else key_place(document, environment.name, finding.key),
            finding.severity,
        )
        for environment, finding in told
    ]
    return Checked(checked.source, in_order(dict.fromkeys([*checked.problems, *problems])))


def got_no_answer(findings: Iterable[OrgProblem]) -> bool:
    """Whether the org could not be asked, which says nothing about the description."""
    return any(each.code in NO_RESPONSE for each in findings)


def proves_an_error(findings: Iterable[OrgProblem]) -> bool:
    """Whether the org did answer something that the description cannot work with."""
    return any(each.severity == "error" and each.code not in NO_RESPONSE for each in findings)


def is_shortfall(problem: OrgProblem) -> bool:
    """Whether the org did all that was asked, and the app's grants are what is missing."""
    return problem.code == MISSING_SCOPES


def token_file(
    manifest: Manifest, environment: Environment, before: bytes | None, token: str
) -> bytes:
    """A Postman environment with a token in it: the one that is there, or else a new one."""
    if before is None:
        place = manifest.environments.index(environment)
        data = environment_to_json(compose(manifest).environments[place])
    else:
        data = json.loads(before)
    return json_text(with_token(data, token))


def refuse_other(name: str, before: bytes | None) -> None:
    """Raise UserError if what is in the file for a token is no Postman environment."""
    try:
        fits = before is None or with_token(json.loads(before), "") is not None
    except ValueError:
        fits = False
    if not fits:
        raise UserError(f"{name} is there, and is no Postman environment: name another file")


def generated_names(manifest: Manifest) -> set[str]:
    """The names of the files that `generate` writes, which are meant to be committed."""
    return {artifact.path for artifact in pipeline.generate(manifest)}
