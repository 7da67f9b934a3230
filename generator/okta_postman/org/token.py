"""The last step of a sign-in: the final URL becomes a code, and the code an access token."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, parse_qs

from oauthlib.oauth2 import WebApplicationClient

from okta_postman.okta.org_url import split_url
from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.org.http import Http
from okta_postman.org.oauth_errors import OAuthError, oauth_problem, unusable_token
from okta_postman.org.problem import MISSING_SCOPES, ORG, REDIRECT_URI, OrgError, OrgProblem
from okta_postman.org.server import server_of
from okta_postman.org.sign_in import SignIn

_OK: Final = 200
_B64TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_SINGLE: Final = ("state", "code", "error", "iss")
"""The parameters of a final URL that must not be repeated."""


class Token(NamedTuple):
    """An access token and its scopes; its text form leaves the token out."""

    value: str
    scopes: ScopeSet

    def __repr__(self) -> str:
        return f"Token(scopes={self.scopes})"


def code_in(url: str, sign_in: SignIn) -> str:
    """The authorization code in the final URL, or in its path and query.

    Raises OrgError if the URL belongs to another sign-in or server, or carries an error.
    Source: RFC 6749, 4.1.2 and 10.12; RFC 9207, 2.4.
    """
    final, redirect = split_url(url.strip()), split_url(sign_in.environment.redirect_uri)
    if final is None or (final.netloc and redirect and _target(final) != _target(redirect)):
        raise OrgError(_other_sign_in("it does not begin with the redirect URI"))
    query = parse_qs(final.query)
    if any(len(query.get(key, ())) > 1 for key in _SINGLE):
        raise OrgError(_other_sign_in("a parameter is repeated"))
    parameters = {key: values[0] for key, values in query.items()}
    if parameters.get("state") != sign_in.state:
        raise OrgError(_other_sign_in("its `state` is not the one that was sent"))
    issuer, expected = parameters.get("iss"), server_of(sign_in.environment).issuer
    if issuer is not None and expected and issuer != expected:
        raise OrgError(_other_sign_in(f"its issuer is not `{expected}`"))
    if "error" in parameters:
        refusal = OAuthError("/authorize", parameters["error"], parameters.get("error_description"))
        secrets = (parameters.get("code", ""), sign_in.verifier)
        raise OrgError(oauth_problem(refusal, sign_in.environment, sign_in.scopes, secrets))
    if "code" not in parameters:
        raise OrgError(_other_sign_in("it has no `code`"))
    return parameters["code"]


def _target(url: SplitResult) -> tuple[str, str, str]:
    """Scheme, host and path of a URL, in the form that browsers show."""
    default_port = {"http": ":80", "https": ":443"}.get(url.scheme, "")
    return url.scheme, url.netloc.lower().removesuffix(default_port), url.path or "/"


def token_for(http: Http, sign_in: SignIn, code: str, secret: str) -> Token:
    """The token for a code; `secret` is the client secret of a web app, else empty.

    Raises OrgError if the org refuses, or does not respond.
    Source: RFC 6749, 4.1.3; RFC 7636, 4.5.
    """
    environment = sign_in.environment
    client = WebApplicationClient(environment.app.client_id)
    form = client.prepare_request_body(
        code=code,
        redirect_uri=environment.redirect_uri,
        code_verifier=sign_in.verifier,
        include_client_id=True,
        **({"client_secret": secret} if secret else {}),
    )
    response = http.post(server_of(environment).token, form)
    data = response.data or {}
    # Okta reports an unknown client in the format of its APIs, everything else in that of OAuth.
    error = data.get("error") or data.get("errorCode")
    if error:
        secrets = (secret, code, sign_in.verifier, *_tokens(data))
        description = data.get("error_description") or data.get("errorSummary")
        refusal = OAuthError("/token", error, description)
        raise OrgError(oauth_problem(refusal, environment, sign_in.scopes, secrets))
    if response.status != _OK:
        raise OrgError(unusable_token(f"HTTP {response.status}"))
    return _token(data, sign_in)


def _tokens(data: dict[str, Any]) -> list[str]:
    """Everything in a response that may be a token."""
    return [value for key, value in data.items() if "token" in key and isinstance(value, str)]


def _token(data: dict[str, Any], sign_in: SignIn) -> Token:
    """The token in a response; its scopes are the requested ones if the response has none.

    Source: RFC 6749, 5.1; RFC 6750, 2.1.
    """
    value, scope = data.get("access_token"), data.get("scope")
    if not isinstance(value, str) or not _B64TOKEN.fullmatch(value):
        raise OrgError(unusable_token("no access token"))
    kind = str(data.get("token_type", "")).lower()
    if kind == "dpop":
        refusal = OAuthError("/token", "invalid_dpop_proof", "its token_type is dpop")
        raise OrgError(oauth_problem(refusal, sign_in.environment, sign_in.scopes))
    if kind != "bearer":
        raise OrgError(unusable_token("a token that is not a bearer token"))
    if scope is None:
        return Token(value, sign_in.scopes)
    if not isinstance(scope, str):
        raise OrgError(unusable_token("a scope that is not a string"))
    return Token(value, tuple(sorted(scope.split())))


def missing_scopes(sign_in: SignIn, granted: ScopeSet) -> OrgProblem | None:
    """The problem for requested scopes that a token lacks, or None if it has all of them.

    Okta leaves out scopes that are not granted to the app, if others are. Source: the guide
    developer.okta.com/docs/guides/implement-oauth-for-okta/main/.
    """
    missing = tuple(scope for scope in sign_in.scopes if scope not in granted)
    if not missing:
        return None
    present = tuple(scope for scope in sign_in.scopes if scope in granted)
    return OrgProblem(
        MISSING_SCOPES,
        f"the token lacks `{joined(missing)}`; it has {joined(present) or 'no other'}",
        "ask a super admin to grant the missing scopes under Applications > your app > Okta API "
        "Scopes, and sign in again",
        scopes=missing,
    )


def _other_sign_in(reason: str) -> OrgProblem:
    return OrgProblem(
        "D023",
        f"the final URL does not belong to this sign-in: {reason}",
        "close older tabs of this sign-in and sign in again; if this repeats, another program "
        "sends users to this redirect URI",
        REDIRECT_URI,
    )


def timed_out(seconds: float) -> OrgProblem:
    """The problem for a sign-in that was not finished in time."""
    return OrgProblem(
        "D024",
        f"the sign-in was not finished within {seconds:g} seconds",
        "sign in again; if the browser shows an error page of Okta, run `okta-postman doctor`; if "
        "the browser runs on another machine, use `--no-browser`",
        ORG,
    )
