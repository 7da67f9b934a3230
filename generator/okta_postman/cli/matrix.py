"""`okta-postman matrix`: which request asks for which scope in which environment."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.terminal import show_findings

MatrixFormat: TypeAlias = Literal["markdown", "csv", "html"]


def matrix(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A description, a collection, or REV:PATH in git."),
    ],
    form: Annotated[
        MatrixFormat, typer.Option("--format", help="How the matrix is written.")
    ] = "markdown",
) -> int:
    """Show which request asks for which scope in which environment."""
    from okta_postman.commands.pipeline import inventory_of
    from okta_postman.files.git import read_present
    from okta_postman.reports.matrix import FORMATS
    from okta_postman.review.matrix import matrix as made_of

    version = read_present(file)
    found, checked = inventory_of(version.shown, version.data)
    if found is None:
        show_findings([checked], "text", asked_for=False)
        return 2
    typer.echo(FORMATS[form](made_of(found)), nl=False)
    return 0
