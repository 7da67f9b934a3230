"""`okta-postman grants`: the scopes that an admin must grant to the apps of a manifest."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.terminal import say_lines, usable
from okta_postman.problems import UserError

GrantsFormat: TypeAlias = Literal["text", "json", "terraform", "http"]


def grants(
    file: Annotated[
        str, typer.Argument(metavar="MANIFEST", help="Manifest to read; REV:PATH reads git.")
    ],
    environment: Annotated[
        str | None,
        typer.Option("--environment", "-e", metavar="NAME", help="Show only this environment."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="OLD", help="Show only changes since this file or REV:PATH in git."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write one file per environment into this folder."
        ),
    ] = None,
    form: Annotated[GrantsFormat, typer.Option("--format", help="Format of the grants.")] = "text",
) -> ExitCode:
    """List the scopes that an admin must grant to the app."""
    from okta_postman.commands.review import grants_of, write_grants
    from okta_postman.reports.grants import FORMATS

    result = grants_of(file, since, environment)
    listed, chosen = usable(result, warnings=False), FORMATS[form]
    if output is not None:
        texts = {
            f"{grants.file}.{chosen.ending}": chosen.write([grants], since=since is not None)
            for grants in listed
        }
        if chosen.shared:
            texts[f"{listed[0].file.partition('.')[0]}.provider.{chosen.ending}"] = chosen.shared()
        say_lines(f"wrote {path.as_posix()}" for path in write_grants(file, output, texts))
        return ExitCode.OK
    environments = {grants.connection.name for grants in listed}
    if len(environments) > 1 and not chosen.several:
        raise UserError(
            f"{result.checked[0].source.name}: has {len(environments)} environments, and this "
            "format needs a file for each: pass `--environment NAME`, or `--output DIR` to write "
            "them all"
        )
    shared = f"{chosen.shared()}\n" if chosen.shared else ""
    typer.echo(shared + chosen.write(listed, since=since is not None), nl=False)
    return ExitCode.OK
