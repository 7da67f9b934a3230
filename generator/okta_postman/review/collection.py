"""The inventory of a Postman collection: a generated one, or another with OAuth 2.0 settings.

Source: schema.getpostman.com/json/collection/v2.1.0 and v2.0.0, where `oauth2` is an object.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from okta_postman.okta.credentials import masked
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.postman.variables import REFERENCE
from okta_postman.problems import UserError
from okta_postman.review.inventory import Connection, Inventory, Request

Json = Mapping[str, Any]
_DEEPEST = 200


def is_collection(data: bytes) -> bool:
    """Whether a file is a Postman collection: a JSON object without the `version` of a manifest."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return False
    try:
        return "version" not in json.loads(data)
    except (ValueError, RecursionError):
        return b"schema.getpostman.com" in data


def collection_inventory(name: str, data: bytes) -> Inventory:
    """The inventory of a collection.

    Raises UserError if the file is not a collection in format v2.
    """
    try:
        # A report must not repeat a token that is hard-coded in a file.
        return _inventory(json.loads(masked(data.decode("utf-8-sig"))))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise UserError(f"{name}: is not a Postman collection in format v2.1.0") from None


def _inventory(read: Json) -> Inventory:
    items = list(_items(read, (), _auth(read, None)))
    variables = {each.get("key"): each.get("value") for each in read.get("variable") or []}
    blocks = [block for _, block in items if block]
    connections = (_connection(blocks[0], variables),) if blocks else ()
    return Inventory(
        _words(read["info"]["name"]), "", tuple(request for request, _ in items), connections
    )


def _items(
    parent: Json, folders: tuple[str, ...], auth: Json | None
) -> Iterator[tuple[Request, Json | None]]:
    """Every request with the OAuth 2.0 settings that apply to it, its own or inherited ones."""
    if len(folders) > _DEEPEST:
        raise ValueError
    for item in parent["item"]:
        if "item" in item:
            block, name = _auth(item, auth), _words(item.get("name"))
            # A folder named like its scopes only holds their token; its requests count as above.
            token = folders and item.get("auth") and block and block.get("scope") == name
            yield from _items(item, folders if token else (*folders, name), block)
        else:
            request = item["request"]
            request = {"method": "GET", "url": request} if isinstance(request, str) else request
            block = _auth(request, auth)
            yield _request(item, request, folders, block), block


def _auth(part: Json, inherited: Json | None) -> Json | None:
    """The settings that apply: None for another type of auth, the inherited ones without auth."""
    auth = part.get("auth")
    if not auth:
        return inherited
    if auth["type"] != "oauth2":
        return None
    block = auth.get("oauth2") or {}
    if isinstance(block, dict):
        return block
    return {each["key"]: each.get("value", "") for each in block}


def _request(item: Json, request: Json, folders: tuple[str, ...], block: Json | None) -> Request:
    scopes = str((block or {}).get("scope") or "").split()
    method = str(request.get("method") or "GET").upper()
    path = _path(request.get("url") or "")
    name = _words(item.get("name")) or f"{method} {path}"
    return Request(method, path, name, " / ".join(folders), tuple(sorted(set(scopes))))


def _words(text: object) -> str:
    """A name on one line."""
    return " ".join(str(text or "").split())


_PARAMETER = re.compile(r":([^/?#]+)(?=/|$)")
_HOST = re.compile(r"^(?:\w+://)?(?:\{\{[^{}]*\}\}|[^/]*)")


def _path(url: str | Json) -> str:
    """The path of a URL as a manifest has it, with `{parameters}`."""
    raw = url if isinstance(url, str) else url.get("raw") or ""
    if isinstance(url, dict) and url.get("path"):
        path = url["path"]
        segments = [path] if isinstance(path, str) else [_segment(each) for each in path]
        raw = "host/" + "/".join(segments).lstrip("/")
    path = _HOST.sub("", raw, count=1).partition("?")[0].partition("#")[0]
    named = _PARAMETER.sub(r"{\1}", REFERENCE.sub(r"{\1}", path))
    return f"/{''.join(named.split()).strip('/')}"


def _segment(segment: str | Json) -> str:
    return segment if isinstance(segment, str) else str(segment["value"])


_SERVER = re.compile(r"/oauth2(?:/([^/]+))?/v1/authorize$")


def _connection(block: Json, variables: Mapping[str, Any]) -> Connection:
    """The connection of OAuth 2.0 settings, with the collection's values for their variables."""

    def value(key: str) -> str:
        text = str(block.get(key) or "")
        return _words(REFERENCE.sub(lambda found: str(variables.get(found[1]) or found[0]), text))

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
