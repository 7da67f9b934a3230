"""The first step of a sign-in: the URL for the browser, and what its response must match."""

from __future__ import annotations

import secrets
from collections.abc import Container
from typing import Final, NamedTuple

from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import MobileApplicationClient, WebApplicationClient

from okta_postman.manifest.model import Environment
from okta_postman.operation import ScopeSet
from okta_postman.org.server import server_of

VERIFIER_LENGTH: Final = 64


class SignIn(NamedTuple):
    """A sign-in that was started; `verifier` is empty in the implicit flow, which has none."""

    environment: Environment
    scopes: ScopeSet
    url: str
    state: str
    verifier: str = ""


def authorization_code(environment: Environment, scopes: ScopeSet, prompt: str = "") -> SignIn:
    """Start the authorization code flow with PKCE; with `prompt`, /authorize gets it too.

    Source: RFC 6749, 4.1, and RFC 7636.
    """
    client = WebApplicationClient(environment.app.client_id)
    verifier = client.create_code_verifier(VERIFIER_LENGTH)
    state = secrets.token_urlsafe(16)
    parameters = {
        "code_challenge": client.create_code_challenge(verifier, "S256"),
        "code_challenge_method": "S256",
        **({"prompt": prompt} if prompt else {}),
    }
    url = _url(client, environment, scopes, state, parameters)
    return SignIn(environment, scopes, url, state, verifier)


def implicit(environment: Environment, scopes: ScopeSet) -> SignIn:
    """Start the implicit flow of Okta's guide, which shows the token in the address bar.

    Source: RFC 6749, 4.2; RFC 9700, 2.1.2 advises against it.
    """
    state = secrets.token_urlsafe(16)
    parameters = {"response_mode": "fragment", "nonce": secrets.token_urlsafe(16)}
    client = MobileApplicationClient(environment.app.client_id)
    return SignIn(environment, scopes, _url(client, environment, scopes, state, parameters), state)


def _added(environment: Environment, taken: Container[str]) -> list[tuple[str, str]]:
    """The parameters that the manifest adds, without those that are taken and empty ones.

    A server must treat an empty one as omitted. Source: RFC 6749, 3.1.
    """
    added = environment.sign_in_parameters
    return [(name, value) for name, value in added if value and name not in taken]


def _url(
    client: WebApplicationClient | MobileApplicationClient,
    environment: Environment,
    scopes: ScopeSet,
    state: str,
    parameters: dict[str, str],
) -> str:
    """The URL of /authorize for a client, with further parameters."""
    # oauthlib refuses http, which an org on a loopback address may have.
    scheme, _, rest = server_of(environment).authorize.partition("://")
    url: str = client.prepare_request_uri(
        f"https://{rest}",
        redirect_uri=environment.redirect_uri,
        scope=list(scopes),
        state=state,
        **parameters,
    )
    # Not as keywords: a parameter may be called like one of oauthlib's own.
    url = add_params_to_uri(url, _added(environment, parameters))
    return f"{scheme}{url.removeprefix('https')}"
