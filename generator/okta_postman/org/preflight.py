"""Whether a description can work, as far as an org tells without anyone signing in."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from typing import Final

from okta_postman.manifest.model import Environment
from okta_postman.okta.scopes import joined
from okta_postman.okta.servers import ELSEWHERE
from okta_postman.operation import ScopeSet
from okta_postman.org.authorize import asked_without_session
from okta_postman.org.check import Check, Verdict, no, unknown, yes
from okta_postman.org.finding import NO_ANSWER, Finding, OrgError
from okta_postman.org.http import Http
from okta_postman.org.metadata import compared, metadata, organization
from okta_postman.org.refusals import unknown_client
from okta_postman.org.server import server_of

MOST_ASKED: Final = 30
"""Requests to /authorize for one client, half of what Okta allows in a minute.

Source: developer.okta.com/docs/reference/rl2-client-based/.
"""
_BAD_REQUEST: Final = 400
_OK: Final = 200
# After one of these, /authorize would say the same of every other scope set.
_SAME_FOR_ALL: Final = frozenset(("D011", "D012", "D015", "D016"))

ONLY_SIGNING_IN_SHOWS: Final = (
    "that the scopes are granted, the person is assigned and may use them, and DPoP is off: "
    "only signing in shows it"
)


class Preflight:
    """Asks about one environment after another, and counts what was asked of each client."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._asked: Counter[tuple[str, str]] = Counter()

    def checks(self, environment: Environment, sets: Sequence[ScopeSet]) -> Iterator[Check]:
        """The checks of an environment, each as soon as it has been made.

        `sets` are the scope sets that tokens will be asked for.
        """
        try:
            client = yield from self._metadata(environment, sets)
            if client != "no":
                yield from self._sign_ins(environment, sets, known=client == "yes")
        except OrgError as stopped:
            answers = stopped.finding.code not in NO_ANSWER
            statement = "the org is what it should be" if answers else "the org answers"
            yield no(statement, stopped.finding)

    def _metadata(
        self, environment: Environment, sets: Sequence[ScopeSet]
    ) -> Generator[Check, None, Verdict]:
        """The checks of what the org says of itself; returns whether it has the client."""
        if environment.authorization_server.name == ELSEWHERE:
            yield unknown("the server is Okta's: the description gives it by its URLs")
            return "unknown"
        okta = organization(self._http, environment)
        yield okta
        scopes = tuple(sorted({scope for each in sets for scope in each}))
        yield from compared(environment, metadata(self._http, environment), scopes)
        client = self._client(environment, proves=okta.verdict == "yes")
        yield client
        return client.verdict

    def _client(self, environment: Environment, *, proves: bool) -> Check:
        """Whether the org has the client.

        Source: getWellKnownOpenIDConfiguration in Okta's OpenAPI document of its OAuth endpoints.
        """
        client_id = environment.app.client_id
        statement = f"the org has a client `{client_id}`"
        url = f"{server_of(environment).issuer}/.well-known/openid-configuration"
        answer = self._http.get(url, {"client_id": client_id})
        if answer.status == _BAD_REQUEST and (proves or "invalid_client" in answer.body):
            return no(statement, unknown_client(environment, "the org"))
        if answer.status == _OK and answer.data and proves:
            return yes(statement)
        return unknown(statement)

    def _sign_ins(
        self, environment: Environment, sets: Sequence[ScopeSet], *, known: bool
    ) -> Iterator[Check]:
        accepted = False
        for place, scopes in enumerate(sets):
            if not self._may_ask(environment):
                yield _not_asked(sets[place:])
                return
            check = asked_without_session(self._http, environment, scopes, known=known or accepted)
            yield self._narrowed(environment, scopes, check)
            if any(each.code in _SAME_FOR_ALL for each in check.findings):
                return
            accepted = accepted or check.verdict == "yes"
        if accepted:
            yield unknown(ONLY_SIGNING_IN_SHOWS)

    def _narrowed(self, environment: Environment, scopes: ScopeSet, check: Check) -> Check:
        """The check, with a finding for each single scope that is refused by itself."""
        if len(scopes) == 1 or not any(each.code == "D013" for each in check.findings):
            return check
        culprits: list[Finding] = []
        with contextlib.suppress(OrgError):  # what is known of the set stays true
            for scope in scopes:
                if self._may_ask(environment):
                    alone = asked_without_session(self._http, environment, (scope,), known=True)
                    culprits += [each for each in alone.findings if each.code == "D013"]
        return check._replace(findings=tuple(culprits) or check.findings)

    def _may_ask(self, environment: Environment) -> bool:
        client = environment.org, environment.app.client_id
        self._asked[client] += 1
        return self._asked[client] <= MOST_ASKED


def _not_asked(rest: Sequence[ScopeSet]) -> Check:
    told = "; ".join(joined(scopes) for scopes in rest)
    finding = Finding(
        "D018",
        f"not asked for {len(rest)} more scope sets, so as not to use up the rate limit of the "
        "client",
        "run it again in a minute with a description that has fewer, or sign in",
        scopes=rest[0],
        severity="warning",
    )
    return unknown(f"/authorize accepts {told}", finding)
