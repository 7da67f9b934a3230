"""A Postman workspace as frozen data, in no format: a collection and its environments."""

from __future__ import annotations

from dataclasses import dataclass
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
    """The OAuth 2.0 settings that can differ between two collections, or requests of one.

    `parameters` are added to the authorization request.
    """

    token_name: str
    scope: str
    use_browser: bool
    confidential: bool
    parameters: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class NoAuth:
    """Sent without authorization, whatever folder and collection have."""


class Url(NamedTuple):
    """A URL after `{{baseUrl}}`; a segment `:name` has its value in `variables`.

    Its parts are percent-encoded where Postman would not do it.
    """

    segments: tuple[str, ...]
    query: tuple[Pair, ...] = ()
    variables: tuple[Pair, ...] = ()


class RawBody(NamedTuple):
    """A body of JSON text."""

    text: str


class UrlencodedBody(NamedTuple):
    """A body of form fields."""

    fields: tuple[Pair, ...]


class Request(NamedTuple):
    """A request; without auth it inherits that of its folder or collection."""

    id: str
    name: str
    description: str
    method: str
    url: Url
    headers: tuple[Pair, ...]
    body: RawBody | UrlencodedBody | None = None
    auth: OAuth2 | NoAuth | None = None


class Folder(NamedTuple):
    """A folder; everything in it that has no auth of its own inherits the folder's."""

    id: str
    name: str
    description: str
    items: tuple[Folder | Request, ...]
    auth: OAuth2 | None = None


class Variable(NamedTuple):
    """A variable; a secret one has no value in any file."""

    key: str
    value: str
    secret: bool = False


class Collection(NamedTuple):
    """A collection, with the variables that apply if no environment is chosen."""

    id: str
    name: str
    description: str
    items: tuple[Folder | Request, ...]
    variables: tuple[Variable, ...]
    auth: OAuth2 | None = None
    scripts: tuple[Script, ...] = ()


class Environment(NamedTuple):
    """A named set of variables; the slug is its name in file names."""

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
