"""`okta-postman catalogue`: the catalogue of Okta's operations, made anew of Okta's documents."""

from __future__ import annotations

import functools
from typing import Annotated

import typer

from generator import files
from generator.cli.terminal import show_findings


def catalogue(
    documents: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Okta's OpenAPI documents.")
    ],
) -> int:
    """Print the catalogue that Okta's OpenAPI documents make."""
    from generator import intake  # noqa: PLC0415 - keeps --help quick
    from generator.openapi.catalogue import catalogue as spelled  # noqa: PLC0415

    apis = []
    for name in documents:
        data = files.read_input(name, files.LARGEST_API)
        beside = functools.partial(files.read_beside, name)
        api, checked = intake.api(files.shown(name), data, beside, examples=False)
        show_findings([each for each in checked if each.problems], "text", asked_for=False)
        if api is None:
            return 2
        apis.append(api)
    typer.echo(spelled(apis), nl=False)
    return 0
