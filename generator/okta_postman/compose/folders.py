"""Folders: by name and, with OAuth 2.0 settings on folders, by the scopes of the requests too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from okta_postman import templates
from okta_postman.compose.auth import oauth2
from okta_postman.compose.ids import stable_id
from okta_postman.compose.requests import compose_request
from okta_postman.manifest.model import Manifest, Request
from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.postman import model as postman
from okta_postman.postman.model import Folder


def compose_items(manifest: Manifest) -> tuple[Folder | postman.Request, ...]:
    """The top level of the collection: its folders, in the order of their first requests."""
    by_folder: dict[str, list[Request]] = {}
    for request in manifest.requests:
        by_folder.setdefault(request.folder, []).append(request)
    items: list[Folder | postman.Request] = []
    for name, requests in by_folder.items():
        if name:
            items.append(_folder(manifest, name, requests))
        else:
            items += [compose_request(manifest, request) for request in requests]
    return tuple(items)


def _folder(manifest: Manifest, name: str, requests: Sequence[Request]) -> Folder:
    """A folder; with folder auth and several scope sets, it has a folder for each scope set."""
    if manifest.layout.auth != "folder":
        return _leaf(manifest, (name,), requests)
    by_scopes: dict[ScopeSet, list[Request]] = {}
    for request in requests:
        by_scopes.setdefault(request.scopes, []).append(request)
    if len(by_scopes) == 1:
        return _leaf(manifest, (name,), requests, next(iter(by_scopes)))
    return Folder(
        id=stable_id(manifest.id, "folder", name),
        name=name,
        description=_documentation(requests),
        items=tuple(
            _leaf(manifest, (name, joined(scopes)), same_scopes, scopes)
            for scopes, same_scopes in by_scopes.items()
        ),
    )


def _leaf(
    manifest: Manifest,
    path: tuple[str, ...],
    requests: Sequence[Request],
    scopes: ScopeSet | None = None,
) -> Folder:
    """A folder of requests, with OAuth 2.0 settings for the scopes if there are any."""
    return Folder(
        id=stable_id(manifest.id, "folder", *path),
        name=path[-1],
        description=_documentation(requests, own_token=scopes is not None),
        items=tuple(compose_request(manifest, request) for request in requests),
        auth=None if scopes is None else oauth2(manifest, scopes),
    )


def _documentation(requests: Sequence[Request], *, own_token: bool = False) -> str:
    return templates.render(
        "folder.md",
        count=len(requests),
        scope_sets=list(Counter(request.scopes for request in requests).items()),
        own_token=own_token,
    )
