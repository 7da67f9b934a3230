"""The headers of a request, listed or in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.migrate.tree import Node, child, elements, is_disabled, text

_LINE: Final = re.compile(
    r"(?:\A|(?<=[\r\n]))(?P<name>[^:\r\n]*):(?P<value>[^\r\n]*)(?:\r\n|\r|\n|\Z)"
)


class Header(NamedTuple):
    """A header; one that is off, or commented out by its name, is not sent.

    The value begins at `start` in the text of `node`. The header is an element of a list, `item`,
    or from `line[0]` to `line[1]` in the text that has all of them.
    """

    name: str
    value: str
    is_on: bool
    node: Node
    start: int = 0
    item: Node | None = None
    line: tuple[int, int] = (0, 0)


def headers_of(request: Node) -> list[Header]:
    """The headers of the object of a request, in their order."""
    headers = child(request, "header")
    if headers is not None and isinstance(headers.value, str):
        return list(_lines(headers))
    return [header for each in elements(headers) for header in _listed(each)]


def _listed(item: Node) -> Iterator[Header]:
    if isinstance(item.value, str):
        for header in _lines(item):
            yield header._replace(item=item)
    elif isinstance(item.value, dict):
        value, is_on = child(item, "value"), not is_disabled(item)
        yield Header(text(child(item, "key")), text(value), is_on, value or item, item=item)


def _lines(node: Node) -> Iterator[Header]:
    for line in _LINE.finditer(text(node)):
        is_on = not line["name"].lstrip().startswith("//")
        start = line.start("value")
        yield Header(line["name"], line["value"], is_on, node, start, line=line.span())
