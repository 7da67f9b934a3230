"""Format v1 becomes v2.1.0: requests in one list, whose order folders and the collection keep.

Source: schema.getpostman.com/json/collection/v1.0.0 and what Postman exported before 2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from okta_postman.migrate.upgrade import pairs
from okta_postman.postman.collection_v2 import SCHEMA

Json = dict[str, Any]

HELPERS: Final = {
    "basicAuth": "basic",
    "digestAuth": "digest",
    "oAuth1": "oauth1",
    "oAuth2": "oauth2",
    "hawkAuth": "hawk",
    "awsSigV4": "awsv4",
    "ntlmAuth": "ntlm",
    "bearerAuth": "bearer",
    "apikeyAuth": "apikey",
    "noAuth": "noauth",
}
MODES: Final = {
    "params": "formdata",
    "urlencoded": "urlencoded",
    "binary": "file",
    "graphql": "graphql",
    "raw": "raw",
}
LINE: Final = re.compile(r"([^:\n]+):[ \t]*([^\r\n]*)")
_EVENTS: Final = (("preRequestScript", "prerequest"), ("tests", "test"))


def converted(data: Json) -> Json:
    """A collection of format v1 as v2.1.0; every request and folder comes in once."""
    folders = _by_id(_list(data, "folders"))
    inner = {each for folder in folders.values() for each in _ids(folder, "folders_order")}
    outer = [each for each in folders if each not in inner]
    requests = _by_id(_list(data, "requests"))
    listed = {each for one in (data, *folders.values()) for each in _ids(one, "order")}
    stray: dict[str, list[str]] = {}
    for each, request in requests.items():
        if each not in listed:
            stray.setdefault(str(request.get("folder")), []).append(each)
    left = _Left(folders, requests, stray)
    info = {"_postman_id": data.get("id"), "name": data.get("name", "")}
    info |= {"description": data.get("description"), "schema": SCHEMA}
    made: Json = {"info": _said(info)}
    made["item"] = [
        *left.folders_of([*_ids(data, "folders_order"), *outer]),
        *left.requests_of(_ids(data, "order")),
        *left.folders_of([*folders]),
        *left.requests_of([*left.requests]),
    ]
    variables = [_pair(each) for each in _list(data, "variables")] or data.get("variables")
    made |= _said({"auth": _auth(data), "event": _events(data), "variable": variables})
    return made


class _Left(NamedTuple):
    """What has no place in the result yet, by id: whatever is given a place is taken out.

    `stray` requests are in no list, and say themselves in which folder they are.
    """

    folders: dict[str, Json]
    requests: dict[str, Json]
    stray: dict[str, list[str]]

    def folders_of(self, ids: Iterable[str]) -> list[Json]:
        """The folders of these ids that are left, with all that is in them."""
        return [self._folder(self.folders.pop(each)) for each in ids if each in self.folders]

    def requests_of(self, ids: Iterable[str]) -> list[Json]:
        """The requests of these ids that are left."""
        return [_item(self.requests.pop(each)) for each in ids if each in self.requests]

    def _folder(self, folder: Json) -> Json:
        said = {key: folder.get(key) for key in ("id", "name", "description")}
        items = self.folders_of(_ids(folder, "folders_order"))
        items += self.requests_of(_ids(folder, "order"))
        items += self.requests_of(self.stray.get(str(folder.get("id")), ()))
        return _said({**said, "item": items, "auth": _auth(folder), "event": _events(folder)})


def _by_id(listed: list[Json]) -> dict[str, Json]:
    """Folders or requests by their id; those without one by their number, which no list has."""
    return {
        f"\0{number}" if each.get("id") is None else str(each["id"]): each
        for number, each in enumerate(listed)
    }


def _item(request: Json) -> Json:
    item = {"id": request.get("id"), "name": request.get("name") or request.get("url", "")}
    item |= {"request": _request(request), "response": [*_responses(request)]}
    behavior = request.get("protocolProfileBehavior")
    return _said({**item, "event": _events(request), "protocolProfileBehavior": behavior})


def _request(request: Json) -> Json:
    made = {
        "method": request.get("method") or "GET",
        "header": _headers(request),
        "body": _body(request),
        "url": _url(request),
        "auth": _auth(request),
        "description": request.get("description"),
    }
    return _said(made)


def _headers(request: Json) -> list[Json]:
    listed = _list(request, "headerData")
    if listed:
        return [_pair(each) for each in listed]
    found = []
    for name, value in LINE.findall(str(request.get("headers") or "")):
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
    typed = _list(request, "queryParams")
    if not variables and not any(_says_more(each) for each in typed):
        return raw
    before, _, query = raw.partition("?")
    host, _, path = before.partition("/") if "://" not in before else _absolute(before)
    listed = _query([_parameter(each) for each in query.split("&") if each], typed)
    return _said(
        {
            "raw": raw,
            "host": [host],
            "path": path.split("/") if path else [],
            "query": listed or None,
            "variable": [_pair(each) for each in variables],
        }
    )


def _says_more(parameter: Json) -> bool:
    """Whether a parameter says what a URL cannot: it is off, or described."""
    return parameter.get("enabled") is False or bool(parameter.get("description"))


def _query(listed: list[Json], typed: list[Json]) -> list[Json]:
    """The parameters of the URL, with what is said of them beside it, and those that are off."""
    left = [*typed]
    made = []
    for each in listed:
        same = [one for one in left if _is_on(one) and _same(one, each)]
        made.append({**_pair(same[0]), **each} if same else each)
        left = [one for one in left if not same or one is not same[0]]
    return [*made, *(_pair(each) for each in left if not _is_on(each))]


def _is_on(parameter: Json) -> bool:
    return parameter.get("enabled") is not False


def _same(one: Json, other: Json) -> bool:
    return (one.get("key"), one.get("value") or "") == (other["key"], other["value"] or "")


def _absolute(url: str) -> tuple[str, str, str]:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}", slash, path


def _parameter(text: str) -> Json:
    key, equals, value = text.partition("=")
    return {"key": key, "value": value if equals else None}


def _body(request: Json) -> Json | None:
    """The body with its options; one that was typed without a mode is raw."""
    raw, data = request.get("rawModeData"), request.get("data")
    mode = str(request.get("dataMode") or ("raw" if raw else "params" if data else ""))
    graph, options = request.get("graphqlModeData"), request.get("dataOptions")
    if mode not in MODES or (raw in (None, "") and not (data or graph or options)):
        return None
    name = MODES[mode]
    said: Any = [_pair(each) for each in _list(request, "data")]
    if name == "raw":
        said = raw if raw is not None else data or ""
    elif name == "file":
        said = {"src": raw}
    elif name == "graphql":
        said = graph or {}
    off = True if request.get("dataDisabled") is True else None
    return _said({"mode": name, name: said, "options": options, "disabled": off})


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
    if helper not in HELPERS:
        return None
    name = HELPERS[helper]
    if name == "noauth":
        return {"type": name}
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
        code, asked = each.get("responseCode"), each.get("request")
        saved = _request(asked) if isinstance(asked, dict) else each.get("originalRequest")
        said = {"id": each.get("id"), "name": each.get("name", ""), "originalRequest": saved}
        said |= {"status": each.get("status"), "body": each.get("text")}
        if isinstance(code, dict):
            said |= {"status": code.get("name"), "code": code.get("code")}
        said |= {"header": each.get("headers"), "cookie": each.get("cookies")}
        language = each.get("language")
        yield _said(
            {**said, "responseTime": each.get("time"), "_postman_previewlanguage": language}
        )


def _list(parent: Json, key: str) -> list[Json]:
    found = parent.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _ids(parent: Json, key: str) -> list[str]:
    found = parent.get(key)
    return [str(each) for each in found] if isinstance(found, list) else []


def _said(data: Json) -> Json:
    return {key: value for key, value in data.items() if value is not None}
