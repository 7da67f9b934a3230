"""`okta-postman import`: what other formats say, as a description."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from generator import files
from generator.cli.terminal import show_findings
from generator.problems import Unusable

if TYPE_CHECKING:
    from generator.openapi.api import Api
    from generator.openapi.select import Choice

_CALLBACK: Final = "https://oauth.pstmn.io/v1/callback"


def openapi(  # noqa: PLR0913, PLR0917 - a person gives a few of them, by name
    file: Annotated[str, typer.Argument(help="An OpenAPI document; - reads standard input.")],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, and not to the terminal."),
    ] = None,
    org: Annotated[str | None, typer.Option(help="The org, or the host of the API.")] = None,
    client_id: Annotated[str | None, typer.Option(help="The app's client id.")] = None,
    redirect_uri: Annotated[
        str, typer.Option(help="One of the app's sign-in redirect URIs.")
    ] = _CALLBACK,
    tag: Annotated[list[str] | None, typer.Option(help="Only operations of this tag.")] = None,
    scope: Annotated[
        list[str] | None, typer.Option(help="Only operations with this scope.")
    ] = None,
    path: Annotated[
        list[str] | None, typer.Option(help="Only this path and those below it.")
    ] = None,
    *,
    exclude_deprecated: Annotated[
        bool, typer.Option("--exclude-deprecated", help="Leave out what is deprecated.")
    ] = False,
    update: Annotated[
        str | None,
        typer.Option(
            metavar="DESCRIPTION", help="Merge into this description, which keeps its own."
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="With --update: keep what the document does not have.")
    ] = False,
) -> int:
    """Make a description of an OpenAPI document."""
    from generator import intake  # noqa: PLC0415 - keeps --help quick
    from generator.openapi.select import Choice  # noqa: PLC0415

    data = files.read_input(file, files.LARGEST_API)
    beside = functools.partial(files.read_beside, file)
    api, checked = intake.api(files.shown(file), data, beside)
    show_findings([each for each in checked if each.problems], "text", asked_for=False)
    if api is None:
        return 2
    choice = Choice(
        tuple(tag or ()), tuple(scope or ()), tuple(path or ()), deprecated=not exclude_deprecated
    )
    if update is not None:
        return _update(update, output, api, choice, keep=keep)
    return _describe(api, choice, output, (org, client_id, redirect_uri))


def _describe(
    api: Api, choice: Choice, output: str | None, said: tuple[str | None, str | None, str]
) -> int:
    from generator.openapi.describe import Connection, describe  # noqa: PLC0415
    from generator.openapi.select import chosen, left_out  # noqa: PLC0415
    from generator.pipeline import check  # noqa: PLC0415

    operations = chosen(api, choice)
    org, client_id, redirect_uri = said
    connection = Connection(
        org or _asked("--org", "The org, or the host of the API", api.host),
        client_id or _asked("--client-id", "The app's client id", ""),
        redirect_uri,
    )
    text = describe(api, operations, connection)
    description, checked = check(output or "<stdout>", text.encode())
    show_findings([checked], "text", asked_for=False)
    if description is None:
        return 2
    if output is None:
        typer.echo(text, nl=False)
    else:
        files.write_new(Path(output), text)
    done = f"wrote {output}: " if output else ""
    typer.echo(f"{done}{len(operations)} operations{left_out(api, choice)}", err=True)
    return 0


def _update(update: str, output: str | None, api: Api, choice: Choice, *, keep: bool) -> int:
    from generator import intake  # noqa: PLC0415
    from generator.pipeline import check  # noqa: PLC0415
    from generator.reports.updates import report  # noqa: PLC0415

    name, data = files.shown(update), files.read_input(update)
    description, checked = check(name, data)
    show_findings([checked], "text", asked_for=False)
    if description is None:
        return 2
    made = intake.updated(name, data, api, choice, keep=keep)
    if output is not None:
        files.write_new(Path(output), made.text)
    elif update == files.STDIN:
        typer.echo(made.text, nl=False)
    elif made.text.encode() != data:
        files.replace_all({Path(update): made.text.encode()})
    typer.echo(report(made.differences, keep=keep), nl=False, err=update == files.STDIN)
    return 0


def _asked(option: str, question: str, default: str) -> str:
    """What a person answers, or what the document says; a program has to give the option."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        answer: str = typer.prompt(question, default=default or None, err=True)
        return answer
    if default:
        return default
    raise Unusable(f"give {option}: the document does not say it")
