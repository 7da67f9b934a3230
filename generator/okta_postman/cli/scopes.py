"""`okta-postman scopes`: which scope a call needs, what a scope allows, and what to grant."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from okta_postman.cli.options import TableFormatOption
from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk
from okta_postman.problems import UserError


def scopes(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="A description, to see what its app must be granted."
        ),
    ] = None,
    operation: Annotated[
        str | None, typer.Option(metavar="ID", help="An operation id, or a part of one.")
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(
            metavar="PATH", help="A path or URL, or how it begins; GET /api/v1/users works too."
        ),
    ] = None,
    scope: Annotated[
        str | None, typer.Option(metavar="SCOPE", help="A scope, with or without its last word.")
    ] = None,
    form: TableFormatOption = "text",
) -> int:
    """Say which scope a call needs and what a scope allows."""
    from okta_postman.commands.scopes import search
    from okta_postman.reports import scopes as report
    from okta_postman.reports.tables import FORMATS

    asked = [each for each in (operation, path, scope) if each is not None]
    if file is not None:
        if asked:
            raise UserError("a description or a search, not both: leave out FILE or the options")
        return _of_description(file, form)
    if not asked:
        typer.echo(FORMATS[form](report.scope_rows()), nl=False)
        return 0
    found = search(operation, path, scope)
    typer.echo(FORMATS[form](report.operation_rows(found.operations)), nl=False)
    if found.operations:
        return 0
    hint = f"; did you mean {found.suggestion}?" if found.suggestion else ""
    typer.echo(f"no operation of Okta's documents has {' and '.join(asked)}{hint}", err=True)
    return 1


def _of_description(file: str, form: str) -> int:
    from okta_postman.commands.pipeline import check
    from okta_postman.commands.scopes import option_for
    from okta_postman.reports.scopes import grant_rows
    from okta_postman.reports.tables import FORMATS

    try:
        data = disk.read_input(file)
    except UserError as problem:
        option = option_for(file)
        hint = f"; to search, write `{option} {shlex.quote(file)}`" if option else ""
        raise UserError(f"{problem}{hint}") from None
    manifest, checked = check(disk.shown(file), data)
    show_findings([checked], "text", asked_for=False)
    if manifest is None:
        return 2
    typer.echo(FORMATS[form](grant_rows(manifest)), nl=False)
    return 0
