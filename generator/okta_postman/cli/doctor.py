"""`okta-postman doctor`: asks the org, before anyone signs in, whether a manifest can work."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import FormatOption, ManifestFile
from okta_postman.cli.terminal import is_colored, say, say_no_problems, show_problems, usable
from okta_postman.problems import visible

if TYPE_CHECKING:
    from okta_postman.commands.doctor import Progress

_EXIT_CODES: Final = {
    "works": ExitCode.OK,
    "fails": ExitCode.CHECK_FAILED,
    "no response": ExitCode.ORG_UNAVAILABLE,
}
_COLORS: Final = {"yes": "green", "no": "red", "unknown": "yellow"}


def doctor(
    manifest: ManifestFile,
    environment: Annotated[
        str | None,
        typer.Option(
            "--environment",
            "-e",
            metavar="NAME",
            help="Environment to check, by name. [default: all]",
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Time to wait for a response."),
    ] = 10.0,
    form: FormatOption = "text",
) -> ExitCode:
    """Ask the org, without signing in, whether the manifest can work."""
    from okta_postman.commands.doctor import diagnose

    result = diagnose(manifest, environment, timeout, _show)
    verdict = usable(result, form, warnings=False)
    show_problems(result.checked, form, on_stdout=True)
    say_no_problems(result.checked)
    return _EXIT_CODES[verdict]


def _show(progress: Progress) -> None:
    say(f"{progress.environment.name}: {progress.environment.org}")
    for check in progress.checks:
        verdict = f"{check.verdict:<7}"
        if is_colored(sys.stderr):
            verdict = typer.style(verdict, fg=_COLORS[check.verdict], bold=True)
        typer.echo(f"  {verdict}  {visible(check.statement)}", err=True, color=True)
    say("")
