"""`okta-postman login`: signs in through the browser, and prints an access token."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from okta_postman.cli.browser import opened
from okta_postman.cli.options import DescriptionFile, EnvironmentOption
from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk
from okta_postman.problems import UserError

if TYPE_CHECKING:
    from okta_postman.manifest.model import Environment, Manifest
    from okta_postman.org.sign_in import SignIn

SECRET_VARIABLE: Final = "OKTA_POSTMAN_CLIENT_SECRET"  # noqa: S105 - where it is, not what it is

LONGEST: Final = 24 * 60 * 60


def login(  # noqa: PLR0913, PLR0917 - the arguments of a verb
    file: DescriptionFile,
    environment: EnvironmentOption = None,
    scope: Annotated[
        list[str] | None, typer.Option(help="A scope to ask for; give it again for more.")
    ] = None,
    request: Annotated[
        str | None, typer.Option(help="A request by name, METHOD /path, or scopes.")
    ] = None,
    env_file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the token into this Postman environment instead."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, max=LONGEST, help="Seconds that the sign-in may take.")
    ] = 300.0,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Ask for every scope of the description.")
    ] = False,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser, or paste its answer.")
    ] = True,
) -> int:
    """Sign in through the browser and print an access token."""
    from okta_postman.commands import lookup, pipeline, sign_in
    from okta_postman.files import secret_file
    from okta_postman.org.problem import OrgError

    manifest, checked = pipeline.check(disk.shown(file), disk.read_input(file))
    show_findings([checked], "text", asked_for=False)
    if manifest is None:
        return 2
    chosen = lookup.environment_named(manifest, environment)
    scopes = lookup.scopes_to_ask(manifest, scope or [], request, every=every)
    target = _target(manifest, env_file)
    secret = _secret(chosen)
    try:
        token = sign_in.signed_in(
            chosen, scopes, secret, lambda begun: _answer(begun, timeout, browser=browser)
        )
    except OrgError as stopped:
        alone = checked._replace(problems=())
        result = sign_in.placed(alone, [(chosen, stopped.problem)])
        show_findings([result], "text", asked_for=False)
        return 1 if sign_in.is_shortfall(stopped.problem) else 3
    if target is None:
        typer.echo(token)
    else:
        before = disk.read_existing(target)
        secret_file.write(target, sign_in.token_file(manifest, chosen, before, token))
        _say_written(target)
    return 0


def _target(manifest: Manifest, env_file: str | None) -> Path | None:
    """The file for the token; refused before anyone signs in if it is one that is committed."""
    from okta_postman.commands import sign_in
    from okta_postman.files import secret_file

    if env_file is None:
        return None
    path = Path(env_file)
    if path.name in sign_in.generated_names(manifest):
        raise UserError(
            f"{path.as_posix()} is a file that `generate` writes and people commit: name another "
            "one for the token"
        )
    secret_file.refuse_tracked(path)
    disk.folder_of(path.as_posix(), None)
    sign_in.refuse_other(path.as_posix(), disk.read_existing(path))
    return path


def _say_written(path: Path) -> None:
    from okta_postman.files import secret_file

    typer.echo(f"wrote {path.as_posix()}, with the token in it", err=True)
    if secret_file.may_be_committed(path):
        typer.echo(f"git does not ignore it yet: add {path.name} to .gitignore", err=True)


def _secret(environment: Environment) -> str:
    """The client secret of a web app, from the environment variable or typed unseen."""
    if not environment.app.is_confidential:
        return ""
    secret = os.environ.get(SECRET_VARIABLE, "")
    if not secret and sys.stdin is not None and sys.stdin.isatty():
        import getpass

        with contextlib.suppress(EOFError):
            secret = getpass.getpass("client secret (it is not shown): ", sys.stderr)
    if not secret:
        raise UserError(
            f"a web app has a client secret: put it into the environment variable {SECRET_VARIABLE}"
        )
    return secret


def _answer(begun: SignIn, timeout: float, *, browser: bool) -> str:
    """The address that the browser is sent to after a sign-in."""
    from okta_postman.commands import sign_in

    if not browser or not sign_in.waits_here(begun.environment):
        return _pasted(begun.environment, begun.url, browser=browser)
    return sign_in.through_browser(begun, timeout, lambda: _show(begun.url, timeout))


def _show(url: str, timeout: float) -> None:
    typer.echo(
        f"sign in with the browser that opens; if none does, open\n\n  {url}\n\n"
        f"waiting {timeout:g} seconds for its answer ...",
        err=True,
    )
    opened(url)  # which a browser in the terminal may do for long


def _pasted(environment: Environment, url: str, *, browser: bool) -> str:
    here = environment.redirect_uri
    if browser:
        typer.echo(
            f"this machine cannot wait at {here}, so the answer is to be pasted; an environment "
            "with a registered `redirect_uri: http://localhost:8080/callback` needs no pasting",
            err=True,
        )
    typer.echo(
        f"sign in at\n\n  {url}\n\nand paste the address of the page where it ends, which begins "
        f"with {here}:",
        err=True,
    )
    if browser:
        opened(url)
    line = "" if sys.stdin is None else sys.stdin.readline().strip()
    if not line:
        raise UserError("nothing was pasted: stdin has ended, or its first line is empty")
    if "?" not in line:
        raise UserError("what was pasted has no `?`: paste the whole address, with what follows it")
    return line
