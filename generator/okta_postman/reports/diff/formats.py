"""The formats of `diff` by name; each is a function of the changes, and both sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from okta_postman.problems import Source
from okta_postman.reports.diff.annotations import as_github
from okta_postman.reports.diff.data import as_json
from okta_postman.reports.diff.documents import as_markdown, as_text
from okta_postman.review.changes import Changes

FORMATS: Final[Mapping[str, Callable[[Changes, Source, Source], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "github": as_github,
}
