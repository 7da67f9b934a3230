"""The response of /authorize to a client without a session, and what it proves."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs

from okta_postman.manifest.model import Environment
from okta_postman.okta.org_url import split_url
from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.org.check import Check, no, unknown, yes
from okta_postman.org.http import Http, Response
from okta_postman.org.oauth_errors import OAuthError, oauth_problem, unknown_client
from okta_postman.org.problem import ORG, REDIRECT_URI, OrgProblem
from okta_postman.org.quote import excerpt
from okta_postman.org.sign_in import authorization_code

# Source: OpenID Connect Core, 3.1.2.6; `app_sign_on_required` is Okta's own.
_NEEDS_SIGN_IN: Final = frozenset(
    ("login_required", "interaction_required", "account_selection_required", "app_sign_on_required")
)
_BAD_REQUEST: Final = 400
# Sentences of Okta's page; quotes in them may be escaped, and the page may repeat the whole query.
_REDIRECT_URI_REFUSED: Final = re.compile(r"redirect_uri\S{0,6} parameter must be")
_CLIENT_REFUSED: Final = re.compile(r"client_id\S{0,6} parameter|invalid_client")


def check_authorize(
    http: Http, environment: Environment, scopes: ScopeSet, *, client_exists: bool
) -> Check:
    """Whether /authorize accepts the client, the redirect URI and a scope set.

    Requests a code with `prompt=none`, which never shows a page. Okta sends every error to the
    redirect URI, unless that is not registered: then it shows a page of its own. `client_exists`
    tells whether the client is already known to exist, which that page may leave open. Source:
    support.okta.com, "Why am I redirected back to my app instead of being shown the Okta-hosted
    error pages".

    Raises OrgError if there is no response.
    """
    sign_in = authorization_code(environment, scopes, prompt="none")
    response = http.get(sign_in.url)
    requested = joined(scopes) or "no scope"
    statement = f"/authorize accepts the client, {environment.redirect_uri} and {requested}"
    parameters = _redirect_parameters(response, environment.redirect_uri)
    if parameters is None:
        return _own_page(statement, environment, response, client_exists=client_exists)
    error = parameters.get("error", "")
    if parameters.get("state") != sign_in.state or not (error or "code" in parameters):
        return unknown(statement, _proves_nothing("a redirect without the state", scopes))
    if error in _NEEDS_SIGN_IN or not error:
        return yes(statement)
    refusal = OAuthError("/authorize", error, parameters.get("error_description", ""))
    secrets = (parameters.get("code", ""), sign_in.verifier)
    return no(statement, oauth_problem(refusal, environment, scopes, secrets))


def _redirect_parameters(response: Response, redirect_uri: str) -> dict[str, str] | None:
    """The parameters that were sent to the redirect URI; None if the response leads elsewhere."""
    # A server may write the query of the redirect URI in another way.
    base, _, query = (response.location or "").partition("?")
    if base != redirect_uri.partition("?")[0]:
        return None
    parameters = parse_qs(query.partition("#")[0])
    return {key: values[0] for key, values in parameters.items()}


def _own_page(
    statement: str, environment: Environment, response: Response, *, client_exists: bool
) -> Check:
    """The check where Okta shows a page instead of a redirect to the redirect URI."""
    if response.location is not None:
        target = split_url(response.location)
        host = excerpt(target.netloc if target else "")
        return unknown(statement, _proves_nothing(f"a redirect to {host or 'its own page'}", ()))
    if response.status != _BAD_REQUEST:
        return unknown(statement, _proves_nothing(f"a page ({response.status})", ()))
    if _REDIRECT_URI_REFUSED.search(response.body):
        return no(statement, _not_registered(environment))
    if not client_exists and _CLIENT_REFUSED.search(response.body):
        return no(statement, unknown_client(environment, "/authorize"))
    return unknown(statement, _proves_nothing("a page (400) without a reason", ()))


def _not_registered(environment: Environment) -> OrgProblem:
    return OrgProblem(
        "D012",
        "/authorize returned 400 without a redirect: "
        f"`{environment.redirect_uri}` is not registered for `{environment.app.client_id}`",
        "add it to Sign-in redirect URIs under Applications > your app > General, exactly as it is "
        "here: Okta compares scheme, port, case and a final slash",
        REDIRECT_URI,
    )


def _proves_nothing(response: str, scopes: ScopeSet) -> OrgProblem:
    return OrgProblem(
        "D018",
        f"/authorize returned {response}, which proves nothing about this sign-in",
        "sign in to be certain: run `okta-postman login`, or open the URL from `okta-postman url` "
        "in a private browser window",
        ORG,
        scopes,
        severity="warning",
    )
