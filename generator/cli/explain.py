"""`okta-postman explain`: what a problem code means, with a wrong and a right example."""

from __future__ import annotations

from typing import Annotated

import typer

from generator.problems import Unusable


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code like R012; without one, they are all listed.")
    ] = None,
) -> int:
    """Say what a problem code means."""
    from generator.reports import explanations  # noqa: PLC0415 - keeps --help quick

    if code is None:
        typer.echo(explanations.index(), nl=False)
        return 0
    found = explanations.explanation(code)
    if found is None:
        raise Unusable(f"no problem has the code `{code}`; `okta-postman explain` lists them")
    typer.echo(found, nl=False)
    return 0
