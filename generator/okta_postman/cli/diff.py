"""`okta-postman diff`: what changed in requests, scopes and environments, for a reviewer."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.terminal import show_findings

DiffFormat: TypeAlias = Literal["text", "markdown", "json", "github"]


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A description, a collection, or REV:PATH in git.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="The same; without it, OLD is compared with HEAD."),
    ] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="How changes are written.")] = "text",
    *,
    missing_ok: Annotated[
        bool, typer.Option("--missing-ok", help="A file may be new, or gone, in a revision.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if anything changed.")
    ] = False,
) -> int:
    """Say what changed in requests, scopes and environments."""
    from okta_postman.commands.pipeline import inventory_of
    from okta_postman.files.git import read_versions
    from okta_postman.reports.diff.formats import FORMATS
    from okta_postman.review.compare import compare

    versions = read_versions(old, new, missing_ok=missing_ok)
    (before, was), (after, is_now) = (inventory_of(each.shown, each.data) for each in versions)
    if before is None or after is None:
        show_findings([was, is_now], "text", asked_for=False)
        return 2
    changes = compare(before, after)
    typer.echo(FORMATS[form](changes, was.source, is_now.source), nl=False)
    return 1 if exit_code and changes.changed else 0
