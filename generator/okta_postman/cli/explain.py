"""`okta-postman explain`: what a problem code means, with a wrong and a right example."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.problems import UserError


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code like R012; without one, they are all listed.")
    ] = None,
) -> int:
    """Say what a problem code means."""
    from okta_postman.reports import problem_pages

    if code is None:
        typer.echo(problem_pages.index(), nl=False)
        return 0
    found = problem_pages.explanation(code)
    if found is None:
        raise UserError(f"no problem has the code `{code}`; `okta-postman explain` lists them")
    typer.echo(found, nl=False)
    return 0
