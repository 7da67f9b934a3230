"""`okta-postman doctor`: asks the org whether a description can work, before anyone signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from generator import files
from generator.cli.options import DescriptionFile, EnvironmentOption, FormatOption
from generator.cli.terminal import colourful, say_all_is_well, show_findings
from generator.problems import visible

if TYPE_CHECKING:
    from generator.journey import Told
    from generator.model import Description, Environment


def doctor(
    file: DescriptionFile,
    environment: EnvironmentOption = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds to wait for each answer.")
    ] = 10.0,
    form: FormatOption = "text",
) -> int:
    """Ask the org, without signing in, whether this can work."""
    from generator import choice, journey, pipeline  # noqa: PLC0415 - keeps --help quick

    description, checked = pipeline.check(files.shown(file), files.read_input(file))
    if description is None:
        show_findings([checked], form, asked_for=False)
        return 2
    chosen = description.environments
    if environment is not None:
        chosen = (choice.environment_named(description, environment),)
    told = _told(description, chosen, timeout)
    result = journey.placed(checked, told)
    show_findings([result], form, asked_for=True)
    if not result.problems:
        say_all_is_well(1)
    if journey.got_no_answer(finding for _, finding in told):
        return 1 if journey.proves_an_error(finding for _, finding in told) else 3
    return 1 if result.refused else 0


def _told(description: Description, chosen: tuple[Environment, ...], timeout: float) -> list[Told]:
    """Ask, and say on the way what each answer proves."""
    from generator import journey  # noqa: PLC0415

    told: list[Told] = []
    for environment, checks in journey.preflights(description, chosen, timeout):
        typer.echo(f"{environment.name}: {environment.org}", err=True)
        for check in checks:
            _say(check.verdict, check.statement)
            told += [(environment, finding) for finding in check.findings]
        typer.echo(err=True)
    return told


_COLOURS = {"yes": "green", "no": "red", "unknown": "yellow"}


def _say(verdict: str, statement: str) -> None:
    import sys  # noqa: PLC0415

    painted = f"{verdict:<7}"
    if colourful(sys.stderr):
        painted = typer.style(painted, fg=_COLOURS[verdict], bold=True)
    typer.echo(f"  {painted}  {visible(statement)}", err=True, color=True)
