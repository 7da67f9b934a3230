"""`okta-postman scopes`: which scope a call needs, what a scope allows, and what to grant."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from generator import files
from generator.cli.options import TableFormatOption
from generator.cli.terminal import show_findings
from generator.problems import Unusable


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
    from generator.reports import scopes as report  # noqa: PLC0415 - keeps --help quick
    from generator.reports.tables import FORMATS  # noqa: PLC0415

    asked = [each for each in (operation, path, scope) if each is not None]
    if file is not None:
        if asked:
            raise Unusable("a description or a search, not both: leave out FILE or the options")
        return _of_description(file, form)
    rows = report.operation_rows(report.search(operation, path, scope)) if asked else None
    typer.echo(FORMATS[form](report.scope_rows() if rows is None else rows), nl=False)
    if rows == []:
        guess = report.meant(operation, path, scope) if len(asked) == 1 else None
        hint = f"; did you mean {guess}?" if guess else ""
        typer.echo(f"no operation of Okta's documents has {' and '.join(asked)}{hint}", err=True)
    return 1 if rows == [] else 0


def _of_description(file: str, form: str) -> int:
    from generator.pipeline import check  # noqa: PLC0415
    from generator.reports.scopes import grant_rows, option_for  # noqa: PLC0415
    from generator.reports.tables import FORMATS  # noqa: PLC0415

    try:
        data = files.read_input(file)
    except Unusable as problem:
        option = option_for(file)
        hint = f"; to search, write `{option} {shlex.quote(file)}`" if option else ""
        raise Unusable(f"{problem}{hint}") from None
    description, checked = check(files.shown(file), data)
    show_findings([checked], "text", asked_for=False)
    if description is None:
        return 2
    typer.echo(FORMATS[form](grant_rows(description)), nl=False)
    return 0
