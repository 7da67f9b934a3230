"""The scope matrix for an auditor: a Markdown table, a CSV file, or one self-contained page."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from okta_postman import templates
from okta_postman.okta.privilege import level
from okta_postman.problems import visible
from okta_postman.review.matrix import Matrix


def as_markdown(matrix: Matrix) -> str:
    """A table with a row for each request, and the hints."""
    return _lines(templates.render("review/matrix.md", matrix=matrix))


_COLUMNS: Final = (
    *("method", "path", "name", "folder", "scope", "privilege"),
    *("environment", "org", "client_id", "redirect_uri", "grant"),
)


def as_csv(matrix: Matrix) -> str:
    """A line for each request, scope and environment, for a spreadsheet."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_no_formula(value) for value in line] for line in _csv_lines(matrix))
    return output.getvalue()


def _csv_lines(matrix: Matrix) -> Iterator[tuple[str, ...]]:
    """The values of each line, in the order of the columns."""
    for row in matrix.rows:
        request = row.request
        for scope in request.token:
            for connection, grant in zip(matrix.connections, row.grants, strict=True):
                yield (
                    *(request.method, request.path, request.name, request.folder),
                    *(scope, level(scope) if request.scopes else row.level),
                    *(connection.name, connection.org, connection.client_id),
                    *(connection.redirect_uri, grant),
                )


def _no_formula(value: str) -> str:
    """A value that no spreadsheet reads as a formula.

    Source: owasp.org/www-community/attacks/CSV_Injection.
    """
    shown = visible(value)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "\t")) else shown


def as_html(matrix: Matrix) -> str:
    """One page with filters; its policy allows only its own style and script."""
    style, script = (_part(f"review/matrix.{kind}") for kind in ("css", "js"))
    requests = [row.request for row in matrix.rows]
    scopes = {scope for request in requests for scope in request.scopes}
    return _lines(
        templates.render(
            "review/matrix.html",
            matrix=matrix,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            filters=(
                ("Scope", "scope", sorted(scopes)),
                ("Method", "method", sorted({request.method for request in requests})),
                ("Privilege", "level", sorted({row.level for row in matrix.rows})),
            ),
        )
    )


def _part(name: str) -> str:
    return f"\n{templates.render(name)}\n"


def _hash(text: str) -> str:
    """The name of an inline text in a Content-Security-Policy. Source: w3.org/TR/CSP3, 2.3.1."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _lines(text: str) -> str:
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


FORMATS: Final[Mapping[str, Callable[[Matrix], str]]] = {
    "markdown": as_markdown,
    "csv": as_csv,
    "html": as_html,
}
