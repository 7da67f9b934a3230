"""Arguments that several verbs take."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

Format: TypeAlias = Literal["text", "json", "github", "gitlab", "sarif"]

Descriptions: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="MANIFEST...", help="Paths of the manifests; - reads standard input."),
]
FormatOption: TypeAlias = Annotated[
    Format, typer.Option("--format", help="How findings are written.")
]
DescriptionFile: TypeAlias = Annotated[
    str, typer.Argument(metavar="MANIFEST", help="Path of the manifest; - reads standard input.")
]
EnvironmentOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--environment", "-e", metavar="NAME", help="The environment that is meant."),
]

TableFormat: TypeAlias = Literal["text", "json", "csv", "markdown"]
TableFormatOption: TypeAlias = Annotated[
    TableFormat, typer.Option("--format", help="How the table is written.")
]
