"""`okta-postman migrate`: collections that use an API token, with OAuth 2.0 and PKCE instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import STDIN
from okta_postman.cli.terminal import say, say_lines, show_problems, usable
from okta_postman.problems import UserError

if TYPE_CHECKING:
    from okta_postman.commands.migrate import Migration

Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Collections and environments; - reads standard input."),
]
ManifestOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--manifest", "-m", metavar="MANIFEST", help="Manifest with the org, app and scopes."
    ),
]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="PATH", help="Write to this folder or file. [default: stdout]"
    ),
]
InPlace: TypeAlias = Annotated[
    bool, typer.Option("--in-place", "-i", help="Replace each FILE with its migrated version.")
]
Check: TypeAlias = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")
]
Diff: TypeAlias = Annotated[
    bool, typer.Option("--diff", help="Write nothing; show what would change.")
]
Strict: TypeAlias = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if the scopes of a request are unknown.")
]
RemoveUnknown: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--remove-unknown", help="Also remove API tokens from requests with unknown scopes."
    ),
]
ToManifest: TypeAlias = Annotated[
    bool, typer.Option("--to-manifest", help="Write a manifest of the collection instead.")
]
ReportFormat: TypeAlias = Annotated[
    Literal["text", "json", "markdown"],
    typer.Option("--format", help="Format of the report."),
]


def migrate(  # noqa: PLR0913 - a person gives a few of them, by name
    files: Files,
    manifest: ManifestOption,
    output: Output = None,
    *,
    in_place: InPlace = False,
    check: Check = False,
    diff: Diff = False,
    strict: Strict = False,
    remove_unknown: RemoveUnknown = False,
    to_manifest: ToManifest = False,
    form: ReportFormat = "text",
) -> ExitCode:
    """Replace API tokens in collections with OAuth 2.0 and PKCE."""
    from okta_postman.commands import migrate as command
    from okta_postman.reports import changes, migration

    if in_place and (output is not None or STDIN in files):
        raise UserError("--in-place needs files, and excludes --output")
    if (check or diff) and (in_place or form != "text"):
        raise UserError("--check and --diff write nothing: omit --in-place and --format")
    if to_manifest and (in_place or check or diff or strict or remove_unknown or form != "text"):
        raise UserError("--to-manifest writes no collection: of the options, it takes --output")
    if to_manifest:
        return _write_manifest(files, manifest, output)
    migrated = usable(command.migrate(files, manifest, output, remove_unknown=remove_unknown))
    strict_failed = strict and migrated.has_unknown_scopes
    if check or diff:
        outdated = _compare(migrated, check=check, diff=diff)
        failed = strict_failed or (check and outdated)
        return ExitCode.CHECK_FAILED if failed else ExitCode.OK
    on_stdout = output is None and not in_place
    if on_stdout:
        _print(migrated)
    else:
        command.write(migrated.changes)
        say_lines(changes.done(migrated.changes))
    typer.echo(migration.FORMATS[form](migrated.files), nl=False, err=on_stdout)
    return ExitCode.CHECK_FAILED if strict_failed else ExitCode.OK


def _compare(migrated: Migration, *, check: bool, diff: bool) -> bool:
    """Show what writing would change; whether it would change anything."""
    from okta_postman.reports import changes

    outdated = list(changes.not_migrated(migrated.changes))
    if diff:
        typer.echo(changes.diff(migrated.changes, migrated.secrets), nl=False)
    if check:
        show_problems(outdated, "text", on_stdout=not diff)
    return bool(outdated)


def _print(migrated: Migration) -> None:
    if len(migrated.files) > 1:
        raise UserError("several files cannot be printed; pass --output or --in-place")
    typer.echo(migrated.files[0].after or b"", nl=False)


def _write_manifest(files: Sequence[str], manifest: str, output: str | None) -> ExitCode:
    from okta_postman.commands.migrate import to_manifest

    created = usable(to_manifest(files, manifest, output))
    if output is None:
        typer.echo(created.text, nl=False)
    say(f"{created.requests} request{'s' * (created.requests != 1)} in the manifest")
    say(f"next: okta-postman generate {output or 'MANIFEST'}")
    return ExitCode.OK
