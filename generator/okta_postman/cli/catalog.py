"""`okta-postman catalog`: the catalog of Okta's API, from Okta's OpenAPI documents."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.terminal import usable


def catalog(
    documents: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="OpenAPI documents of Okta's API.")
    ],
) -> ExitCode:
    """Print the catalog that Okta's OpenAPI documents make."""
    from okta_postman.commands import catalog as command

    typer.echo(usable(command.catalog(documents)), nl=False)
    return ExitCode.OK
