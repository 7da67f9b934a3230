"""`okta-postman migrate`: collections that use an API token, with OAuth 2.0 and PKCE instead."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk
from okta_postman.files.write import write_new
from okta_postman.problems import UserError

if TYPE_CHECKING:
    from okta_postman.files.sync import Change
    from okta_postman.manifest.model import Manifest
    from okta_postman.migrate.run import Migrated


Inputs: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Collections and environments; - reads standard input."),
]
Describing: TypeAlias = Annotated[
    str,
    typer.Option("--manifest", "-m", metavar="FILE", help="Manifest with the org, app and scopes."),
]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write here: a folder, or one file."),
]
InPlace: TypeAlias = Annotated[
    bool, typer.Option("--in-place", "-i", help="Write each file where it is.")
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
    bool, typer.Option("--remove-unknown", help="Take the API token from those requests, too.")
]
ToManifest: TypeAlias = Annotated[
    bool, typer.Option("--to-manifest", help="Write a manifest of the collection instead.")
]
ReportFormat: TypeAlias = Annotated[
    Literal["text", "json", "markdown"],
    typer.Option("--format", help="How the report is written."),
]


def migrate(  # noqa: PLR0913 - a person gives a few of them, by name
    inputs: Inputs,
    description: Describing,
    output: Output = None,
    *,
    in_place: InPlace = False,
    check: Check = False,
    diff: Diff = False,
    strict: Strict = False,
    remove_unknown: RemoveUnknown = False,
    to_manifest: ToManifest = False,
    form: ReportFormat = "text",
) -> int:
    """Replace API tokens in collections by OAuth 2.0 with PKCE."""
    from okta_postman.reports import migration

    if in_place and (output is not None or disk.STDIN in inputs):
        raise UserError("--in-place needs files, and excludes --output")
    if (check or diff) and (in_place or form != "text"):
        raise UserError("--check and --diff write nothing: leave out --in-place and --format")
    if to_manifest and (in_place or check or diff or strict or remove_unknown or form != "text"):
        raise UserError("--to-manifest writes no collection: of the options, it takes --output")
    described = _described(description)
    if described is None:
        return 2
    names = list({str(Path(name)): name for name in inputs}.values())
    if to_manifest:
        return _describe(names, described, output)
    places = _places(names, output, description)
    done = _migrated(names, described, remove_unknown=remove_unknown)
    results = [each.checked for each in done]
    show_findings(results, "text", asked_for=False)
    if any(result.refused for result in results):
        return 2
    changes = _changes(done, places, output)
    missing = 1 if strict and _unknown(done) else 0
    if check or diff:
        return max(missing, _compare(done, changes, check=check, diff=diff))
    on_stdout = output is None and not in_place
    if on_stdout:
        _print(done)
    else:
        _write(changes)
    typer.echo(migration.FORMATS[form](done), nl=False, err=on_stdout)
    return missing


def _described(name: str) -> Manifest | None:
    from okta_postman.commands import pipeline

    found, checked = pipeline.check(disk.shown(name), disk.read_input(name))
    if checked.refused:
        show_findings([checked], "text", asked_for=False)
    return found


def _migrated(names: list[str], described: Manifest, *, remove_unknown: bool) -> list[Migrated]:
    from okta_postman.migrate.run import migrate as run

    return run(_read(names), described, remove_unknown=remove_unknown)


def _read(names: list[str]) -> list[tuple[str, bytes]]:
    from okta_postman.postman.existing.file import LARGEST

    return [(disk.shown(name), disk.read_input(name, LARGEST)) for name in names]


def _places(names: list[str], output: str | None, description: str) -> list[Path]:
    """Where each file is written to; refused before any work if that cannot be."""
    places = [disk.place_of(name, output, alone=len(names) == 1) for name in names]
    if output and os.path.realpath(description) in map(os.path.realpath, places):
        raise UserError(f"{disk.shown(description)}: is the description; write elsewhere")
    if output and len({each.name.casefold() for each in places}) < len(places):
        raise UserError("two of the files have the same name; migrate them into two folders")
    return places


def _changes(done: list[Migrated], places: list[Path], output: str | None) -> list[Change]:
    from okta_postman.files.sync import replacement

    return [
        replacement(
            path,
            file.before if output is None else disk.read_existing(path),
            file.after or b"",
            file.before,
        )
        for path, file in zip(places, done, strict=True)
    ]


def _write(changes: list[Change]) -> None:
    """Write what differs, to where links lead; a file that is read-only stays, and all others."""
    from okta_postman.files import sync as folder
    from okta_postman.reports import changes as report

    listed = [change._replace(path=disk.target_of(change.path)) for change in changes]
    disk.refuse_read_only(each.path for each in listed if each.state != "up to date")
    folder.apply(listed)
    for line in report.done(changes):
        typer.echo(line, err=True)


def _compare(done: list[Migrated], changes: list[Change], *, check: bool, diff: bool) -> int:
    from okta_postman.reports import changes as report

    outdated = list(report.not_migrated(changes))
    if diff:
        hidden = {secret for each in done for secret in each.secrets}
        typer.echo(report.diff(changes, hidden), nl=False)
    if check:
        show_findings(outdated, "text", asked_for=not diff)
    return 1 if check and outdated else 0


def _print(done: list[Migrated]) -> None:
    if len(done) > 1:
        raise UserError("several files cannot go to the terminal; give --output or --in-place")
    typer.echo(done[0].after or b"", nl=False)


def _describe(names: list[str], described: Manifest, output: str | None) -> int:
    from okta_postman.commands.pipeline import check
    from okta_postman.migrate.run import to_manifest

    made, found = to_manifest(_read(names), described)
    show_findings(found, "text", asked_for=False)
    if made is None:
        return 2
    again, checked = check(output or "<stdout>", made.text.encode())
    show_findings([checked], "text", asked_for=False)
    if again is None:
        return 2
    if output is None:
        typer.echo(made.text, nl=False)
    else:
        write_new(Path(output), made.text)
    count = f"{made.requests} request{'s' * (made.requests != 1)} described"
    written = output or "what this writes"
    typer.echo(f"{count}\nnext: okta-postman generate {written}", err=True)
    return 0


def _unknown(done: list[Migrated]) -> bool:
    return any(problem.code == "P016" for each in done for problem in each.checked.problems)
