"""Collections and environments as records; what is in them is named by its path in the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.postman.existing.auth import Holder, own_auth
from okta_postman.postman.existing.request import (
    Request,
    description_of,
    request_of,
    script_lines,
)
from okta_postman.postman.existing.shapes import elements, part, scalar, text


class Variable(NamedTuple):
    """A variable of a collection or environment."""

    path: Path
    key: str
    value: str
    type: str
    is_on: bool


class Script(NamedTuple):
    """The lines of a script, each with its path; `path` is that of the event that runs it."""

    path: Path
    lines: tuple[tuple[Path, str], ...]

    @property
    def code(self) -> str:
        """All of it."""
        return "\n".join(line for _, line in self.lines)


class Environment(NamedTuple):
    """A named set of variables."""

    path: Path
    name: str
    variables: tuple[Variable, ...]


class Collection(NamedTuple):
    """A collection: whatever may hold auth, its requests, scripts and variables.

    `unsent` requests are only kept: a saved response has one, and a folder may. The parts that are
    no part of a request, like descriptions and saved responses, are `never_sent`.
    """

    path: Path
    name: str
    description: str
    is_v2_0: bool
    holders: tuple[Holder, ...]
    requests: tuple[Request, ...]
    unsent: tuple[Request, ...]
    scripts: tuple[Script, ...]
    variables: tuple[Variable, ...]
    never_sent: tuple[Path, ...]


Content = Collection | Environment
"""What one file holds."""


def is_folder(item: Data) -> bool:
    """Whether an item is a folder, as Postman's SDK reads it: its items may be an empty list."""
    return part(item, "item") not in (None, "", 0, False)


def items_of(parent: Data, path: Path) -> Iterator[tuple[Path, Data]]:
    """Every item of a collection, folders and what is in them, in their order."""
    for index, item in enumerate(elements(part(parent, "item"))):
        yield (*path, "item", index), item
        yield from items_of(item, (*path, "item", index))


def read_environment(data: Data, path: Path) -> Environment:
    """The environment at a path of some data."""
    root = part(data, *path)
    return Environment(path, text(part(root, "name")), _variables(root, path, "values"))


def read_collection(data: Data, path: Path) -> Collection:
    """The collection at a path of some data, in format v2.1.0 or v2.0.0."""
    root = part(data, *path)
    name = text(part(root, "info", "name"))
    reader = _Reader(path, root)
    reader.read_items(root, path, (Holder(path, name, own_auth(root, path)),))
    return Collection(
        path=path,
        name=name,
        description=description_of(part(root, "info")),
        is_v2_0="/v2.0.0/" in text(part(root, "info", "schema")),
        holders=tuple(reader.holders),
        requests=tuple(reader.requests),
        unsent=tuple(reader.unsent),
        scripts=tuple(reader.scripts),
        variables=_variables(root, path, "variable"),
        never_sent=tuple(reader.never_sent),
    )


class _Reader:
    """Collects the parts of a collection, item by item."""

    def __init__(self, path: Path, root: Data) -> None:
        self.holders = [Holder(path, "", own_auth(root, path))]
        self.requests: list[Request] = []
        self.unsent: list[Request] = []
        self.scripts = [*_scripts(root, path)]
        self.never_sent = [*_parts(root, path, ("variable",), ("info", "description"))]

    def read_items(self, parent: Data, path: Path, above: tuple[Holder, ...]) -> None:
        for index, item in enumerate(elements(part(parent, "item"))):
            self._read_item(item, (*path, "item", index), above)

    def _read_item(self, item: Data, path: Path, above: tuple[Holder, ...]) -> None:
        name, request = text(part(item, "name")), part(item, "request")
        at_request = (*path, "request")
        self.scripts += _scripts(item, path)
        self.never_sent += _parts(item, path, ("description",), ("response",))
        self.unsent += _answered(item, path, name)
        if is_folder(item):
            folder = Holder(path, name, own_auth(item, path))
            self.holders.append(folder)
            self.never_sent += _parts(item, path, ("request",))
            if isinstance(request, dict):
                self.unsent.append(_alone(item, path, name, request, at_request))
            self.read_items(item, path, (folder, *above))
        elif isinstance(request, dict | str):
            own = Holder(at_request, name, own_auth(request, at_request))
            self.holders.append(own)
            self.never_sent += _parts(item, path, ("request", "description"))
            self.requests.append(request_of(item, path, request, (own, *above)))


def _answered(item: Data, path: Path, name: str) -> Iterator[Request]:
    """The requests that the saved responses of an item answered."""
    for index, response in enumerate(elements(part(item, "response"))):
        request = part(response, "originalRequest")
        if isinstance(request, dict):
            at = (*path, "response", index, "originalRequest")
            yield _alone(item, path, name, request, at)


def _alone(item: Data, path: Path, name: str, data: Data, at: Path) -> Request:
    """A request that inherits nothing."""
    return request_of(item, path, data, (Holder(at, name, own_auth(data, at)),))


def _parts(data: Data, path: Path, *below: Path) -> Iterator[Path]:
    """The paths of those parts that are there."""
    for each in below:
        if part(data, *each) is not None:
            yield (*path, *each)


def _scripts(data: Data, path: Path) -> Iterator[Script]:
    for index, event in enumerate(elements(part(data, "event"))):
        at = (*path, "event", index)
        below = (*at, "script", "exec")
        is_list = isinstance(part(event, "script", "exec"), list)
        lines = (
            ((*below, number) if is_list else below, text(line))
            for number, line in enumerate(script_lines(event))
        )
        yield Script(at, tuple(lines))


def _variables(root: Data, path: Path, key: str) -> tuple[Variable, ...]:
    return tuple(
        Variable(
            path=(*path, key, index),
            key=text(part(variable, "key")) or text(part(variable, "id")),  # format v2 allows both
            value=scalar(part(variable, "value")),
            type=text(part(variable, "type")),
            is_on=part(variable, "enabled") is not False,
        )
        for index, variable in enumerate(elements(part(root, key)))
    )
