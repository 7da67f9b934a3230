"""`okta-postman import`: what other formats say, as a description."""

from __future__ import annotations

import codecs
import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple, TypeAlias

import typer

from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk
from okta_postman.files.write import delete_abandoned, replace_all, write_new
from okta_postman.problems import UserError

if TYPE_CHECKING:
    from okta_postman.openapi.api import Api
    from okta_postman.openapi.select import Choice

_CALLBACK: Final = "https://oauth.pstmn.io/v1/callback"


Text: TypeAlias = str | None
Texts: TypeAlias = list[str] | None
File: TypeAlias = Annotated[
    str, typer.Argument(help="An OpenAPI document; - reads standard input.")
]
Output: TypeAlias = Annotated[
    Text,
    typer.Option("--output", "-o", metavar="FILE", help="Write here, and not to the terminal."),
]
Manifest: TypeAlias = Annotated[
    Text,
    typer.Option(metavar="MANIFEST", help="Merge into this manifest, keeping your edits."),
]
Callback: TypeAlias = Annotated[
    Text, typer.Option(help="One of the app's sign-in redirect URIs; Postman's if not.")
]
AuthorizeUrl: TypeAlias = Annotated[
    Text, typer.Option(help="Where people sign in, if the document does not say it.")
]
TokenUrl: TypeAlias = Annotated[
    Text, typer.Option(help="Where tokens come from, if the document does not say it.")
]
Deprecated: TypeAlias = Annotated[
    bool, typer.Option("--exclude-deprecated", help="Leave out what is deprecated.")
]
Prune: TypeAlias = Annotated[
    bool, typer.Option("--prune", help="With --update: take out what the document has not.")
]


def openapi(  # noqa: PLR0913, PLR0917 - a person gives a few of them, by name
    file: File,
    output: Output = None,
    org: Annotated[Text, typer.Option(help="The org, or the host of the API.")] = None,
    client_id: Annotated[Text, typer.Option(help="The app's client id.")] = None,
    redirect_uri: Callback = None,
    authorize_url: AuthorizeUrl = None,
    token_url: TokenUrl = None,
    tag: Annotated[Texts, typer.Option(help="Only operations of this tag.")] = None,
    scope: Annotated[Texts, typer.Option(help="Only operations with this scope.")] = None,
    path: Annotated[Texts, typer.Option(help="Only this path and those below it.")] = None,
    *,
    exclude_deprecated: Deprecated = False,
    update: Manifest = None,
    prune: Prune = False,
) -> int:
    """Make a description of an OpenAPI document."""
    from okta_postman.commands import import_openapi
    from okta_postman.openapi.select import Choice

    data = disk.read_input(file, disk.LARGEST_API)
    beside = functools.partial(disk.read_beside, file)
    api, checked = import_openapi.api(disk.shown(file), data, beside)
    show_findings([each for each in checked if each.problems], "text", asked_for=False)
    if api is None:
        return 2
    choice = Choice(
        tuple(tag or ()), tuple(scope or ()), tuple(path or ()), deprecated=not exclude_deprecated
    )
    said = _Said(org, client_id, redirect_uri, authorize_url, token_url)
    if update is not None:
        if any(said):
            raise UserError(
                "an updated description keeps its connection: edit it, and leave out "
                "--org, --client-id, --redirect-uri, --authorize-url and --token-url"
            )
        return _update(update, output, api, choice, prune=prune)
    if prune:
        raise UserError("--prune is for --update: a new description has nothing to take out")
    return _describe(api, choice, output, said)


class _Said(NamedTuple):
    """What was said of the connection, and how one asks for the rest."""

    org: str | None
    client_id: str | None
    redirect_uri: str | None
    authorize_url: str | None
    token_url: str | None


def _describe(api: Api, choice: Choice, output: str | None, said: _Said) -> int:
    from okta_postman.commands.pipeline import check
    from okta_postman.openapi.connection import Connection, describe, lacks_urls
    from okta_postman.openapi.select import chosen, left_out

    operations = chosen(api, choice)
    org = said.org or _asked("--org", "The org, or the host of the API", api.host)
    client_id = said.client_id or _asked("--client-id", "The app's client id", "")
    authorize_url, token_url = said.authorize_url or "", said.token_url or ""
    if lacks_urls(api, operations):
        known = api.flow or ("", "")
        authorize_url = authorize_url or _asked("--authorize-url", "Where people sign in", known[0])
        token_url = token_url or _asked("--token-url", "Where tokens come from", known[1])
    connection = Connection(
        org, client_id, said.redirect_uri or _CALLBACK, authorize_url, token_url
    )
    text = describe(api, operations, connection)
    manifest, checked = check(output or "the new description", text.encode())
    show_findings([checked], "text", asked_for=False)
    if manifest is None:
        return 2
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_new(Path(output), text)
    done = f"wrote {output}: " if output else ""
    typer.echo(f"{done}{len(operations)} operations{left_out(api, choice)}", err=True)
    return 0


def _update(update: str, output: str | None, api: Api, choice: Choice, *, prune: bool) -> int:
    from okta_postman.commands import import_openapi
    from okta_postman.openapi.select import refuse_unknown
    from okta_postman.reports.updates import report

    refuse_unknown(api, choice)
    data = disk.read_input(update)
    made, checked = import_openapi.updated(disk.shown(update), data, api, choice, prune=prune)
    show_findings([checked], "text", asked_for=False)
    if made is None:
        return 2
    written = made.text.encode()
    written = codecs.BOM_UTF8 + written if data.startswith(codecs.BOM_UTF8) else written
    to_terminal = output is None and update == disk.STDIN
    if to_terminal:
        typer.echo(written.decode(), nl=False)
    elif output is not None:
        write_new(Path(output), made.text)
    elif written == data:
        delete_abandoned(Path(update).parent)
    else:
        replace_all({disk.target_of(Path(update)): written})  # a link stays a link
    typer.echo(report(made.differences, prune=prune), nl=False, err=to_terminal)
    return 0


def _asked(option: str, question: str, default: str) -> str:
    """What a person answers, or what the document says; a program has to give the option."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        answer: str = typer.prompt(question, default=default or None, err=True)
        return answer
    if default:
        return default
    raise UserError(f"give {option}: the document does not say it")
