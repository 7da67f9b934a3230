"""Postman's ideas as frozen data: a collection of folders and requests, and its environments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Event = Literal["prerequest", "test"]


@dataclass(frozen=True)
class Pair:
    """A header, a query parameter, a path variable or a form field."""

    key: str
    value: str


@dataclass(frozen=True)
class Script:
    """JavaScript that runs before each request, or after each response."""

    event: Event
    text: str


@dataclass(frozen=True)
class OAuth2:
    """What differs between two OAuth 2.0 blocks of one collection."""

    token_name: str
    scope: str
    use_browser: bool
    confidential: bool


@dataclass(frozen=True)
class Url:
    """A URL below `{{baseUrl}}`; a segment `:name` takes its value from `variables`."""

    segments: tuple[str, ...]
    query: tuple[Pair, ...] = ()
    variables: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class RawBody:
    """A body as text, JSON here."""

    text: str


@dataclass(frozen=True)
class UrlencodedBody:
    """A body of form fields."""

    fields: tuple[Pair, ...]


@dataclass(frozen=True)
class Request:
    """One request; without `auth` it inherits."""

    id: str
    name: str
    description: str
    method: str
    url: Url
    headers: tuple[Pair, ...]
    body: RawBody | UrlencodedBody | None = None
    auth: OAuth2 | None = None


@dataclass(frozen=True)
class Folder:
    """A folder; its auth holds for everything inside that has none of its own."""

    id: str
    name: str
    description: str
    items: tuple[Folder | Request, ...]
    auth: OAuth2 | None = None


@dataclass(frozen=True)
class Variable:
    """A variable; a secret one never has a value in a file."""

    key: str
    value: str
    secret: bool = False


@dataclass(frozen=True)
class Collection:
    """A collection, with the variables it falls back to when no environment is chosen."""

    id: str
    file: str
    name: str
    description: str
    items: tuple[Folder | Request, ...]
    variables: tuple[Variable, ...]
    auth: OAuth2 | None = None
    scripts: tuple[Script, ...] = ()


@dataclass(frozen=True)
class Environment:
    """A named set of variables, in a file of its own."""

    id: str
    file: str
    name: str
    variables: tuple[Variable, ...]


@dataclass(frozen=True)
class Workspace:
    """A collection and the environments it can run in."""

    collection: Collection
    environments: tuple[Environment, ...]
