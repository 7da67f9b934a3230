"""`okta-postman generate`: a collection and its environments for each manifest."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import FormatOption, ManifestFiles
from okta_postman.cli.terminal import say_lines, show_problems, usable


def generate(
    manifests: ManifestFiles,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Write into this folder. [default: beside MANIFEST]",
        ),
    ] = None,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit with 1 if a file is out of date."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change.")
    ] = False,
    form: FormatOption = "text",
) -> ExitCode:
    """Generate a collection and its environments."""
    from okta_postman.commands import generate as command
    from okta_postman.reports import changes as report

    result = command.generate(manifests, output)
    changes = usable(result, form, warnings=False)
    every = [change for listed in changes.values() for change in listed]
    if not check and not diff:
        show_problems(result.checked, form, on_stdout=False)
        command.write(changes)
        say_lines(report.done(every))
        return ExitCode.OK
    outdated = [
        problem for name, listed in changes.items() for problem in report.findings(listed, name)
    ]
    if diff:
        typer.echo(report.diff(every), nl=False)
    if check:
        show_problems([*result.checked, *outdated], form, on_stdout=not diff)
    else:
        show_problems(result.checked, "text", on_stdout=False)
    if not outdated:
        say_lines(report.done(every))
    return ExitCode.CHECK_FAILED if check and outdated else ExitCode.OK
