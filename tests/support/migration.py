"""Hand-made collections, and what becomes of them."""

from __future__ import annotations

import json
from typing import Any

from okta_postman.manifest.model import Manifest
from okta_postman.migrate.run import Migrated, migrate
from tests.support.manifests import check
from tests.support.program import BASE

Json = dict[str, Any]

SSWS: Json = {"key": "Authorization", "value": "SSWS {{apikey}}"}
URL: Json = {"key": "url", "value": "https://acme.okta.com"}
ACCEPT: Json = {"key": "Accept", "value": "application/json"}
SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
TOKEN = "00" + "T0kEn-_" * 5 + "abcde"
"""Forty-two characters, as Okta's API tokens have."""


def described(text: str = BASE) -> Manifest:
    """A manifest, which must be valid."""
    manifest, checked = check("okta.yaml", text.encode())
    assert manifest is not None, checked.problems
    return manifest


def item(
    url: Any = "{{url}}/api/v1/users",  # noqa: ANN401 - in any spelling
    *headers: Json,
    method: str = "GET",
    name: str = "Users",
    **more: Any,  # noqa: ANN401 - what else a request says
) -> Json:
    """A request as an item of a collection."""
    return {
        "name": name,
        "request": {"method": method, "header": [*headers], "url": url, **more},
        "response": [],
    }


def header(value: str, key: str = "Authorization", **more: object) -> Json:
    """A header that authorizes, or another one."""
    return {"key": key, "value": value, **more}


def only(data: Json) -> Json:
    """The first request of a collection."""
    request: Json = data["item"][0]["request"]
    return request


def collection(*items: Json, **more: Any) -> Json:  # noqa: ANN401 - what else it says
    """A collection of format v2.1.0, whose `{{url}}` is the org."""
    info = {"_postman_id": "c1", "name": "Team", "schema": SCHEMA}
    return {"info": info, "item": [*items], "variable": [URL], **more}


def environment(**values: str) -> Json:
    """An environment as Postman exports it."""
    listed = [{"key": key, "value": value, "enabled": True} for key, value in values.items()]
    return {"id": "e1", "name": "Mine", "values": listed}


def written(data: Any, indent: str | None = "\t") -> bytes:  # noqa: ANN401 - any JSON
    """Data as a file."""
    return json.dumps(data, indent=indent, ensure_ascii=False).encode()


def migrated(
    *inputs: Json | bytes | str,
    text: str = BASE,
    remove_unknown: bool = False,
) -> list[Migrated]:
    """What becomes of files, which are called 0.json, 1.json and so on."""
    files = []
    for number, each in enumerate(inputs):
        data = each.encode() if isinstance(each, str) else each
        files.append((f"{number}.json", data if isinstance(data, bytes) else written(data)))
    return migrate(files, described(text), remove_unknown=remove_unknown)


def after(*inputs: Json | bytes | str, text: str = BASE, remove_unknown: bool = False) -> Any:  # noqa: ANN401 - JSON
    """The data of the first of the files after the migration."""
    first = migrated(*inputs, text=text, remove_unknown=remove_unknown)[0]
    assert first.after is not None, first.checked.problems
    return json.loads(first.after.decode("utf-8-sig"))


def codes(files: list[Migrated]) -> list[str]:
    """The codes of everything found, file after file."""
    return [problem.code for each in files for problem in each.checked.problems]


def scope(holder: Json) -> str | None:
    """What the OAuth 2.0 block of a request, folder or collection asks for, if it has one."""
    auth = holder.get("auth") or {}
    listed = {each["key"]: each["value"] for each in auth.get("oauth2", [])}
    return listed.get("scope")


def without_auth(data: Any) -> Any:  # noqa: ANN401 - any JSON
    """A collection without OAuth 2.0 blocks, and without credentials that they replace."""
    if isinstance(data, list):
        return [without_auth(each) for each in data if not _is_credential(each)]
    if not isinstance(data, dict):
        return data
    return {
        key: without_auth(value)
        for key, value in data.items()
        if not (key == "auth" and _is_replaced(value))
    }


def _is_credential(data: Any) -> bool:  # noqa: ANN401 - any JSON
    if not isinstance(data, dict) or not isinstance(data.get("key"), str):
        return False
    name = data["key"].lower().lstrip("/ ")
    return name == "authorization" and str(data.get("value")).lower().startswith(("ssws", "bearer"))


def _is_replaced(auth: Any) -> bool:  # noqa: ANN401 - any JSON
    return auth is None or (
        isinstance(auth, dict) and auth.get("type") in ("oauth2", "apikey", "bearer")
    )
