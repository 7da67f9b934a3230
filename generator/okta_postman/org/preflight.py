"""Whether a manifest can work, as far as an org reveals it without a sign-in."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from typing import Final

from okta_postman.manifest.model import Environment
from okta_postman.okta.scopes import joined
from okta_postman.okta.servers import OTHER_ISSUER
from okta_postman.operation import ScopeSet
from okta_postman.org.authorize import check_authorize
from okta_postman.org.check import Check, Verdict, no, unknown, yes
from okta_postman.org.http import Http
from okta_postman.org.metadata import metadata, metadata_checks, organization
from okta_postman.org.oauth_errors import unknown_client
from okta_postman.org.problem import NO_RESPONSE, OrgError, OrgProblem
from okta_postman.org.server import server_of

MOST_REQUESTS: Final = 30
"""Requests to /authorize for one client, half of what Okta allows in a minute.

Source: developer.okta.com/docs/reference/rl2-client-based/.
"""
_BAD_REQUEST: Final = 400
_OK: Final = 200
# After one of these, /authorize would return the same for every other scope set.
_SAME_FOR_ALL: Final = frozenset(("D011", "D012", "D015", "D016"))

ONLY_A_SIGN_IN_PROVES: Final = (
    "scopes are granted, the user is assigned and may use them, DPoP is off: only a sign-in "
    "proves it"
)


class Preflight:
    """Checks one environment after another, and counts the requests for each client."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._requests: Counter[tuple[str, str]] = Counter()

    def checks(self, environment: Environment, scope_sets: Sequence[ScopeSet]) -> Iterator[Check]:
        """The checks of an environment, each as soon as it is done.

        `scope_sets` are those that tokens are requested with.
        """
        try:
            client = yield from self._metadata_checks(environment, scope_sets)
            if client != "no":
                yield from self._authorize_checks(environment, scope_sets, client=client)
        except OrgError as error:
            responds = error.problem.code not in NO_RESPONSE
            statement = "the org is the expected one" if responds else "the org responds"
            yield no(statement, error.problem)

    def _metadata_checks(
        self, environment: Environment, scope_sets: Sequence[ScopeSet]
    ) -> Generator[Check, None, Verdict]:
        """The checks of what the org publishes; returns whether it has the client."""
        if environment.authorization_server.name == OTHER_ISSUER:
            yield unknown("the server is Okta's: the manifest has only its URLs")
            return "unknown"
        host = organization(self._http, environment)
        yield host
        scopes = tuple(sorted({scope for scope_set in scope_sets for scope in scope_set}))
        yield from metadata_checks(environment, metadata(self._http, environment), scopes)
        client = self._client(environment, is_okta=host.verdict == "yes")
        yield client
        return client.verdict

    def _client(self, environment: Environment, *, is_okta: bool) -> Check:
        """Whether the org has the client, which only Okta's own response proves.

        Source: getWellKnownOpenIDConfiguration in Okta's OpenAPI document of its OAuth endpoints.
        """
        client_id = environment.app.client_id
        statement = f"the org has a client `{client_id}`"
        url = f"{server_of(environment).issuer}/.well-known/openid-configuration"
        response = self._http.get(url, {"client_id": client_id})
        if response.status == _BAD_REQUEST and (is_okta or "invalid_client" in response.body):
            return no(statement, unknown_client(environment, "the org"))
        if response.status == _OK and response.data and is_okta:
            return yes(statement)
        return unknown(statement)

    def _authorize_checks(
        self, environment: Environment, scope_sets: Sequence[ScopeSet], *, client: Verdict
    ) -> Iterator[Check]:
        """A check for each scope set, until the response would be the same for all others."""
        accepted = False
        for index, scopes in enumerate(scope_sets):
            if not self._may_request(environment):
                yield _not_checked(scope_sets[index:])
                return
            client_exists = client == "yes" or accepted
            check = check_authorize(self._http, environment, scopes, client_exists=client_exists)
            yield self._narrowed(environment, scopes, check)
            if any(problem.code in _SAME_FOR_ALL for problem in check.problems):
                return
            accepted = accepted or check.verdict == "yes"
        if accepted:
            yield unknown(ONLY_A_SIGN_IN_PROVES)

    def _narrowed(self, environment: Environment, scopes: ScopeSet, check: Check) -> Check:
        """The check, with a problem for each single scope that is refused by itself."""
        if len(scopes) == 1 or not _refused_scopes(check):
            return check
        narrowed: list[OrgProblem] = []
        with contextlib.suppress(OrgError):  # the problem of the whole set stays true
            for scope in scopes:
                if self._may_request(environment):
                    alone = check_authorize(self._http, environment, (scope,), client_exists=True)
                    narrowed += _refused_scopes(alone)
        return check._replace(problems=tuple(narrowed) or check.problems)

    def _may_request(self, environment: Environment) -> bool:
        client = environment.org, environment.app.client_id
        self._requests[client] += 1
        return self._requests[client] <= MOST_REQUESTS


def _refused_scopes(check: Check) -> list[OrgProblem]:
    return [problem for problem in check.problems if problem.code == "D013"]


def _not_checked(rest: Sequence[ScopeSet]) -> Check:
    problem = OrgProblem(
        "D018",
        f"{len(rest)} scope sets not checked, to stay under the rate limit of the client",
        "run it again in a minute with a manifest that has fewer scope sets, or sign in",
        scopes=rest[0],
        severity="warning",
    )
    listed = "; ".join(joined(scopes) for scopes in rest)
    return unknown(f"/authorize accepts {listed}", problem)
