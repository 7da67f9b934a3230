"""What goes to the terminal: findings in the format asked for, in colour where it is wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import typer

from okta_postman.cli.options import Format
from okta_postman.problems import Checked
from okta_postman.reports.text import text


def show_findings(results: Sequence[Checked], form: Format, *, asked_for: bool) -> None:
    """Write findings to stdout if they are what was asked for, or meant for a program.

    Otherwise they are messages about something else that was asked for, and go to stderr.
    """
    if form == "text":
        stream = sys.stdout if asked_for else sys.stderr
        typer.echo(text(results, color=colourful(stream)), nl=False, file=stream, color=True)
        return
    from okta_postman.reports.machine import FORMATS

    typer.echo(FORMATS[form](results), nl=False)


def say_all_is_well(count: int) -> None:
    """A word for the person who waits, where a program finds nothing to read."""
    typer.echo(f"no problems in {count} file{'s' * (count != 1)}", err=True)


def colourful(stream: TextIO) -> bool:
    """Whether a stream takes colour. Source: no-color.org and force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
