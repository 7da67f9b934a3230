"""The inventory of a Postman collection: a generated one, or another with OAuth 2.0 settings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from okta_postman.okta.credentials import all_masked
from okta_postman.okta.scopes import scopes_label
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.postman.existing import request as recorded
from okta_postman.postman.existing.collection import is_folder, items_of, read_collection
from okta_postman.postman.existing.file import File, open_file
from okta_postman.postman.existing.shapes import part
from okta_postman.postman.variables import REFERENCE
from okta_postman.problems import InvalidSource, UserError
from okta_postman.review.inventory import Connection, Inventory, Request

_SERVER = re.compile(r"/oauth2(?:/([^/]+))?/v1/authorize$")
_PARAMETER = re.compile(r"(?:(?<=/)|^):([^/]+)")


def is_collection(data: bytes) -> bool:
    """Whether a file is a Postman collection: a JSON object without the `version` of a manifest."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return False
    try:
        return "version" not in json.loads(data)
    except (ValueError, RecursionError):
        return b"schema.getpostman.com" in data


def collection_inventory(name: str, data: bytes) -> Inventory:
    """The inventory of a collection, in which no credential is shown that the file holds.

    Raises UserError if the file is not a collection in format v2.
    """
    inventory, text = _read(name, data)
    masked: Inventory = _replaced(inventory, all_masked(_strings(inventory), text))
    return masked


def _read(name: str, data: bytes) -> tuple[Inventory, str]:
    """The inventory of a collection as it is, and the text of the file."""
    try:
        file = open_file(name, data)
    except InvalidSource:
        file = None
    if file is None or file.kind != "collection" or not _is_whole(file):
        raise UserError(f"{name}: is not a Postman collection in format v2.1.0")
    collection = read_collection(file.data, file.root)
    settings = [_settings(request) for request in collection.requests]
    variables = {variable.key: variable.value for variable in collection.variables}
    signing_in = [auth for auth in settings if auth is not None]
    connections = (_connection(signing_in[0], variables),) if signing_in else ()
    requests = tuple(map(_request, collection.requests, settings))
    inventory = Inventory(_words(collection.name), "", requests, connections)
    return inventory, file.source.text


def _is_whole(file: File) -> bool:
    """Whether every item of a collection is a folder or a request, so that none is overlooked."""
    root = part(file.data, *file.root)
    return isinstance(part(root, "info"), dict) and all(
        isinstance(part(item, "item"), list)
        or (not is_folder(item) and isinstance(part(item, "request"), dict | str))
        for _, item, _ in items_of(root, file.root)
    )


def _settings(request: recorded.Request) -> Mapping[str, str] | None:
    """The OAuth 2.0 settings that a request is sent with, if it is sent with any."""
    auth = request.holder.auth if request.holder else None
    if auth is None or auth.type != "oauth2":
        return None
    return {key: str(value or "") for key, value in auth.parameters.items()}


def _request(request: recorded.Request, settings: Mapping[str, str] | None) -> Request:
    path = _path(request.target.path)
    name = _words(request.name) or f"{request.method} {path}"
    scopes = tuple(sorted({*(settings or {}).get("scope", "").split()}))
    auth = request.holder.auth if request.holder else None
    public = auth is not None and auth.type == "noauth"
    folders = " / ".join(_folders(request, public=public))
    return Request(request.method, path, name, folders, scopes, public)


def _folders(request: recorded.Request, *, public: bool) -> Iterable[str]:
    """The names of the folders of a request.

    A folder in a folder that is named like its scopes only holds their token, and does not count.
    """
    for number, folder in enumerate(request.holders[-2:0:-1]):
        name, auth = _words(folder.name), folder.auth
        is_oauth = auth is not None and auth.type == "oauth2"
        scope = auth.parameters.get("scope") if auth and is_oauth else None
        token = scopes_label(str(scope or "").split(), public=public)
        if number == 0 or token != name or not (is_oauth or public):
            yield name


def _words(text: str) -> str:
    """A name on one line."""
    return " ".join(text.split())


def _path(typed: str) -> str:
    """A path as a manifest would write it, with `{parameters}`."""
    named = _PARAMETER.sub(r"{\1}", REFERENCE.sub(r"{\1}", typed))
    return f"/{''.join(named.split()).strip('/')}"


def _connection(settings: Mapping[str, str], variables: Mapping[str, str]) -> Connection:
    """How settings reach their org, with the collection's own values for its variables."""

    def value(key: str) -> str:
        text = settings.get(key, "")
        return _words(
            REFERENCE.sub(lambda reference: variables.get(reference[1]) or reference[0], text)
        )

    authorize = value("authUrl")
    server = _SERVER.search(authorize)
    base = authorize[: server.start()] if server else _origin(authorize)
    return Connection(
        name="this collection",
        slug="",
        org=base,
        authorization_server=(server[1] or ORG_SERVER) if server else authorize,
        client_id=value("clientId"),
        redirect_uri=value("redirect_uri"),
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else url


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - a part of an inventory
    """Every string of an inventory."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for element in value:
            yield from _strings(element)


def _replaced(value: Any, shown: Mapping[str, str]) -> Any:  # noqa: ANN401
    """A part of an inventory with other strings for its own."""
    if isinstance(value, str):
        return shown[value]
    if not isinstance(value, tuple):
        return value
    parts = (_replaced(element, shown) for element in value)
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
