"""What verbs print: problems, in the format and colors that are wanted, and short messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import Format
from okta_postman.problems import Checked
from okta_postman.reports.text import text

if TYPE_CHECKING:
    from okta_postman.commands.result import Result

T = TypeVar("T")


def usable(result: Result[T], form: Format = "text", *, warnings: bool = True) -> T:
    """The value of a command; if its sources have errors, show them and exit with 2.

    Warnings alone are shown only if `warnings` is true.
    """
    if warnings or result.value is None:
        show_problems(result.checked, form, on_stdout=False)
    if result.value is None:
        raise typer.Exit(ExitCode.INVALID_INPUT)
    return result.value


def show_problems(results: Sequence[Checked], form: Format, *, on_stdout: bool) -> None:
    """Print problems: to stdout if a program reads them, or if they are what was asked for.

    Otherwise stdout is for something else, and they go to stderr.
    """
    if form == "text":
        stream = sys.stdout if on_stdout else sys.stderr
        typer.echo(text(results, color=is_colored(stream)), nl=False, file=stream, color=True)
        return
    from okta_postman.reports.machine import FORMATS

    typer.echo(FORMATS[form](results), nl=False)


def say(message: str) -> None:
    """Print a line for the person who waits: stdout is for data."""
    typer.echo(message, err=True)


def say_no_problems(results: Sequence[Checked]) -> None:
    """Say that there are no problems, if so: a program has nothing to read then."""
    if not any(checked.problems for checked in results):
        say(f"no problems in {len(results)} file{'s' * (len(results) != 1)}")


def say_lines(lines: Iterable[str]) -> None:
    """Print lines for the person who waits."""
    for line in lines:
        say(line)


def is_colored(stream: TextIO) -> bool:
    """Whether a stream takes colors. Source: no-color.org and force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
