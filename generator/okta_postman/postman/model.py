"""Postman's ideas as frozen data: a collection of folders and requests, and its environments."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Event = Literal["prerequest", "test"]


class Pair(NamedTuple):
    """A header, a query parameter, a path variable or a form field."""

    key: str
    value: str


class Script(NamedTuple):
    """JavaScript that runs before each request, or after each response."""

    event: Event
    text: str


class OAuth2(NamedTuple):
    """What differs between two OAuth 2.0 blocks of one collection."""

    token_name: str
    scope: str
    use_browser: bool
    confidential: bool


class Url(NamedTuple):
    """A URL below `{{baseUrl}}`; a segment `:name` takes its value from `variables`."""

    segments: tuple[str, ...]
    query: tuple[Pair, ...] = ()
    variables: tuple[Pair, ...] = ()


class RawBody(NamedTuple):
    """A body as text, JSON here."""

    text: str


class UrlencodedBody(NamedTuple):
    """A body of form fields."""

    fields: tuple[Pair, ...]


class Request(NamedTuple):
    """One request; without `auth` it inherits."""

    id: str
    name: str
    description: str
    method: str
    url: Url
    headers: tuple[Pair, ...]
    body: RawBody | UrlencodedBody | None = None
    auth: OAuth2 | None = None


class Folder(NamedTuple):
    """A folder; its auth holds for everything inside that has none of its own."""

    id: str
    name: str
    description: str
    items: tuple[Folder | Request, ...]
    auth: OAuth2 | None = None


class Variable(NamedTuple):
    """A variable; a secret one never has a value in a file."""

    key: str
    value: str
    secret: bool = False


class Collection(NamedTuple):
    """A collection, with the variables it falls back to when no environment is chosen."""

    id: str
    name: str
    description: str
    items: tuple[Folder | Request, ...]
    variables: tuple[Variable, ...]
    auth: OAuth2 | None = None
    scripts: tuple[Script, ...] = ()


class Environment(NamedTuple):
    """A named set of variables; the slug stands for its name in file names."""

    id: str
    slug: str
    name: str
    variables: tuple[Variable, ...]


class Workspace(NamedTuple):
    """A collection and the environments it can run in; their files begin with the slug."""

    slug: str
    collection: Collection
    environments: tuple[Environment, ...]


class File(NamedTuple):
    """A file of a workspace in some format: its path below the output folder, and its data.

    The ID is the one that the data holds.
    """

    path: str
    id: str
    data: Any
