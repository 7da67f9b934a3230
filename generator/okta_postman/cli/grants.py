"""`okta-postman grants`: the scopes that an admin must grant to the apps of a description."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk
from okta_postman.files.write import replace_all
from okta_postman.problems import UserError

GrantsFormat: TypeAlias = Literal["text", "json", "terraform", "http"]


def grants(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A description, or REV:PATH in git.")],
    environment: Annotated[
        str | None, typer.Option("--environment", "-e", metavar="NAME", help="This one alone.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="OLD", help="Only what a file, or REV:PATH in git, did not have."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write one file for each environment here."
        ),
    ] = None,
    form: Annotated[
        GrantsFormat, typer.Option("--format", help="How grants are written.")
    ] = "text",
) -> int:
    """Say what an admin must grant to the app."""
    from okta_postman.commands.pipeline import inventory_of
    from okta_postman.files.git import read_present
    from okta_postman.reports.grants import FORMATS
    from okta_postman.review import grants as review
    from okta_postman.review.inventory import NOTHING

    versions = [read_present(file), *([read_present(since)] if since is not None else [])]
    read = [inventory_of(each.shown, each.data) for each in versions]
    inventories = [found for found, _ in read if found is not None]
    if len(inventories) < len(read):
        show_findings([checked for _, checked in read], "text", asked_for=False)
        return 2
    new, old = (*inventories, NOTHING)[:2]
    found = review.grants(new, old, environment)
    chosen = FORMATS[form]
    if output is not None:
        texts = {
            f"{each.file}.{chosen.ending}": chosen.write([each], since=since is not None)
            for each in found
        }
        if chosen.shared:
            texts[f"{found[0].file.partition('.')[0]}.provider.{chosen.ending}"] = chosen.shared()
        return _write(disk.folder_of(file, output), texts)
    if len(found) > 1 and not chosen.several:
        raise UserError(
            f"{disk.shown(file)}: has {len(found)} environments, each of which needs a file of "
            "its own: name one with `--environment`, or write them all with `--output DIR`"
        )
    shared = f"{chosen.shared()}\n" if chosen.shared else ""
    typer.echo(shared + chosen.write(found, since=since is not None), nl=False)
    return 0


def _write(folder: Path, texts: Mapping[str, str]) -> int:
    contents = {folder / name: text.encode() for name, text in texts.items()}
    replace_all(contents)
    for path in contents:
        typer.echo(f"wrote {path.as_posix()}", err=True)
    return 0
