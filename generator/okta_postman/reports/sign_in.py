"""What a person does after the browser has come back from a sign-in."""

from __future__ import annotations

import shlex
from typing import Final

from okta_postman.manifest.model import Environment

_ADVICE = (
    "after signing in, the token stands in the address bar as access_token, and in the history of "
    "the browser; Okta advises against this flow: use the one with a code, without --implicit"
)
SECRET_VARIABLE: Final = "OKTA_POSTMAN_CLIENT_SECRET"  # noqa: S105 - where it is, not what it is
"""The environment variable that the client secret of a web app is read from."""


def next_steps(environment: Environment, state: str, verifier: str) -> str:
    """What to do with the answer; without a verifier it is the token itself."""
    check = f"the answer must have state={state}"
    if not verifier:
        return f"{_ADVICE}; {check}\n"
    with_ = "with"
    if environment.app.is_confidential:
        with_ = f"with what follows; the client secret is read from {SECRET_VARIABLE}"
    return (
        "after signing in, the address bar has a code, which is good once and for five minutes; "
        f"{check}\nexchange it for a token {with_}\n\n"
        f"  CODE=...\n{_exchange(environment, verifier)}\n"
    )


def _exchange(environment: Environment, verifier: str) -> str:
    fields = {
        "grant_type": "authorization_code",
        "client_id": environment.app.client_id,
        "redirect_uri": environment.redirect_uri,
        "code_verifier": verifier,
    }
    typed = [f"--data-urlencode {shlex.quote(f'{key}={value}')}" for key, value in fields.items()]
    typed.append('--data-urlencode "code=$CODE"')
    url = shlex.quote(environment.authorization_server.token_url)
    command = f"curl {url}"
    if environment.app.is_confidential:
        # What a program is called with, others on the machine can see.
        command = f'printf %s "${SECRET_VARIABLE}" | {command}'
        typed.append("--data-urlencode client_secret@-")
    return " \\\n    ".join([f"  {command}", *typed])
