"""The end of a sign-in: the answer that came to the redirect URI becomes an access token."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, parse_qs, quote_plus

from oauthlib.oauth2 import WebApplicationClient

from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.org.address import parts
from okta_postman.org.finding import ORG, REDIRECT_URI, SHORTFALL, Finding, OrgError
from okta_postman.org.http import Http
from okta_postman.org.refusals import refused
from okta_postman.org.server import server_of
from okta_postman.org.sign_in import SignIn

_OK: Final = 200
_B64TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")


class Token(NamedTuple):
    """An access token and the scopes that it was given; not to be shown."""

    value: str
    scopes: ScopeSet

    def __repr__(self) -> str:
        return f"Token(scopes={self.scopes})"


def code_in(url: str, sign_in: SignIn) -> str:
    """The authorization code in the URL that the browser was sent to.

    Raises OrgError if it belongs to another sign-in or server, or carries an error.
    Source: RFC 6749, 4.1.2 and 10.12; RFC 9207, 2.4.
    """
    came = parts(url.strip())
    if came.netloc and _place(came) != _place(parts(sign_in.environment.redirect_uri)):
        raise OrgError(_of_another_sign_in("its address is not the redirect URI"))
    query = parse_qs(came.query)
    if any(len(query.get(key, ())) > 1 for key in ("state", "code", "error", "iss")):
        raise OrgError(_of_another_sign_in("it says the same thing twice"))
    said = {key: values[0] for key, values in query.items()}
    if said.get("state") != sign_in.state:
        raise OrgError(_of_another_sign_in("its `state` is not the one that was sent"))
    issuer = server_of(sign_in.environment).issuer
    if "iss" in said and issuer and said["iss"] != issuer:
        raise OrgError(_of_another_sign_in(f"it comes from `{said['iss']}`, not from `{issuer}`"))
    if "error" in said:
        texts = said["error"], said.get("error_description", "")
        hidden = said.get("code", ""), sign_in.verifier
        raise OrgError(_refused("/authorize", *_starred(texts, hidden), sign_in))
    if "code" not in said:
        raise OrgError(_of_another_sign_in("it has no `code`"))
    return said["code"]


def _place(url: SplitResult) -> tuple[str, str, str]:
    """Where an address leads, in the form that browsers show."""
    usual = {"http": ":80", "https": ":443"}.get(url.scheme, "")
    return url.scheme, url.netloc.lower().removesuffix(usual), url.path or "/"


def token_for(http: Http, sign_in: SignIn, code: str, secret: str) -> Token:
    """The token for a code; `secret` is that of a web app, else empty.

    Raises OrgError if the org refuses, or does not answer. Source: RFC 6749, 4.1.3; RFC 7636, 4.5.
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
    answer = http.post(server_of(environment).token, form)
    said = answer.data or {}
    # Okta answers an unknown client in the shape of its APIs, everything else in that of OAuth.
    error = said.get("error") or said.get("errorCode")
    if error or answer.status != _OK:
        described = said.get("error_description") or said.get("errorSummary") or ""
        error = error or f"HTTP {answer.status}"
        texts = _starred((str(error), str(described)), (secret, code, sign_in.verifier))
        raise OrgError(_refused("/token", *texts, sign_in))
    return _read(said, sign_in)


def _read(said: dict[str, Any], sign_in: SignIn) -> Token:
    """The token in an answer, and its scopes: those that were asked for if it names none.

    Source: RFC 6749, 5.1; RFC 6750, 2.1.
    """
    value, scope = said.get("access_token"), said.get("scope")
    if not isinstance(value, str) or not _B64TOKEN.fullmatch(value):
        raise OrgError(_refused("/token", "no access token", "", sign_in))
    kind = str(said.get("token_type", "")).lower()
    if kind != "bearer":
        error = "invalid_dpop_proof" if kind == "dpop" else "no bearer token"
        raise OrgError(_refused("/token", error, f"its token_type is `{kind}`", sign_in))
    if scope is None:
        return Token(value, sign_in.scopes)
    if not isinstance(scope, str):
        raise OrgError(_refused("/token", "no list of scopes", "its scope is no text", sign_in))
    return Token(value, tuple(sorted(scope.split())))


def _starred(texts: tuple[str, str], hidden: tuple[str, ...]) -> tuple[str, str]:
    """What an org says, without what this program had to tell it and nobody else may see."""
    for secret in filter(None, hidden):
        for form in (secret, quote_plus(secret)):
            texts = texts[0].replace(form, "***"), texts[1].replace(form, "***")
    return texts


def _refused(where: str, error: str, described: str, sign_in: SignIn) -> Finding:
    return refused(where, error, described, sign_in.environment, sign_in.scopes)


def shortfall(sign_in: SignIn, granted: ScopeSet) -> Finding | None:
    """The finding for scopes that a token lacks though they were asked for, if it lacks any.

    Okta leaves out what is not granted to the app if anything else is. Source: the guide
    developer.okta.com/docs/guides/implement-oauth-for-okta/main/.
    """
    missing = tuple(scope for scope in sign_in.scopes if scope not in granted)
    if not missing:
        return None
    return Finding(
        SHORTFALL,
        f"the token lacks `{joined(missing)}`; it has {joined(granted) or 'no scope at all'}",
        "grant what is missing under Applications > your app > Okta API Scopes (only a super admin "
        "can), and sign in again",
        scopes=missing,
    )


def _of_another_sign_in(reason: str) -> Finding:
    return Finding(
        "D023",
        f"what came to the redirect URI is no answer to this sign-in: {reason}",
        "close older tabs of this sign-in and begin again; if it goes on, another program sends "
        "people to this redirect URI",
        REDIRECT_URI,
    )


def nobody_came(seconds: float) -> Finding:
    """The finding for a sign-in that was not finished in time."""
    return Finding(
        "D024",
        f"nobody finished the sign-in within {seconds:g} seconds",
        "begin again; if the browser shows an error page of Okta, `okta-postman doctor` says what "
        "it is about; if the browser runs on another machine, use `--no-browser`",
        ORG,
    )
