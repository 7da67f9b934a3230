"""`okta-postman generate`: a collection and its environments for each description."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okta_postman.cli.options import Descriptions, Format, FormatOption
from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk

if TYPE_CHECKING:
    from okta_postman.files.sync import Change
    from okta_postman.problems import Checked


def generate(
    descriptions: Descriptions,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write here, not beside each file."),
    ] = None,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit with 1 if a file is not up to date."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change.")
    ] = False,
    form: FormatOption = "text",
) -> int:
    """Write a collection and its environments."""
    from okta_postman.commands import pipeline
    from okta_postman.files import sync as folder

    names = list({str(Path(name)): name for name in descriptions}.values())
    read = {name: pipeline.check(disk.shown(name), disk.read_input(name)) for name in names}
    places = {name: disk.folder_of(name, output) for name in names}
    results = [checked for _, checked in read.values()]
    if any(checked.refused for checked in results):
        show_findings(results, form, asked_for=False)
        return 2
    found = {
        name: folder.changes(description, pipeline.generate(description), places[name])
        for name, (description, _) in read.items()
        if description is not None
    }
    folder.refuse_collisions(found)
    if check or diff:
        return _compare(results, found, form, check=check, diff=diff)
    show_findings(results, form, asked_for=False)
    folder.apply(change for changes in found.values() for change in changes)
    _tell(found)
    return 0


def _compare(
    results: list[Checked],
    found: dict[str, list[Change]],
    form: Format,
    *,
    check: bool,
    diff: bool,
) -> int:
    from okta_postman.reports import changes as report

    outdated = [each for name, changes in found.items() for each in report.findings(changes, name)]
    if diff:
        for changes in found.values():
            typer.echo(report.diff(changes), nl=False)
    if check:
        show_findings([*results, *outdated], form, asked_for=not diff)
    else:
        show_findings(results, "text", asked_for=False)
    if not outdated:
        _tell(found)
    return 1 if check and outdated else 0


def _tell(found: dict[str, list[Change]]) -> None:
    from okta_postman.reports import changes as report

    for line in report.done(change for changes in found.values() for change in changes):
        typer.echo(line, err=True)
