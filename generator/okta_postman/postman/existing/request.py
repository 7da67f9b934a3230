"""A recorded request: what is sent, to where, and with which auth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.postman.existing.auth import Holder, own_auth
from okta_postman.postman.existing.shapes import elements, part, scalar, text
from okta_postman.postman.existing.url import parsed, texts

_LINE: Final = re.compile(
    r"(?:\A|(?<=[\r\n]))(?P<name>[^:\r\n]*):(?P<value>[^\r\n]*)(?:\r\n|\r|\n|\Z)"
)


class Target(NamedTuple):
    """Where a request goes: its host and path as they were typed, and the texts of its whole URL.

    There are two texts where a URL in parts also says what it is as a whole.
    """

    host: str
    path: str
    urls: tuple[str, ...]


class Pair(NamedTuple):
    """A parameter; one without an equals sign has no value, and one that is off is not sent."""

    key: str
    value: str | None
    is_on: bool


class Header(NamedTuple):
    """A header; one that is off, or commented out by its name, is not sent.

    Its value begins at `start` of the string at `path`. Headers are a list, in which this one has a
    `position`, or in old files one string, in which `line` is the span of this one.
    """

    name: str
    value: str
    is_on: bool
    path: Path
    start: int = 0
    position: int | None = None
    line: tuple[int, int] = (0, 0)


class Body(NamedTuple):
    """A body that is sent: its mode, and its text or its fields."""

    mode: str
    text: str
    fields: tuple[Pair, ...]


class Request(NamedTuple):
    """A request of an item; `holders` are itself and what it is in, the collection last."""

    item: Path
    holders: tuple[Holder, ...]
    method: str
    target: Target
    query: tuple[Pair, ...]
    path_variables: tuple[tuple[str, str], ...]
    headers: tuple[Header, ...]
    body: Body | None
    description: str
    has_scripts: bool
    has_responses: bool

    @property
    def path(self) -> Path:
        """Where its own object is, or its URL if it is nothing else."""
        return self.holders[0].path

    @property
    def path_of_name(self) -> Path:
        """Where people find it: the name of its item."""
        return (*self.item, "name")

    @property
    def name(self) -> str:
        """The name of the request in Postman."""
        return self.holders[0].name

    @property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders it is in, outermost first."""
        return tuple(folder.name for folder in self.holders[-2:0:-1])

    @property
    def holder(self) -> Holder | None:
        """The holder of the auth that it is sent with: itself, or the nearest that has any."""
        return next((holder for holder in self.holders if holder.auth), None)


def request_of(item: Data, path: Path, below: Path, above: tuple[Holder, ...] = ()) -> Request:
    """The request at the path `below` of the item at `path`: an object, or nothing but a URL.

    What the item is in is `above`, the nearest first.
    """
    data, at = part(item, *below), (*path, *below)
    holders = (Holder(at, text(part(item, "name")), own_auth(data, at)), *above)
    url = data if isinstance(data, str) else part(data, "url")
    scripts = (line for event in elements(part(item, "event")) for line in script_lines(event))
    return Request(
        item=path,
        holders=holders,
        method=(text(part(data, "method")) or "GET").upper(),
        target=_target(url),
        query=tuple(_query(url)),
        path_variables=tuple(
            (text(part(pair, "key")) or text(part(pair, "id")), text(part(pair, "value")))
            for pair in elements(part(url, "variable"))
        ),
        headers=tuple(_headers(part(data, "header"), (*at, "header"))),
        body=_body(part(data, "body")),
        description=description_of(data),
        has_scripts=any(text(line).strip() for line in scripts),
        has_responses=bool(elements(part(item, "response"))),
    )


def script_lines(event: Data) -> list[Data]:
    """The lines of the script that an event runs, which may be one string."""
    code = part(event, "script", "exec")
    return elements(code) or [code]


def description_of(data: Data) -> str:
    """The description of a part, which may be an object with a media type."""
    about = part(data, "description")
    return text(about) or text(part(about, "content"))


def _target(url: Data) -> Target:
    """The host and path of a URL; runners read its parts, or its text if it has none."""
    urls = tuple(texts(url))
    _, _, host, port, path = parsed(urls[0] if urls else "")
    return Target(f"{host}:{port}" if port else host, path, urls)


def _query(url: Data) -> Iterator[Pair]:
    if isinstance(url, dict) and url.get("query") is not None:
        yield from map(_pair, elements(url["query"]))
        return
    whole = text(part(url, "raw")) or text(url)
    for parameter in whole.partition("#")[0].partition("?")[2].split("&"):
        key, equals, value = parameter.partition("=")
        if parameter:
            yield Pair(key, value if equals else None, is_on=True)


def _pair(data: Data) -> Pair:
    is_bare = isinstance(data, dict) and data.get("value", "") is None
    value = None if is_bare else text(part(data, "value"))
    return Pair(text(part(data, "key")), value, part(data, "disabled") is not True)


def _headers(data: Data, path: Path) -> Iterator[Header]:
    if isinstance(data, str):
        yield from _lines(data, path)
    for index, header in enumerate(elements(data)):
        if isinstance(header, str):
            for line in _lines(header, (*path, index)):
                yield line._replace(position=index)
        elif isinstance(header, dict):
            name, value = text(header.get("key")), scalar(header.get("value"))
            is_on = header.get("disabled") is not True
            yield Header(name, value, is_on, (*path, index, "value"), position=index)


def _lines(lines: str, path: Path) -> Iterator[Header]:
    for line in _LINE.finditer(lines):
        name, is_on = line["name"], not line["name"].lstrip().startswith("//")
        yield Header(name, line["value"], is_on, path, line.start("value"), line=line.span())


def _body(data: Data) -> Body | None:
    mode = text(part(data, "mode"))
    if not mode or part(data, "disabled") is True:
        return None
    content = part(data, mode)
    return Body(mode, text(content), tuple(map(_pair, elements(content))))
