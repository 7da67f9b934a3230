"""`okta-postman init`: a commented manifest to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import STDIN
from okta_postman.cli.terminal import say, usable


def init(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="File to write; - prints the manifest instead.")
    ] = "okta-postman.yaml",
    org: Annotated[
        str, typer.Option(metavar="URL", help="URL of the Okta org.")
    ] = "https://acme.okta.com",
    client_id: Annotated[
        str, typer.Option(metavar="ID", help="Client ID of the app.")
    ] = "0oan47pj9BsB30h7",
    redirect_uri: Annotated[
        str, typer.Option(metavar="URI", help="Sign-in redirect URI of the app.")
    ] = "https://oauth.pstmn.io/v1/callback",
    scope: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCOPE",
            help="Scope to include (repeatable); 'a b' puts two scopes on one request. "
            "[default: okta.users.read]",
        ),
    ] = None,
) -> ExitCode:
    """Write a commented manifest to begin with."""
    from okta_postman.commands import init as command

    text = usable(command.init(file, org, client_id, redirect_uri, scope or []), warnings=False)
    if file == STDIN:
        typer.echo(text, nl=False)
    else:
        say(f"wrote {file}; next: okta-postman generate {file}")
    return ExitCode.OK
