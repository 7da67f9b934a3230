"""No key of a manifest can change without a review that shows it, not even one that is new."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import okta_postman
from okta_postman.problems import Source
from okta_postman.reports.diff.formats import FORMATS
from okta_postman.review import fields
from okta_postman.review.changes import Changes
from okta_postman.review.compare import compare
from okta_postman.review.fields import Weight
from okta_postman.review.inventory import Connection, Inventory, Request, inventory
from tests.support.manifests import check

SCHEMA = json.loads(
    (Path(okta_postman.__file__).parent / "manifest/schema/okta-postman.schema.json").read_bytes()
)
Data = dict[str, Any]


def keys(node: Data, path: str = "", seen: tuple[str, ...] = ()) -> Iterator[str]:
    """The path of every key that the schema allows a single value for; `*` is any name."""
    while "$ref" in node:
        reference = node["$ref"].rpartition("/")[2]
        assert reference not in seen, "the schema refers to itself: say here where to stop"
        seen, node = (*seen, reference), SCHEMA["definitions"][reference]
    inner = list(node.get("properties", {}).items())
    rest = [node.get("additionalProperties"), *node.get("patternProperties", {}).values()]
    inner += [("*", each) for each in rest if isinstance(each, dict)]
    if isinstance(node.get("items"), dict):
        inner.append(("[]", node["items"]))
    types = node.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    is_value = types & {"string", "number", "integer", "boolean"} or "enum" in node
    if path and (is_value or not (types or inner)):
        yield path
    for name, below in inner:
        yield from keys(below, f"{path}.{name}".lstrip("."), seen)
    for combined in ("anyOf", "oneOf", "allOf"):
        for below in node.get(combined, ()):
            if below.keys() - {"required"}:
                yield from keys(below, path, seen)


class Edit(NamedTuple):
    """Another value for a key, what its change is, and what of it every report shows."""

    value: Any
    weight: Weight
    shown: str = ""


SERVER = {"authorize_url": "https://l.acme.com/a", "token_url": "https://l.acme.com/t"}
OTHER_SERVER = {**SERVER, "authorize_url": "https://other.example/b"}
EDITS: dict[str, Edit] = {
    "name": Edit("Other", "change"),
    "id": Edit("other-id", "change"),
    "description": Edit("Other words.", "documentation"),
    "org": Edit("https://other.example", "broader access"),
    "authorization_server": Edit(OTHER_SERVER, "broader access", "https://other.example/b"),
    "authorization_server.authorize_url": Edit("https://other.example/a", "broader access"),
    "authorization_server.token_url": Edit("https://other.example/t", "broader access"),
    "app.client_id": Edit("other-client", "broader access"),
    "app.type": Edit("browser", "broader access"),
    "app.grants.[]": Edit("other.read", "broader access"),
    "redirect_uri": Edit("https://other.example/back", "broader access"),
    "sign_in_parameters.*": Edit("other-value", "broader access"),
    "variables.*": Edit("other-value", "broader access"),
    "scopes.*": Edit(["GET /other"], "change", "GET /other"),
    "collection.folders": Edit("none", "change"),
    "collection.auth": Edit("collection", "broader access"),
    "collection.scripts": Edit(value=False, weight="broader access", shown="off"),
    "ENDPOINT": Edit("GET /other", "change"),
    "ENDPOINT.request": Edit("POST /other/{itemId}", "change", "/other/{itemId}"),
    "ENDPOINT.name": Edit("Other", "change"),
    "ENDPOINT.description": Edit("Other words.", "documentation"),
    "ENDPOINT.folder": Edit("Other", "change"),
    "ENDPOINT.query.*": Edit("other-value", "change"),
    "ENDPOINT.headers.*": Edit("other-value", "change"),
    "ENDPOINT.variables.*": Edit("other-value", "change"),
    "ENDPOINT.body": Edit({"other": 1}, "change", '"other": 1'),
    "ENDPOINT.form.*": Edit("other-value", "change"),
}
UNCHANGEABLE = {"version"}
"""Keys that have only one value."""


def plain(key: str) -> str:
    """A key as `EDITS` has it: an environment's are those at the top, and endpoints are alike."""
    for listed in ("scopes.*.[]", "token_only.[]", "public.[]"):
        if key.startswith(listed):
            return f"ENDPOINT{key.removeprefix(listed)}"
    return key.removeprefix("environments.*.")


def endpoints(name: str) -> list[Data]:
    whole = {
        "request": f"POST /{name}/{{itemId}}",
        "name": f"Make {name}",
        "description": "Words.",
        "folder": "Folder",
        "query": {"limit": "1"},
        "headers": {"X-Trace": "on"},
        "variables": {"itemId": "7"},
    }
    return [
        {**whole, "body": {"a": 1}},
        {"request": f"PUT /{name}", "form": {"a": "1"}},
        {"request": f"GET /{name}/{{userId}}/{{orderId}}"},
    ]


