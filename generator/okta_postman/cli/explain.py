"""`okta-postman explain`: what a problem code means and how to fix it."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.problems import UserError


def explain(
    code: Annotated[
        str | None,
        typer.Argument(metavar="[CODE]", help="Code like R012; without it, list all codes."),
    ] = None,
) -> ExitCode:
    """Explain a problem code and how to fix it."""
    from okta_postman.reports import problem_pages

    if code is None:
        typer.echo(problem_pages.index(), nl=False)
        return ExitCode.OK
    page = problem_pages.explanation(code)
    if page is None:
        raise UserError(f"no problem has the code `{code}`; `okta-postman explain` lists them")
    typer.echo(page, nl=False)
    return ExitCode.OK
