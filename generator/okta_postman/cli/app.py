"""Puts the verbs together, and turns errors into one sentence and an exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import Annotated, Final, NoReturn

import typer
from typer.core import TyperGroup

from okta_postman.cli.catalog import catalog
from okta_postman.cli.diff import diff
from okta_postman.cli.doctor import doctor
from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.explain import explain
from okta_postman.cli.generate import generate
from okta_postman.cli.grants import grants
from okta_postman.cli.import_ import openapi
from okta_postman.cli.init import init
from okta_postman.cli.lint import lint
from okta_postman.cli.login import login
from okta_postman.cli.matrix import matrix
from okta_postman.cli.migrate import migrate
from okta_postman.cli.schema import schema
from okta_postman.cli.scopes import scopes
from okta_postman.cli.terminal import say
from okta_postman.cli.url import url
from okta_postman.problems import UserError, visible

_REPORT: Final = (
    "this is a bug in okta-postman, not in your file: please report it with this message and, if "
    "you can, the manifest; `okta-postman --debug` shows where it happened"
)


class _Program(TyperGroup):
    """Runs a verb; what it returns is the exit code."""

    def invoke(self, ctx: typer.Context) -> NoReturn:  # type: ignore[override] # Typer's own kind
        try:
            code = super().invoke(ctx)
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except UserError as error:
            say(f"okta-postman: {visible(str(error))}")
            code = ExitCode.INVALID_INPUT
        except Exception as error:  # noqa: BLE001 - a bug ends in a sentence, too
            if ctx.obj == _DEBUG:
                sys.excepthook(type(error), error, error.__traceback__)
            say(f"okta-postman: {type(error).__name__}: {visible(str(error))}\n{_REPORT}")
            code = ExitCode.INTERNAL_ERROR
        raise typer.Exit(code)


_DEBUG: Final = "debug"
"""The object of Typer's context with --debug."""

app = typer.Typer(
    name="okta-postman",
    cls=_Program,
    help="Generate Postman collections for Okta's APIs: OAuth 2.0 with PKCE, scopes per request.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it
    if wanted:
        from importlib.metadata import version

        typer.echo(f"okta-postman {version('okta-postman')}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of a bug in this program.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options of the program itself."""
    context.obj = _DEBUG if debug else None


for verb in (
    init,
    generate,
    lint,
    doctor,
    url,
    login,
    diff,
    grants,
    matrix,
    scopes,
    migrate,
    schema,
    explain,
):
    app.command()(verb)
app.command(hidden=True)(catalog)  # for those who keep this program up to date

imports = typer.Typer(help="Create a manifest from another format.", no_args_is_help=True)
app.add_typer(imports, name="import")
imports.command()(openapi)


def _interrupted(_signal: int, _frame: object) -> NoReturn:
    sys.exit(ExitCode.INTERRUPTED)


def run() -> None:
    """Run the verb that the arguments name, and exit with its code."""
    signal.signal(signal.SIGINT, _interrupted)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # on Windows a pipe encodes 256 characters
            stream.reconfigure(errors="backslashreplace")
    if hasattr(signal, "SIGPIPE") and os.name == "posix":
        # A reader that stops early, like `head`, is no error.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app()
