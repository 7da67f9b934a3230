"""`okta-postman doctor`: asks the org whether a description can work, before anyone signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from okta_postman.cli.options import DescriptionFile, EnvironmentOption, FormatOption
from okta_postman.cli.terminal import colourful, say_all_is_well, show_findings
from okta_postman.files import disk
from okta_postman.problems import visible

if TYPE_CHECKING:
    from okta_postman.commands.sign_in import Told
    from okta_postman.manifest.model import Environment, Manifest


def doctor(
    file: DescriptionFile,
    environment: EnvironmentOption = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds to wait for each answer.")
    ] = 10.0,
    form: FormatOption = "text",
) -> int:
    """Ask the org, without signing in, whether this can work."""
    from okta_postman.commands import lookup, pipeline, sign_in

    manifest, checked = pipeline.check(disk.shown(file), disk.read_input(file))
    if manifest is None:
        show_findings([checked], form, asked_for=False)
        return 2
    chosen = manifest.environments
    if environment is not None:
        chosen = (lookup.environment_named(manifest, environment),)
    told = _told(manifest, chosen, timeout)
    result = sign_in.placed(checked, told)
    show_findings([result], form, asked_for=True)
    if not result.problems:
        say_all_is_well(1)
    if sign_in.got_no_answer(finding for _, finding in told):
        return 1 if sign_in.proves_an_error(finding for _, finding in told) else 3
    return 1 if result.refused else 0


def _told(manifest: Manifest, chosen: tuple[Environment, ...], timeout: float) -> list[Told]:
    """Ask, and say on the way what each answer proves."""
    from okta_postman.commands import sign_in

    told: list[Told] = []
    for environment, checks in sign_in.preflights(manifest, chosen, timeout):
        typer.echo(f"{environment.name}: {environment.org}", err=True)
        for check in checks:
            _say(check.verdict, check.statement)
            told += [(environment, problem) for problem in check.problems]
        typer.echo(err=True)
    return told


_COLOURS = {"yes": "green", "no": "red", "unknown": "yellow"}


def _say(verdict: str, statement: str) -> None:
    import sys

    painted = f"{verdict:<7}"
    if colourful(sys.stderr):
        painted = typer.style(painted, fg=_COLOURS[verdict], bold=True)
    typer.echo(f"  {painted}  {visible(statement)}", err=True, color=True)
