"""`okta-postman url`: the URL that begins a sign-in, for a private browser window."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import EnvironmentOption, ManifestFile
from okta_postman.cli.terminal import usable


def url(
    manifest: ManifestFile,
    request: Annotated[
        str | None,
        typer.Argument(
            metavar="[REQUEST]",
            help="Request to sign in for: its name, METHOD /path or scopes. [default: all scopes]",
        ),
    ] = None,
    environment: EnvironmentOption = None,
    *,
    implicit: Annotated[
        bool, typer.Option("--implicit", help="Use the implicit flow (token in the URL).")
    ] = False,
) -> ExitCode:
    """Print the URL to sign in at with a private browser window."""
    from okta_postman.commands.check import check_file
    from okta_postman.commands.sign_in import sign_in_url
    from okta_postman.reports import sign_in as report

    source = usable(check_file(manifest))
    sign_in = sign_in_url(source.manifest, environment, request, use_implicit=implicit)
    typer.echo(sign_in.url)
    steps = report.next_steps(sign_in.environment, sign_in.state, sign_in.verifier)
    typer.echo(steps, err=True, nl=False)
    return ExitCode.OK
