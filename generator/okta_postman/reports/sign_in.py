"""The steps after a sign-in in the browser: from the final URL to a token."""

from __future__ import annotations

import shlex
from typing import Final

from okta_postman.manifest.model import Environment

_ADVICE = (
    "after you sign in, the token is in the address bar as access_token, and in the browser's "
    "history; Okta advises against this flow: leave out --implicit to use the one with a code"
)
SECRET_VARIABLE: Final = "OKTA_POSTMAN_CLIENT_SECRET"  # noqa: S105 - a name, not a secret
"""The environment variable with the client secret of a web app."""


def next_steps(environment: Environment, state: str, verifier: str) -> str:
    """The steps from the final URL to a token; without a verifier the URL already has the token."""
    check = f"the final URL must have state={state}"
    if not verifier:
        return f"{_ADVICE}; {check}\n"
    secret = ""
    if environment.app.is_confidential:
        secret = f"; the client secret is read from {SECRET_VARIABLE}"
    return (
        "after you sign in, the address bar has a code, which works once and for five minutes; "
        f"{check}\nexchange it for a token with this command{secret}\n\n"
        f"  CODE=...\n{_exchange(environment, verifier)}\n"
    )


def _exchange(environment: Environment, verifier: str) -> str:
    """The curl command that exchanges the code in `$CODE` for a token."""
    fields = {
        "grant_type": "authorization_code",
        "client_id": environment.app.client_id,
        "redirect_uri": environment.redirect_uri,
        "code_verifier": verifier,
    }
    options = [f"--data-urlencode {shlex.quote(f'{key}={value}')}" for key, value in fields.items()]
    options.append('--data-urlencode "code=$CODE"')
    url = shlex.quote(environment.authorization_server.token_url)
    command = f"curl {url}"
    if environment.app.is_confidential:
        # Other users of the machine can see the arguments of a command.
        command = f'printf %s "${SECRET_VARIABLE}" | {command}'
        options.append("--data-urlencode client_secret@-")
    return " \\\n    ".join([f"  {command}", *options])
