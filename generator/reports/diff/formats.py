"""The formats of `diff` by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from generator.problems import Source
from generator.reports.diff.annotations import as_github
from generator.reports.diff.data import as_json
from generator.reports.diff.documents import as_markdown, as_text
from generator.review.changes import Changes

FORMATS: Final[Mapping[str, Callable[[Changes, Source, Source], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "github": as_github,
}
