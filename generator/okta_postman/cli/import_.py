"""`okta-postman import`: a manifest from a file in another format."""

from __future__ import annotations

import sys
from typing import Annotated, TypeAlias

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import STDIN
from okta_postman.cli.terminal import say, usable
from okta_postman.problems import UserError

Text: TypeAlias = str | None
Texts: TypeAlias = list[str] | None
Document: TypeAlias = Annotated[
    str, typer.Argument(metavar="FILE", help="OpenAPI document; - reads standard input.")
]
Output: TypeAlias = Annotated[
    Text,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file. [default: stdout]"),
]
Org: TypeAlias = Annotated[
    Text, typer.Option(metavar="URL", help="URL of the org, or of the API's host.")
]
ClientId: TypeAlias = Annotated[Text, typer.Option(metavar="ID", help="Client ID of the app.")]
RedirectUri: TypeAlias = Annotated[
    Text,
    typer.Option(
        metavar="URI", help="Sign-in redirect URI of the app. [default: Postman's callback URL]"
    ),
]
AuthorizeUrl: TypeAlias = Annotated[
    Text, typer.Option(metavar="URL", help="Authorization URL, if FILE lacks it.")
]
TokenUrl: TypeAlias = Annotated[
    Text, typer.Option(metavar="URL", help="Token URL, if FILE lacks it.")
]
Tags: TypeAlias = Annotated[
    Texts, typer.Option(metavar="TAG", help="Import only operations with this tag (repeatable).")
]
Scopes: TypeAlias = Annotated[
    Texts,
    typer.Option(metavar="SCOPE", help="Import only operations with this scope (repeatable)."),
]
Paths: TypeAlias = Annotated[
    Texts,
    typer.Option(metavar="PATH", help="Import only this path and those below it (repeatable)."),
]
ExcludeDeprecated: TypeAlias = Annotated[
    bool, typer.Option("--exclude-deprecated", help="Omit deprecated operations.")
]
UpdateOption: TypeAlias = Annotated[
    Text, typer.Option(metavar="MANIFEST", help="Merge into this manifest, keeping your edits.")
]
Prune: TypeAlias = Annotated[
    bool, typer.Option("--prune", help="With --update: remove operations that FILE lacks.")
]


def openapi(  # noqa: PLR0913, PLR0917 - a person gives a few of them, by name
    file: Document,
    output: Output = None,
    org: Org = None,
    client_id: ClientId = None,
    redirect_uri: RedirectUri = None,
    authorize_url: AuthorizeUrl = None,
    token_url: TokenUrl = None,
    tag: Tags = None,
    scope: Scopes = None,
    path: Paths = None,
    *,
    exclude_deprecated: ExcludeDeprecated = False,
    update: UpdateOption = None,
    prune: Prune = False,
) -> ExitCode:
    """Create a manifest from an OpenAPI document, or update one."""
    from okta_postman.commands import import_openapi as command
    from okta_postman.reports.updates import report

    options = command.ConnectionOptions(org, client_id, redirect_uri, authorize_url, token_url)
    if update is not None and options != command.ConnectionOptions():
        raise UserError(
            "an updated manifest keeps its connection: edit it, and omit --org, --client-id, "
            "--redirect-uri, --authorize-url and --token-url"
        )
    if update is None and prune:
        raise UserError("--prune needs --update: a new manifest has nothing to remove")
    document = usable(command.read_document(file))
    choice = command.selection(
        tag or (), scope or (), path or (), deprecated=not exclude_deprecated
    )
    if update is not None:
        merged = usable(command.update_manifest(document, choice, update, output, prune=prune))
        on_stdout = output is None and update == STDIN
        if on_stdout:
            typer.echo(merged.text, nl=False)
        typer.echo(report(merged.differences, prune=prune), nl=False, err=on_stdout)
        return ExitCode.OK
    created = usable(command.new_manifest(document, choice, options, _ask, output))
    if output is None:
        typer.echo(created.text, nl=False)
    written = f"wrote {output}: " if output else ""
    plural = "s" * (created.operations != 1)
    say(f"{written}{created.operations} operation{plural}{created.left_out}")
    return ExitCode.OK


def _ask(option: str, question: str, default: str) -> str:
    """What a person types, or else the default. Raises UserError if there is neither."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        typed: str = typer.prompt(question, default=default or None, err=True)
        return typed
    if default:
        return default
    raise UserError(f"pass {option}: the document does not have it")
