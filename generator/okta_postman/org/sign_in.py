"""The beginning of a sign-in: the URL for the browser, and what the answer is checked against."""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from oauthlib.oauth2 import MobileApplicationClient, WebApplicationClient

from okta_postman.manifest.model import Environment
from okta_postman.operation import ScopeSet
from okta_postman.org.server import server_of

VERIFIER_LENGTH: Final = 64


class SignIn(NamedTuple):
    """A sign-in that has begun; the verifier is empty in the implicit flow, which has none."""

    environment: Environment
    scopes: ScopeSet
    url: str
    state: str
    verifier: str = ""


def authorization_code(environment: Environment, scopes: ScopeSet, prompt: str = "") -> SignIn:
    """The authorization code flow with PKCE.

    Source: RFC 6749, 4.1, and RFC 7636.
    """
    client = WebApplicationClient(environment.app.client_id)
    verifier = client.create_code_verifier(VERIFIER_LENGTH)
    state = secrets.token_urlsafe(16)
    asked = {
        "code_challenge": client.create_code_challenge(verifier, "S256"),
        "code_challenge_method": "S256",
        **({"prompt": prompt} if prompt else {}),
    }
    url = _url(client, environment, scopes, state, asked)
    return SignIn(environment, scopes, url, state, verifier)


def implicit(environment: Environment, scopes: ScopeSet) -> SignIn:
    """The flow of Okta's guide whose token stands in the address bar.

    Source: RFC 6749, 4.2; RFC 9700, 2.1.2 advises against it.
    """
    state = secrets.token_urlsafe(16)
    asked = {"response_mode": "fragment", "nonce": secrets.token_urlsafe(16)}
    client = MobileApplicationClient(environment.app.client_id)
    return SignIn(environment, scopes, _url(client, environment, scopes, state, asked), state)


def _url(
    client: WebApplicationClient | MobileApplicationClient,
    environment: Environment,
    scopes: ScopeSet,
    state: str,
    asked: dict[str, str],
) -> str:
    # oauthlib knows no loopback address, where alone an org may have http.
    scheme, _, rest = server_of(environment).authorize.partition("://")
    url: str = client.prepare_request_uri(
        f"https://{rest}",
        redirect_uri=environment.redirect_uri,
        scope=list(scopes),
        state=state,
        **asked,
    )
    return f"{scheme}{url.removeprefix('https')}"
