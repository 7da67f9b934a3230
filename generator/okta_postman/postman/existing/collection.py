"""Collections and environments as records; what is in them is named by its path in the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.postman.existing.auth import Holder, holder_of, own_auth
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
    """A named set of variables; those of globals count where nothing else has a value."""

    path: Path
    name: str
    variables: tuple[Variable, ...]
    is_global: bool


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


def items_of(
    parent: Data, path: Path, above: tuple[Holder, ...] = ()
) -> Iterator[tuple[Path, Data, tuple[Holder, ...]]]:
    """Every item of a collection with its path and what it is in, the nearest first."""
    for index, item in enumerate(elements(part(parent, "item"))):
        at = (*path, "item", index)
        yield at, item, above
        if is_folder(item):
            yield from items_of(item, at, (holder_of(item, at), *above))


def read_environment(data: Data, path: Path) -> Environment:
    """The environment at a path of some data."""
    root = part(data, *path)
    return Environment(
        path=path,
        name=text(part(root, "name")),
        variables=_variables(root, path, "values"),
        is_global=text(part(root, "_postman_variable_scope")) == "globals",
    )


def read_collection(data: Data, path: Path) -> Collection:
    """The collection at a path of some data, in format v2.1.0 or v2.0.0."""
    root = part(data, *path)
    own = Holder(path, text(part(root, "info", "name")), own_auth(root, path))
    holders: list[Holder] = [own]
    requests: list[Request] = []
    unsent: list[Request] = []
    scripts = [*_scripts(root, path)]
    never_sent = [*_present(root, path, ("variable",), ("info", "description"))]
    for at, item, above in items_of(root, path, (own,)):
        scripts += _scripts(item, at)
        unsent += _unsent(item, at)
        never_sent += _present(item, at, ("description",), ("response",))
        if is_folder(item):
            holders.append(holder_of(item, at))
            never_sent += _present(item, at, ("request",))
        else:
            never_sent += _present(item, at, ("request", "description"))
            if isinstance(part(item, "request"), dict | str):
                request = request_of(item, at, ("request",), above)
                requests.append(request)
                holders.append(request.holders[0])
    return Collection(
        path=path,
        name=own.name,
        description=description_of(part(root, "info")),
        is_v2_0="/v2.0.0/" in text(part(root, "info", "schema")),
        holders=tuple(holders),
        requests=tuple(requests),
        unsent=tuple(unsent),
        scripts=tuple(scripts),
        variables=_variables(root, path, "variable"),
        never_sent=tuple(never_sent),
    )


def _unsent(item: Data, path: Path) -> Iterator[Request]:
    """The requests that saved responses of an item answered, and that a folder has."""
    for index, response in enumerate(elements(part(item, "response"))):
        if isinstance(part(response, "originalRequest"), dict):
            yield request_of(item, path, ("response", index, "originalRequest"))
    if is_folder(item) and isinstance(part(item, "request"), dict):
        yield request_of(item, path, ("request",))


def _present(data: Data, path: Path, *parts: Path) -> Iterator[Path]:
    """The whole paths of those parts of the data at a path that are there."""
    for inner in parts:
        if part(data, *inner) is not None:
            yield (*path, *inner)


def _scripts(data: Data, path: Path) -> Iterator[Script]:
    for index, event in enumerate(elements(part(data, "event"))):
        at = (*path, "event", index)
        code = (*at, "script", "exec")
        is_list = isinstance(part(event, "script", "exec"), list)
        lines = []
        for number, line in enumerate(script_lines(event)):
            lines.append(((*code, number) if is_list else code, text(line)))
        yield Script(at, tuple(lines))


def _variables(root: Data, path: Path, key: str) -> tuple[Variable, ...]:
    return tuple(
        Variable(
            path=(*path, key, index),
            key=text(part(variable, "key")) or text(part(variable, "id")),  # format v2 allows both
            value=scalar(part(variable, "value")),
            type=text(part(variable, "type")),
            is_on=part(variable, "enabled") is not False and part(variable, "disabled") is not True,
        )
        for index, variable in enumerate(elements(part(root, key)))
    )
