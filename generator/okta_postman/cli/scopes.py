"""`okta-postman scopes`: which scope a request needs, what a scope allows, and what to grant."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import TableFormatOption
from okta_postman.cli.terminal import say, usable
from okta_postman.problems import UserError


def scopes(
    manifest: Annotated[
        str | None,
        typer.Argument(
            metavar="[MANIFEST]", help="Manifest; list the scopes that its app must be granted."
        ),
    ] = None,
    operation: Annotated[
        str | None, typer.Option(metavar="ID", help="Operation ID, or a part of it.")
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(
            metavar="PATH", help="Path or URL, or its beginning; a method can precede it."
        ),
    ] = None,
    scope: Annotated[
        str | None, typer.Option(metavar="SCOPE", help="Scope, with or without .read or .manage.")
    ] = None,
    form: TableFormatOption = "text",
) -> ExitCode:
    """Look up which scope an endpoint needs, or what a scope allows."""
    from okta_postman.commands.scopes import search
    from okta_postman.reports import scopes as report
    from okta_postman.reports.tables import FORMATS

    searched = [text for text in (operation, path, scope) if text is not None]
    if manifest is not None:
        if searched:
            raise UserError("pass a manifest or a search, not both: omit MANIFEST or the options")
        return _of_manifest(manifest, form)
    if not searched:
        typer.echo(FORMATS[form](report.scope_rows()), nl=False)
        return ExitCode.OK
    result = search(operation, path, scope)
    typer.echo(FORMATS[form](report.operation_rows(result.operations)), nl=False)
    if result.operations:
        return ExitCode.OK
    hint = f"; did you mean {result.suggestion}?" if result.suggestion else ""
    say(f"no operation in the API catalog has {' and '.join(searched)}{hint}")
    return ExitCode.CHECK_FAILED


def _of_manifest(path: str, form: str) -> ExitCode:
    from okta_postman.commands.check import check_file
    from okta_postman.commands.scopes import option_for
    from okta_postman.reports.scopes import grant_rows
    from okta_postman.reports.tables import FORMATS

    try:
        result = check_file(path)
    except UserError as error:
        option = option_for(path)
        hint = f"; to search, write `{option} {shlex.quote(path)}`" if option else ""
        raise UserError(f"{error}{hint}") from None
    typer.echo(FORMATS[form](grant_rows(usable(result).manifest)), nl=False)
    return ExitCode.OK
