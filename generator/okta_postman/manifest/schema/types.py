"""The shape of a manifest as types: what the JSON Schema allows, and `validate` has checked."""

from __future__ import annotations

from typing import Any, Final, NotRequired, TypeAlias, TypedDict

from okta_postman.documents.data import Path
from okta_postman.manifest.model import AppType, AuthLevel, Folders

Text: TypeAlias = str | float | bool | None
"""A string; unquoted numbers, true, false and null are kept as typed."""

Texts: TypeAlias = dict[str, Text]


class ServerUrls(TypedDict):
    """Another provider's authorization server."""

    authorize_url: str
    token_url: str


class AppKeys(TypedDict):
    """The key `app`."""

    client_id: NotRequired[str]
    type: NotRequired[AppType]
    grants: NotRequired[list[str]]


class EnvironmentKeys(TypedDict):
    """A value of `environments`: every key instead of the one at the top."""

    org: NotRequired[str]
    authorization_server: NotRequired[str | ServerUrls]
    app: NotRequired[AppKeys]
    redirect_uri: NotRequired[str]
    sign_in_parameters: NotRequired[Texts]
    variables: NotRequired[Texts]


class EntryKeys(TypedDict):
    """An entry of the scope map that is more than an endpoint."""

    request: str
    name: NotRequired[str]
    description: NotRequired[str]
    folder: NotRequired[str]
    query: NotRequired[Texts]
    headers: NotRequired[Texts]
    variables: NotRequired[Texts]
    body: NotRequired[Any]
    form: NotRequired[Texts]


Entries: TypeAlias = list[str | EntryKeys | None]
"""Entries of endpoints; None stands in for one of the wrong shape."""

ScopeMap: TypeAlias = dict[str, Entries | str]
"""The entries of each key, or `all`."""

TOKEN_ONLY: Final = "token_only"  # noqa: S105 - the name of a key
PUBLIC: Final = "public"
UNSCOPED: Final = (TOKEN_ONLY, PUBLIC)
"""The keys that list endpoints for which no scope is needed."""


def entry_path(path: Path) -> Path | None:
    """The path of the entry that a path leads to or into; None if it is of no entry."""
    depth = 2 if path[:1] and path[0] in UNSCOPED else 3
    return path[:depth] if len(path) >= depth and path[0] in ("scopes", *UNSCOPED) else None


class LayoutKeys(TypedDict):
    """The key `collection`."""

    folders: NotRequired[Folders]
    auth: NotRequired[AuthLevel]
    scripts: NotRequired[bool]


class ManifestKeys(TypedDict):
    """A whole manifest."""

    version: int
    name: str
    id: NotRequired[str]
    description: NotRequired[str]
    org: NotRequired[str]
    authorization_server: NotRequired[str | ServerUrls]
    app: NotRequired[AppKeys]
    redirect_uri: NotRequired[str]
    sign_in_parameters: NotRequired[Texts]
    scopes: NotRequired[ScopeMap]
    token_only: NotRequired[Entries]
    public: NotRequired[Entries]
    variables: NotRequired[Texts]
    environments: NotRequired[dict[str, EnvironmentKeys | None]]
    collection: NotRequired[LayoutKeys]
