"""`okta-postman login`: signs in through the browser, and prints an access token."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from typing import Annotated, Final, TypeAlias

import typer

from okta_postman.cli.browser import opened
from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import EnvironmentOption, ManifestFile
from okta_postman.cli.terminal import say, show_problems, usable
from okta_postman.problems import UserError

_LONGEST: Final = 24 * 60 * 60


ScopeOption: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="SCOPE", help="Scope to request (repeatable).")
]
RequestOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="REQUEST", help="Use the scopes of one request: its name, METHOD /path or scopes."
    ),
]
EnvFile: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Write the token into this Postman environment instead."),
]
Timeout: TypeAlias = Annotated[
    float,
    typer.Option(min=0.1, max=_LONGEST, metavar="SECONDS", help="Time to wait for the sign-in."),
]
AllScopes: TypeAlias = Annotated[
    bool, typer.Option("--all", help="Request every scope of the manifest.")
]
Browser: TypeAlias = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open a browser, or paste the final URL.")
]


def login(  # noqa: PLR0913, PLR0917 - a person gives a few of them, by name
    manifest: ManifestFile,
    environment: EnvironmentOption = None,
    scope: ScopeOption = None,
    request: RequestOption = None,
    env_file: EnvFile = None,
    timeout: Timeout = 300.0,
    *,
    every: AllScopes = False,
    browser: Browser = True,
) -> ExitCode:
    """Sign in through the browser and print an access token."""
    from okta_postman.commands import sign_in as command
    from okta_postman.commands.check import check_file

    source = usable(check_file(manifest))
    wanted = command.token_request(
        source, environment, scope or (), request, all_scopes=every, env_file=env_file
    )
    secret = _client_secret() if wanted.environment.app.is_confidential else ""
    redirect_uri = wanted.environment.redirect_uri
    if browser and command.can_listen(wanted):
        show = functools.partial(_show, timeout)
        token = command.token_by_listening(wanted, secret, show, timeout)
    else:
        token = command.token_by_pasting(
            wanted, secret, functools.partial(_pasted, redirect_uri, browser=browser)
        )
    if token.value is None:
        show_problems(token.checked, "text", on_stdout=False)
        return ExitCode.CHECK_FAILED if token.lacks_scopes else ExitCode.ORG_UNAVAILABLE
    if wanted.file is None:
        typer.echo(token.value)
        return ExitCode.OK
    may_be_committed = command.write_token(wanted, wanted.file, token.value)
    say(f"wrote {wanted.file.as_posix()}, with the token in it")
    if may_be_committed:
        say(f"git doesn't ignore it yet: add {wanted.file.name} to .gitignore")
    return ExitCode.OK


def _client_secret() -> str:
    """The client secret of a web app, from the environment variable or typed unseen.

    Raises UserError if there is neither.
    """
    from okta_postman.reports.sign_in import SECRET_VARIABLE

    secret = os.environ.get(SECRET_VARIABLE, "")
    if not secret and sys.stdin is not None and sys.stdin.isatty():
        import getpass

        with contextlib.suppress(EOFError):
            secret = getpass.getpass("client secret (not shown): ", sys.stderr)
    if not secret:
        raise UserError(
            f"a web app has a client secret: set it in the environment variable {SECRET_VARIABLE}"
        )
    return secret


def _show(timeout: float, url: str) -> None:
    """Open the URL in the browser: this machine receives the response."""
    say(
        f"sign in with the browser that opens; if none does, open\n\n  {url}\n\n"
        f"waiting {timeout:g} seconds for the response ..."
    )
    opened(url)  # a browser in the terminal can keep this busy for long


def _pasted(redirect_uri: str, url: str, *, browser: bool) -> str:
    """The final URL, which a person pastes after the sign-in."""
    if browser:
        say(
            f"can't listen at {redirect_uri}; paste the final URL, or use an environment with a "
            "registered `redirect_uri: http://localhost:8080/callback`"
        )
    say(
        f"sign in at\n\n  {url}\n\nand paste the final URL from the address bar, which begins with "
        f"{redirect_uri}:"
    )
    if browser:
        opened(url)
    line = "" if sys.stdin is None else sys.stdin.readline().strip()
    if not line:
        raise UserError("nothing was pasted: stdin has ended, or its first line is empty")
    if "?" not in line:
        raise UserError("the pasted URL has no `?`: paste all of it, with what follows the `?`")
    return line
