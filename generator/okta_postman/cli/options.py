"""Arguments and options that several verbs take."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

STDIN = "-"
"""The argument that means standard input."""

Format: TypeAlias = Literal["text", "json", "github", "gitlab", "sarif"]

ManifestFiles: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="MANIFEST...", help="Manifests to read; - reads standard input."),
]
ManifestFile: TypeAlias = Annotated[
    str, typer.Argument(metavar="MANIFEST", help="Manifest to read; - reads standard input.")
]
FormatOption: TypeAlias = Annotated[
    Format, typer.Option("--format", help="Format of the reported problems.")
]
EnvironmentOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--environment",
        "-e",
        metavar="NAME",
        help="Environment to use, by name. [default: the only one]",
    ),
]

TableFormat: TypeAlias = Literal["text", "json", "csv", "markdown"]
TableFormatOption: TypeAlias = Annotated[
    TableFormat, typer.Option("--format", help="Format of the table.")
]
