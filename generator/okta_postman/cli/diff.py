"""`okta-postman diff`: what changed in requests, scopes and environments, for a reviewer."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.terminal import usable

DiffFormat: TypeAlias = Literal["text", "markdown", "json", "github"]


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="Manifest or collection; REV:PATH reads git.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="Newer version; without it, compare OLD with HEAD."),
    ] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="Format of the changes.")] = "text",
    *,
    missing_ok: Annotated[
        bool, typer.Option("--missing-ok", help="Allow a file to be missing from one revision.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if anything changed.")
    ] = False,
) -> ExitCode:
    """Show what changed in requests, scopes and environments."""
    from okta_postman.commands.review import compare_versions
    from okta_postman.reports.diff.formats import FORMATS

    result = compare_versions(old, new, missing_ok=missing_ok)
    changes = usable(result, warnings=False)
    before, after = result.checked
    typer.echo(FORMATS[form](changes, before.source, after.source), nl=False)
    return ExitCode.CHECK_FAILED if exit_code and changes.changed else ExitCode.OK
