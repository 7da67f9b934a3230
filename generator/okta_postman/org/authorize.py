"""What /authorize answers to a program that is not signed in, and what that proves."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs

from okta_postman.manifest.model import Environment
from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.org.address import parts
from okta_postman.org.check import Check, no, unknown, yes
from okta_postman.org.finding import ORG, REDIRECT_URI, Finding
from okta_postman.org.http import Answer, Http
from okta_postman.org.refusals import refused, unknown_client
from okta_postman.org.sign_in import authorization_code

# Source: OpenID Connect Core, 3.1.2.6; `app_sign_on_required` is Okta's own.
_WANTS_A_PERSON: Final = frozenset(
    ("login_required", "interaction_required", "account_selection_required", "app_sign_on_required")
)
_BAD_REQUEST: Final = 400
# The sentences of Okta's page, whose quotes may be escaped; the page may repeat the whole query.
_REDIRECT_URI_REFUSED: Final = re.compile(r"redirect_uri\S{0,6} parameter must be")
_CLIENT_REFUSED: Final = re.compile(r"client_id\S{0,6} parameter|invalid_client")


def asked_without_session(
    http: Http, environment: Environment, scopes: ScopeSet, *, known: bool
) -> Check:
    """Ask for a code with `prompt=none`, and say what the answer proves about a scope set.

    `known` says whether the client is known to exist. Okta sends every error to the redirect URI
    unless that is not registered, which it says on a page of its own. Source: support.okta.com,
    "Why am I redirected back to my app instead of being shown the Okta-hosted error pages".

    Raises OrgError if nothing answers.
    """
    sign_in = authorization_code(environment, scopes, prompt="none")
    answer = http.get(sign_in.url)
    statement = f"/authorize accepts the client, {environment.redirect_uri} and {joined(scopes)}"
    sent = _sent_back(answer, environment.redirect_uri)
    if sent is None:
        return _own_page(statement, environment, answer, known=known)
    error = sent.get("error", "")
    if sent.get("state") != sign_in.state or not (error or "code" in sent):
        return unknown(statement, _proves_nothing("a redirect that is not an answer to it", scopes))
    if error in _WANTS_A_PERSON or not error:
        return yes(statement)
    said = sent.get("error_description", "")
    return no(statement, refused("/authorize", error, said, environment, scopes))


def _sent_back(answer: Answer, redirect_uri: str) -> dict[str, str] | None:
    """The parameters that came to the redirect URI, or None if nothing was sent there."""
    # A server may write the query of the redirect URI in another way.
    there, _, _ = (answer.location or "").partition("?")
    if there != redirect_uri.partition("?")[0]:
        return None
    query = parse_qs(parts(answer.location or "").query)
    return {key: values[0] for key, values in query.items()}


def _own_page(statement: str, environment: Environment, answer: Answer, *, known: bool) -> Check:
    if answer.location is not None:
        there = parts(answer.location).netloc or "a page of its own"
        return unknown(statement, _proves_nothing(f"a redirect to {there}", ()))
    if answer.status != _BAD_REQUEST:
        return unknown(statement, _proves_nothing(f"a page ({answer.status})", ()))
    if _REDIRECT_URI_REFUSED.search(answer.body):
        return no(statement, _not_registered(environment))
    if not known and _CLIENT_REFUSED.search(answer.body):
        return no(statement, unknown_client(environment, "/authorize"))
    return unknown(statement, _proves_nothing("a page (400) that does not say why", ()))


def _not_registered(environment: Environment) -> Finding:
    return Finding(
        "D012",
        "/authorize answered 400 on a page of its own, and redirected nowhere: "
        f"`{environment.redirect_uri}` is not registered for `{environment.app.client_id}`",
        "add it to Sign-in redirect URIs under Applications > your app > General, letter for "
        "letter: scheme, port, case and a final slash count",
        REDIRECT_URI,
    )


def _proves_nothing(came: str, scopes: ScopeSet) -> Finding:
    return Finding(
        "D018",
        f"/authorize answered with {came}, which proves nothing about this sign-in",
        "sign in to see: `okta-postman login`, or paste what `okta-postman url` prints into a "
        "private browser window",
        ORG,
        scopes,
        severity="warning",
    )
