"""Puts the verbs together, and turns what goes wrong into sentences and exit codes."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Final, NoReturn

import typer

from okta_postman.cli.catalog import catalog
from okta_postman.cli.diff import diff
from okta_postman.cli.doctor import doctor
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
from okta_postman.cli.url import url
from okta_postman.problems import UserError, visible

UNUSABLE: Final = 2
DEFECT: Final = 70
INTERRUPTED: Final = 130
"""The exit codes of a run that could not be finished; a verb returns its own: 0, 1 or 2."""

_REPORT: Final = (
    "this is a defect of okta-postman, not of your file: please report it with this message and, "
    "if you can, the description; `okta-postman --debug` shows where it happened"
)

app = typer.Typer(
    name="okta-postman",
    help="Postman collections for Okta's APIs: OAuth 2.0 with PKCE and per-request scopes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it
    if asked:
        from importlib.metadata import version

        typer.echo(f"okta-postman {version('okta-postman')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show where a defect of this program happened.")
    ] = False,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options of the program itself; `_verb` looks for --debug when it is needed."""


def _verb(function: Callable[..., int], group: typer.Typer = app, *, hidden: bool = False) -> None:
    """Add a verb: what it returns is the exit code, what it raises becomes a sentence."""

    @wraps(function)
    def command(*arguments: object, **options: object) -> NoReturn:
        try:
            code = function(*arguments, **options)
        except UserError as problem:
            _say(visible(str(problem)))
            code = UNUSABLE
        except Exception as defect:  # noqa: BLE001 - one defect must not hide what else changed
            if "--debug" in sys.argv:
                sys.excepthook(type(defect), defect, defect.__traceback__)
            _say(f"{type(defect).__name__}: {visible(str(defect))}\n{_REPORT}")
            code = DEFECT
        raise typer.Exit(code)

    group.command(name=function.__name__, hidden=hidden)(command)


for function in (
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
    _verb(function)
_verb(catalog, hidden=True)  # for those who keep this program up to date

imports = typer.Typer(help="Make a description of what another format says.", no_args_is_help=True)
app.add_typer(imports, name="import")
_verb(openapi, imports)


def _say(sentence: str) -> None:
    typer.echo(f"okta-postman: {sentence}", err=True)


def _interrupted(_signal: int, _frame: object) -> NoReturn:
    sys.exit(INTERRUPTED)


def run() -> None:
    """Run the verb that the arguments name, and exit with its code."""
    signal.signal(signal.SIGINT, _interrupted)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe on Windows has but 256 letters
            stream.reconfigure(errors="backslashreplace")
    if hasattr(signal, "SIGPIPE") and os.name == "posix":
        # A reader that has seen enough, like `head`, is no error.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app()
