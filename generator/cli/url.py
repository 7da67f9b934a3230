"""`okta-postman url`: the address that begins a sign-in, for a private browser window."""

from __future__ import annotations

from typing import Annotated

import typer

from generator import files
from generator.cli.options import DescriptionFile, EnvironmentOption
from generator.cli.terminal import show_findings


def url(
    file: DescriptionFile,
    request: Annotated[
        str | None,
        typer.Argument(help="A request by name, METHOD /path, or scopes; without one, all scopes."),
    ] = None,
    environment: EnvironmentOption = None,
    *,
    implicit: Annotated[
        bool, typer.Option("--implicit", help="Use the flow that shows the token in the address.")
    ] = False,
) -> int:
    """Print the address to sign in at with a private browser window."""
    from generator import choice, journey, pipeline  # noqa: PLC0415 - keeps --help quick
    from generator.reports import sign_in as report  # noqa: PLC0415

    description, checked = pipeline.check(files.shown(file), files.read_input(file))
    show_findings([checked], "text", asked_for=False)
    if description is None:
        return 2
    chosen = choice.environment_named(description, environment)
    scopes = (
        choice.every_scope(description)
        if request is None
        else choice.scopes_named(description, request)
    )
    begun = journey.sign_in_url(chosen, scopes, implicit=implicit)
    typer.echo(begun.url)
    typer.echo(report.next_steps(chosen, begun.state, begun.verifier), err=True, nl=False)
    return 0
