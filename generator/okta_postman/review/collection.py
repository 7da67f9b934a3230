"""The inventory of a Postman collection: a generated one, or another with OAuth 2.0 settings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from okta_postman.okta.credentials import all_masked
from okta_postman.okta.org_url import split_url
from okta_postman.okta.servers import ORG_SERVER, server_of
from okta_postman.postman.collection_v2 import BASE
from okta_postman.postman.existing import request as recorded
from okta_postman.postman.existing.collection import is_folder, items_of, read_collection
from okta_postman.postman.existing.file import File, open_file
from okta_postman.postman.existing.shapes import elements, part, scalar
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE
from okta_postman.problems import InvalidSource, UserError
from okta_postman.review.collection_request import request_of, words
from okta_postman.review.inventory import (
    Connection,
    Inventory,
    lines,
)

_BASE = BASE.strip("{}")
_SERVER = re.compile(r"/oauth2(?:/([^/]+))?/v1/authorize$")


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
    variables = {each.key: each.value for each in collection.variables if each.is_on}
    settings = [_settings(request) for request in collection.requests]
    of_requests = [None if each is None else _connection(each, variables) for each in settings]
    connections = _connections(of_requests)
    code = tuple(line for script in collection.scripts for line in lines(script.code))
    inventory = Inventory(
        name=words(collection.name),
        slug="",
        requests=tuple(
            request_of(request, own or {}, _auth(request, connection, connections), file)
            for request, own, connection in zip(
                collection.requests, settings, of_requests, strict=True
            )
        ),
        connections=connections,
        scripts="on" if any(line.strip() for line in code) else "off",
        code=code,
        variables=_variables(variables, settings, connections),
        description=lines(collection.description),
    )
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
    return {
        key: value if isinstance(value, str) else json.dumps(value, default=str) if value else ""
        for key, value in auth.parameters.items()
    }


def _auth(
    request: recorded.Request, connection: Connection | None, known: tuple[Connection, ...]
) -> str:
    """What auth a request is sent with; empty if none, or the collection's first connection."""
    if connection is None:
        auth = request.holder.auth if request.holder else None
        kind = auth.type if auth else "none"
        return "" if kind == "noauth" else kind
    if known and connection == known[0]._replace(name=""):
        return ""
    urls = (connection.org, connection.authorization_server, connection.token_url)
    parts = ("oauth2", connection.client_id, *urls, connection.redirect_uri, *connection.settings)
    return ", ".join(part for part in parts if part)


def _connections(of_requests: Iterable[Connection | None]) -> tuple[Connection, ...]:
    """Every connection by which requests get tokens, that of the most requests first."""
    counts = Counter(each for each in of_requests if each and (each.client_id or each.org))
    return tuple(
        connection._replace(name=f"this collection ({number})", slug=str(number))
        if number > 1
        else connection._replace(name="this collection")
        for number, (connection, _) in enumerate(counts.most_common(), 1)
    )


_KNOWN: Final = frozenset(
    (
        *("authUrl", "accessTokenUrl", "clientId", "redirect_uri", "scope", "useBrowser"),
        *("tokenName", "state", "code_verifier", "accessToken", "clientSecret", "password"),
        "authRequestParams",
    )
)
"""Settings that are fields of a connection, follow from one, differ by request, or are secret."""

_GENERATED: Final = {
    "addTokenTo": "header",
    "challengeAlgorithm": "S256",
    "client_authentication": "body",
    "grant_type": "authorization_code_with_pkce",
    "headerPrefix": "Bearer",
}
"""The other settings of generated files."""


def _connection(settings: Mapping[str, str], variables: Mapping[str, str]) -> Connection:
    """How settings reach their org, with the collection's own values for its variables."""

    def filled(text: str) -> str:
        return words(REFERENCE.sub(lambda name: variables.get(name[1]) or name[0], text))

    def value(key: str) -> str:
        return filled(settings.get(key, ""))

    authorize, token_url = value("authUrl"), value("accessTokenUrl")
    server = _SERVER.search(authorize)
    org = authorize[: server.start()] if server else variables.get(_BASE) or _origin(authorize)
    name = (server[1] or ORG_SERVER) if server else authorize
    is_own = server is not None and token_url in ("", server_of(org, name).token_url)
    return Connection(
        name="",
        slug="",
        org=words(org),
        authorization_server=name,
        client_id=value("clientId"),
        redirect_uri=value("redirect_uri"),
        token_url="" if is_own else token_url,
        app_type="with a secret" if settings.get("clientSecret") else "without a secret",
        settings=tuple(
            f"{key}={value(key)}"
            for key in sorted(settings)
            if key not in _KNOWN and settings[key] not in ("", _GENERATED.get(key))
        ),
        sign_in_parameters=tuple(
            f"{name}={filled(text)}" for name, text in _sign_in_parameters(settings) if filled(text)
        ),
    )


def _sign_in_parameters(settings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names and values that are added to a sign-in, without those that are switched off."""
    for parameter in elements(json.loads(settings.get("authRequestParams") or "[]")):
        if part(parameter, "enabled") is not False:
            yield scalar(part(parameter, "key")), scalar(part(parameter, "value"))


def _variables(
    variables: Mapping[str, str],
    settings: Iterable[Mapping[str, str] | None],
    connections: tuple[Connection, ...],
) -> tuple[str, ...]:
    """The variables that no connection shows, as sorted lines."""
    shown = {name for name in CONNECTION_VARIABLES if name != _BASE}
    for each in settings:
        for value in (each or {}).values():
            shown.update(REFERENCE.findall(value))
    if connections and variables.get(_BASE) == connections[0].org:
        shown.add(_BASE)
    listed = sorted((name, value) for name, value in variables.items() if value)
    return tuple(words(f"{name}={value}") for name, value in listed if name not in shown)


def _origin(url: str) -> str:
    parts = split_url(url)
    return f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else url


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - a part of an inventory
    """Every string of an inventory."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)


def _replaced(value: Any, shown: Mapping[str, str]) -> Any:  # noqa: ANN401
    """A part of an inventory with other strings for its own."""
    if isinstance(value, str):
        return shown[value]
    if not isinstance(value, tuple):
        return value
    parts = (_replaced(each, shown) for each in value)
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
