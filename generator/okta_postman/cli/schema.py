"""`okta-postman schema`: the JSON Schema of the manifest, for editors."""

from __future__ import annotations

import typer

from okta_postman.cli.exit_codes import ExitCode


def schema() -> ExitCode:
    """Print the JSON Schema of the manifest, for your editor."""
    from okta_postman.manifest.schema.validate import schema_text

    typer.echo(schema_text(), nl=False)
    return ExitCode.OK
