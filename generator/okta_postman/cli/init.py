"""`okta-postman init`: a commented description to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from okta_postman.cli.terminal import show_findings
from okta_postman.files import disk
from okta_postman.files.write import write_new


def init(
    file: Annotated[
        str, typer.Argument(help="The file to write; - prints the description instead.")
    ] = "okta-postman.yaml",
    org: Annotated[str, typer.Option(help="The Okta org.")] = "https://acme.okta.com",
    client_id: Annotated[str, typer.Option(help="The app's client id.")] = "0oan47pj9BsB30h7",
    redirect_uri: Annotated[
        str, typer.Option(help="One of the app's sign-in redirect URIs.")
    ] = "https://oauth.pstmn.io/v1/callback",
    scope: Annotated[
        list[str] | None,
        typer.Option(
            help="A scope to begin with; give it again for more, or 'a b' for both at once."
        ),
    ] = None,
) -> int:
    """Write a commented description to begin with."""
    from okta_postman.commands.pipeline import check
    from okta_postman.manifest.scaffold import scaffold

    text = scaffold(org, client_id, redirect_uri, scope or [])
    _, checked = check(file, text.encode())
    if checked.refused:
        show_findings([checked], "text", asked_for=False)
        return 2
    if file == disk.STDIN:
        typer.echo(text, nl=False)
    else:
        write_new(Path(file), text)
        typer.echo(f"wrote {file}; next: okta-postman generate {file}", err=True)
    return 0
