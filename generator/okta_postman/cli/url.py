"""`okta-postman url`: the address that begins a sign-in, for a private browser window."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.cli.options import DescriptionFile, EnvironmentOption
from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk


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
    from okta_postman.commands import lookup, pipeline, sign_in
    from okta_postman.reports import sign_in as report

    manifest, checked = pipeline.check(disk.shown(file), disk.read_input(file))
    show_findings([checked], "text", asked_for=False)
    if manifest is None:
        return 2
    chosen = lookup.environment_named(manifest, environment)
    scopes = (
        lookup.every_scope(manifest) if request is None else lookup.scopes_named(manifest, request)
    )
    begun = sign_in.sign_in_url(chosen, scopes, implicit=implicit)
    typer.echo(begun.url)
    typer.echo(report.next_steps(chosen, begun.state, begun.verifier), err=True, nl=False)
    return 0
