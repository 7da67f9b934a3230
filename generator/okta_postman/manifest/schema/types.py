"""The shape of a manifest as types: what the JSON Schema allows, and `validate` has checked."""

from __future__ import annotations

from typing import Any, NotRequired, TypeAlias, TypedDict

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


ScopeMap: TypeAlias = dict[str, list[str | EntryKeys | None] | str]
"""The entries of each key, or `all`; None stands in for an entry of the wrong shape."""


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
    scopes: ScopeMap
    variables: NotRequired[Texts]
    environments: NotRequired[dict[str, EnvironmentKeys | None]]
    collection: NotRequired[LayoutKeys]
