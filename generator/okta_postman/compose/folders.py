"""Folders: by name and, with OAuth 2.0 settings on folders, by the scopes of the requests too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from okta_postman import templates
from okta_postman.compose.auth import oauth2
from okta_postman.compose.ids import stable_id
from okta_postman.compose.requests import compose_request
from okta_postman.manifest.model import Manifest, Request
from okta_postman.okta.scopes import scopes_label
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
    by_token: dict[str, list[Request]] = {}
    for request in requests:
        by_token.setdefault(_token(request), []).append(request)
    if len(by_token) == 1:
        return _leaf(manifest, (name,), requests, own_token=not requests[0].public)
    return Folder(
        id=stable_id(manifest.id, "folder", name),
        name=name,
        description=_documentation(requests),
        items=tuple(
            _leaf(manifest, (name, token), same, own_token=not same[0].public)
            for token, same in by_token.items()
        ),
    )


def _leaf(
    manifest: Manifest,
    path: tuple[str, ...],
    requests: Sequence[Request],
    *,
    own_token: bool = False,
) -> Folder:
    """A folder of requests; with a token of its own, it has the OAuth 2.0 settings of the first."""
    return Folder(
        id=stable_id(manifest.id, "folder", *path),
        name=path[-1],
        description=_documentation(requests, own_token=own_token),
        items=tuple(compose_request(manifest, request) for request in requests),
        auth=oauth2(manifest, requests[0].scopes) if own_token else None,
    )


def _token(request: Request) -> str:
    """What the token of a request is called, which several share."""
    return scopes_label(request.scopes, public=request.public)


def _documentation(requests: Sequence[Request], *, own_token: bool = False) -> str:
    return templates.render(
        "folder.md",
        count=len(requests),
        tokens=list(Counter((each.scopes, _token(each)) for each in requests).items()),
        own_token=own_token,
    )