CONNECTION: Data = {
    "org": "https://api.acme.com",
    "authorization_server": SERVER,
    "app": {"client_id": "client", "type": "native", "grants": ["spare.read", "items.read"]},
    "redirect_uri": "https://oauth.pstmn.io/v1/callback",
    "sign_in_parameters": {"audience": "items"},
}
SAMPLE: Data = {
    "version": 1,
    "name": "Sample",
    "id": "sample",
    "description": "Words.",
    **CONNECTION,
    "variables": {"userId": "me"},
    "scopes": {"items.read": endpoints("items")},
    "token_only": endpoints("mine"),
    "public": endpoints("health"),
    "environments": {
        "own": {**CONNECTION, "variables": {"orderId": "1"}},
        "inherited": {"variables": {"orderId": "2"}},
    },
    "collection": {"folders": "resource", "auth": "request", "scripts": True},
}
"""Every key of a manifest, where it has an effect."""


def of(data: Data) -> Inventory:
    manifest, checked = check("x.json", json.dumps(data).encode())
    assert manifest is not None, checked.problems
    return inventory(manifest)


def edited(data: Any, steps: list[str], value: Any) -> Iterator[Any]:  # noqa: ANN401
    """The data with another value at the first place that a path of steps leads to."""
    if not steps:
        yield value
        return
    step, *rest = steps
    here = list(data.items()) if isinstance(data, dict) else []
    here = list(enumerate(data)) if isinstance(data, list) and step == "[]" else here
    for name, below in here:
        if step in ("*", "[]", name):
            for changed in edited(below, rest, value):
                copied = copy.copy(data)
                copied[name] = changed
                yield copied


def changes(key: str, value: Any) -> Changes:  # noqa: ANN401
    new = next(edited(SAMPLE, key.split("."), value), None)
    assert new is not None, f"`SAMPLE` has no {key}"
    return compare(of(SAMPLE), of(new))


KEYS = sorted({*keys(SCHEMA)} - UNCHANGEABLE)


def test_the_schema_was_walked_to_its_ends() -> None:
    assert {"environments.*.app.grants.[]", "public.[].form.*", "token_only.[].body"} <= {*KEYS}
    assert {plain(key) for key in KEYS} == EDITS.keys()


@pytest.mark.parametrize("key", KEYS)
def test_a_change_of_any_key_is_shown_and_weighed(key: str) -> None:
    assert plain(key) in EDITS, "say in `review/fields` and here what a change of this key is"
    edit = EDITS[plain(key)]
    found = changes(key, edit.value)

    assert found.changed
    assert found.broader_access == (edit.weight == "broader access")
    source = Source("x.json", "")
    for form, write in FORMATS.items():
        text = write(found, source, source)
        assert (edit.shown or edit.value) in text.replace('\\"', '"'), form
        if form == "json":
            assert json.loads(text)["broader_access"] == found.broader_access


def test_a_new_environment_has_broader_access_and_a_removed_one_has_not() -> None:
    less = copy.deepcopy(SAMPLE)
    del less["environments"]["inherited"]
    assert compare(of(less), of(SAMPLE)).broader_access
    removed = compare(of(SAMPLE), of(less))
    assert (removed.changed, removed.broader_access) == (True, False)


def test_the_way_back_from_broader_access_is_a_change() -> None:
    for key, value in (("auth", "folder"), ("auth", "collection"), ("scripts", False)):
        new = {**SAMPLE, "collection": {**SAMPLE["collection"], key: value}}
        assert compare(of(SAMPLE), of(new)).broader_access
        back = compare(of(new), of(SAMPLE))
        assert (back.changed, back.broader_access) == (True, False)


def test_a_variable_that_nothing_uses_is_a_change_only() -> None:
    one, other = (
        of({**SAMPLE, "variables": {"userId": "me", "unused": value}}) for value in ("1", "2")
    )
    found = compare(one, other)
    assert (found.changed, found.broader_access) == (True, False)


@pytest.mark.parametrize(
    ("record", "table", "known"),
    [
        (Inventory, fields.COLLECTION, {"slug", "requests", "connections"}),
        (Connection, fields.CONNECTION, {"slug"}),
        # The method and the path make it another request; a token has scopes, or is not sent.
        (Request, fields.REQUEST, {"method", "path", "name", "scopes", "public"}),
    ],
)
def test_whatever_an_inventory_holds_is_compared(
    record: type[Inventory | Connection | Request],
    table: tuple[fields.Field, ...],
    known: set[str],
) -> None:
    properties = {"own_name", "token"}
    assert {*record._fields} - known == {field.attribute for field in table} - properties
