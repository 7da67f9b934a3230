"""The matrix for an auditor: a Markdown table, a CSV file, or one page that needs nothing else."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from okta_postman import templates
from okta_postman.okta.scopes import level
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
    """A line for each request, scope and environment: what spreadsheets make tables of."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_unformulated(value) for value in row] for row in _flat(matrix))
    return text.getvalue()


def _flat(matrix: Matrix) -> Iterator[tuple[str, ...]]:
    for request, _, grants in matrix.rows:
        for scope in request.scopes:
            for each, grant in zip(matrix.connections, grants, strict=True):
                asked = (request.method, request.path, request.name, request.folder)
                reached = (each.name, each.org, each.client_id, each.redirect_uri)
                yield (*asked, scope, level(scope), *reached, grant)


def _unformulated(value: str) -> str:
    """A value that no spreadsheet takes for a formula.

    Source: owasp.org/www-community/attacks/CSV_Injection.
    """
    shown = visible(value)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "\t")) else shown


def as_html(matrix: Matrix) -> str:
    """One page that filters; its policy lets it load nothing and run but its own script."""
    style, script = (_part(f"review/matrix.{kind}") for kind in ("css", "js"))
    requests = [row.request for row in matrix.rows]
    return _lines(
        templates.render(
            "review/matrix.html",
            matrix=matrix,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            filters=(
                ("Scope", "scope", sorted({each for one in requests for each in one.scopes})),
                ("Method", "method", sorted({one.method for one in requests})),
                ("Privilege", "level", sorted({row.level for row in matrix.rows})),
            ),
        )
    )


def _part(name: str) -> str:
    return f"\n{templates.render(name)}\n"


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls an inline text. Source: w3.org/TR/CSP3, 2.3.1."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _lines(text: str) -> str:
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


FORMATS: Final[Mapping[str, Callable[[Matrix], str]]] = {
    "markdown": as_markdown,
    "csv": as_csv,
    "html": as_html,
}
