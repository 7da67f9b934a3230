"""Format v1 becomes v2.1.0: requests in one list, whose order folders and the collection keep.

Source: schema.getpostman.com/json/collection/v1.0.0 and what Postman exported before 2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from generator.migrate.upgrade import pairs
from generator.postman.collection_v2 import SCHEMA

Json = dict[str, Any]

_HELPERS: Final = {
    "basicAuth": "basic",
    "digestAuth": "digest",
    "oAuth1": "oauth1",
    "oAuth2": "oauth2",
    "hawkAuth": "hawk",
    "awsSigV4": "awsv4",
    "ntlmAuth": "ntlm",
    "bearerAuth": "bearer",
    "noAuth": "noauth",
}
_MODES: Final = {"params": "formdata", "urlencoded": "urlencoded", "binary": "file", "raw": "raw"}
_LINE: Final = re.compile(r"([^:\n]+):[ \t]*([^\r\n]*)")
_EVENTS: Final = (("preRequestScript", "prerequest"), ("tests", "test"))


def is_v1(data: Any) -> bool:  # noqa: ANN401 - what JSON can say
    """Whether data is a collection of format v1."""
    return isinstance(data, dict) and "info" not in data and isinstance(data.get("requests"), list)


def converted(data: Json) -> Json:
    """A collection of format v1 as v2.1.0."""
    requests = {str(each.get("id")): each for each in data["requests"] if isinstance(each, dict)}
    folders = {str(each.get("id")): each for each in _list(data, "folders")}
    inner = {str(each) for folder in folders.values() for each in _ids(folder, "folders_order")}
    top = _ids(data, "folders_order") or [each for each in folders if each not in inner]
    info = {"_postman_id": data.get("id"), "name": data.get("name", "")}
    info |= {"description": data.get("description"), "schema": SCHEMA}
    made: Json = {"info": _said(info)}
    made["item"] = [
        *(_folder(folders[each], folders, requests) for each in top if each in folders),
        *_requests(_ids(data, "order"), requests),
        *_strays(data, folders.values(), requests),
    ]
    made |= _said({"auth": _auth(data), "event": _events(data), "variable": data.get("variables")})
    return made


def _folder(folder: Json, folders: dict[str, Json], requests: dict[str, Json]) -> Json:
    others = {key: each for key, each in folders.items() if each is not folder}
    inner = [others[each] for each in _ids(folder, "folders_order") if each in others]
    said = {key: folder.get(key) for key in ("id", "name", "description")}
    items = [_folder(each, others, requests) for each in inner]
    items += _requests(_ids(folder, "order"), requests)
    return _said({**said, "item": items, "auth": _auth(folder), "event": _events(folder)})


def _requests(ids: Iterable[str], requests: dict[str, Json]) -> list[Json]:
    return [_item(requests[each]) for each in ids if each in requests]


def _strays(data: Json, folders: Iterable[Json], requests: dict[str, Json]) -> list[Json]:
    """Requests that no list mentions stand at the end, so that none is lost."""
    listed = {each for parent in (data, *folders) for each in _ids(parent, "order")}
    return _requests([each for each in requests if each not in listed], requests)


def _item(request: Json) -> Json:
    made = {
        "method": request.get("method") or "GET",
        "header": _headers(request),
        "body": _body(request),
        "url": _url(request),
        "auth": _auth(request),
        "description": request.get("description"),
    }
    item = {"id": request.get("id"), "name": request.get("name") or request.get("url", "")}
    item |= {"request": _said(made), "response": [*_responses(request)], "event": _events(request)}
    return _said(item)


def _headers(request: Json) -> list[Json]:
    listed = _list(request, "headerData")
    if listed:
        return [_pair(each) for each in listed]
    found = []
    for name, value in _LINE.findall(str(request.get("headers") or "")):
        off = name.strip().startswith("//")
        pair = {"key": name.strip().lstrip("/ "), "value": value}
        found.append({**pair, "disabled": True} if off else pair)
    return found


def _url(request: Json) -> str | Json:
    """A text, or its parts where path variables or disabled parameters need them."""
    raw = str(request.get("url") or "")
    variables = _list(request, "pathVariableData")
    named = request.get("pathVariables")
    if not variables and isinstance(named, dict):
        variables = [{"key": key, "value": value} for key, value in named.items()]
    off = [each for each in _list(request, "queryParams") if each.get("enabled") is False]
    if not variables and not off:
        return raw
    before, _, query = raw.partition("?")
    host, _, path = before.partition("/") if "://" not in before else _absolute(before)
    listed = [_parameter(each) for each in query.split("&") if each]
    return _said(
        {
            "raw": raw,
            "host": [host],
            "path": path.split("/") if path else [],
            "query": [*listed, *map(_pair, off)] or None,
            "variable": [{"key": str(e.get("key")), "value": e.get("value")} for e in variables],
        }
    )


def _absolute(url: str) -> tuple[str, str, str]:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}", slash, path


def _parameter(text: str) -> Json:
    key, equals, value = text.partition("=")
    return {"key": key, "value": value if equals else None}


def _body(request: Json) -> Json | None:
    mode = str(request.get("dataMode"))
    raw = request.get("rawModeData")
    if mode not in _MODES or (raw in (None, "") and not request.get("data")):
        return None
    name = _MODES[mode]
    if name == "raw":
        data = request.get("data")
        return {"mode": name, "raw": raw if raw is not None else data or ""}
    if name == "file":
        return {"mode": name, "file": {"src": raw}}
    return {"mode": name, name: [_pair(each) for each in _list(request, "data")]}


def _pair(said: Json) -> Json:
    made = {key: value for key, value in said.items() if key != "enabled"}
    return {**made, "disabled": True} if said.get("enabled") is False else made


def _auth(parent: Json) -> Json | None:
    auth = parent.get("auth")
    if isinstance(auth, dict) and isinstance(auth.get("type"), str):
        said = auth.get(auth["type"])
        made = pairs(said) if isinstance(said, dict) else said
        return _said({"type": auth["type"], auth["type"]: made})
    helper, said = str(parent.get("currentHelper")), parent.get("helperAttributes")
    if helper not in _HELPERS or helper == "noAuth":
        return None
    name = _HELPERS[helper]
    return {"type": name, name: pairs(said if isinstance(said, dict) else {})}


def _events(parent: Json) -> list[Json] | None:
    if parent.get("events"):
        return _list(parent, "events")
    return [
        {"listen": event, "script": {"type": "text/javascript", "exec": parent[key].split("\n")}}
        for key, event in _EVENTS
        if isinstance(parent.get(key), str) and parent[key]
    ] or None


def _responses(request: Json) -> Iterator[Json]:
    for each in _list(request, "responses"):
        code = each.get("responseCode")
        said = {"id": each.get("id"), "name": each.get("name", ""), "body": each.get("text")}
        if isinstance(code, dict):
            said |= {"status": code.get("name"), "code": code.get("code")}
        yield _said({**said, "header": each.get("headers")})


def _list(parent: Json, key: str) -> list[Json]:
    found = parent.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _ids(parent: Json, key: str) -> list[str]:
    found = parent.get(key)
    return [str(each) for each in found] if isinstance(found, list) else []


def _said(data: Json) -> Json:
    return {key: value for key, value in data.items() if value is not None}
