"""`okta-postman matrix`: which request needs which scope in which environment."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.terminal import usable

MatrixFormat: TypeAlias = Literal["markdown", "csv", "html"]


def matrix(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="Manifest or collection; REV:PATH reads git."),
    ],
    form: Annotated[
        MatrixFormat, typer.Option("--format", help="Format of the matrix.")
    ] = "markdown",
) -> ExitCode:
    """Show which request needs which scope in which environment."""
    from okta_postman.commands.review import matrix_of
    from okta_postman.reports.matrix import FORMATS

    typer.echo(FORMATS[form](usable(matrix_of(file), warnings=False)), nl=False)
    return ExitCode.OK
