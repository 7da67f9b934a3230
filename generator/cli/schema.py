"""`okta-postman schema`: the JSON Schema of the description, for editors."""

from __future__ import annotations

import typer


def schema() -> int:
    """Print the JSON Schema of the description, for your editor."""
    from generator.description.grammar import schema_text  # noqa: PLC0415 - keeps --help quick

    typer.echo(schema_text(), nl=False)
    return 0
