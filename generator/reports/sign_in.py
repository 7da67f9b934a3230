"""What a person does after the browser has come back from a sign-in."""

from __future__ import annotations

import shlex

from generator.model import Environment

_ADVICE = (
    "after signing in, the token stands in the address bar as access_token, and in the history of "
    "the browser; Okta advises against this flow: use the one with a code, without --implicit"
)


def next_steps(environment: Environment, state: str, verifier: str) -> str:
    """What to do with the answer; without a verifier it is the token itself."""
    check = f"the answer must have state={state}"
    if not verifier:
        return f"{_ADVICE}; {check}\n"
    return (
        "after signing in, the address bar has a code, which is good once and for five minutes; "
        f"{check}\nexchange it for a token with\n\n  CODE=...\n{_exchange(environment, verifier)}\n"
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
    if environment.app.is_confidential:
        typed.append('--data-urlencode "client_secret=$CLIENT_SECRET"')
    url = environment.authorization_server.token_url
    return " \\\n    ".join([f"  curl {shlex.quote(url)}", *typed])
