"""`okta-postman schema`: the JSON Schema of the description, for editors."""

from __future__ import annotations

import typer


def schema() -> int:
    """Print the JSON Schema of the description, for your editor."""
    from okta_postman.manifest.schema.validate import schema_text

    typer.echo(schema_text(), nl=False)
    return 0
