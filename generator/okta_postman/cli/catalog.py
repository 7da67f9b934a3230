"""`okta-postman catalog`: the catalog of Okta's operations, made anew of Okta's documents."""

from __future__ import annotations

import functools
from typing import Annotated

import typer

from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk


def catalog(
    documents: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Okta's OpenAPI documents.")
    ],
) -> int:
    """Print the catalog that Okta's OpenAPI documents make."""
    from okta_postman.commands import import_openapi
    from okta_postman.commands.catalog import catalog_text

    apis = []
    for name in documents:
        data = disk.read_input(name, disk.LARGEST_API)
        beside = functools.partial(disk.read_beside, name)
        api, checked = import_openapi.api(disk.shown(name), data, beside, examples=False)
        show_findings([each for each in checked if each.problems], "text", asked_for=False)
        if api is None:
            return 2
        apis.append(api)
    typer.echo(catalog_text(apis), nl=False)
    return 0
