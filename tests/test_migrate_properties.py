"""For any collection: only auth changes, and a second run changes nothing."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.migrate.run import migrate, to_description
from generator.problems import Unusable
from tests.support.migration import collection, described, item, without_auth
from tests.support.program import BASE

DESCRIPTIONS = [
    described(f"{BASE}collection: {{auth: {level}}}\n")
    for level in ("request", "folder", "collection")
]
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
UNKNOWN: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["x", "é", "note", "{}"]), JSON, max_size=2
)
HEADERS = st.lists(
    st.sampled_from(["SSWS {{apikey}}", "SSWS{{k}}", "ssws {{k}}", "Bearer {{t}}"]).map(
        lambda value: {"key": "Authorization", "value": value}
    )
    | st.fixed_dictionaries(
        {"key": st.sampled_from(["Accept", "X"]), "value": NAMES}, optional={"z": JSON}
    ),
    max_size=3,
)
AUTH: st.SearchStrategy[Any] = st.sampled_from(
    [
        {},
        {"auth": None},
        {"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}},
    ]
)
URLS = st.sampled_from(
    [
        "{{url}}/api/v1/users",
        {
            "raw": "{{url}}/api/v1/users/:id",
            "host": ["{{url}}"],
            "path": ["api", "v1", "users", ":id"],
        },
        "https://acme.okta.com/api/v1/groups/{{id}}",
    ]
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    made = item(draw(URLS), *draw(HEADERS), **draw(UNKNOWN))
    made["request"] |= draw(AUTH)
    return {**made, "name": draw(NAMES), **draw(UNKNOWN)}


@st.composite
def folders(draw: st.DrawFn) -> dict[str, Any]:
    inner = draw(st.lists(items(), max_size=3))
    return {**draw(UNKNOWN), "name": draw(NAMES), "item": inner, **draw(AUTH)}


@st.composite
def texts(draw: st.DrawFn) -> str:
    listed = draw(st.lists(items() | folders(), max_size=3))
    data = {**draw(UNKNOWN), **collection(*listed), **draw(AUTH)}
    indent = draw(st.sampled_from([None, "\t", "  ", 4]))
    separators = draw(st.sampled_from([None, (",", ":")])) if indent is None else None
    return json.dumps(data, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))


@given(texts(), st.sampled_from(DESCRIPTIONS))
def test_without_auth_and_credentials_nothing_has_changed(text: str, description: Any) -> None:  # noqa: ANN401
    (found,) = migrate([("c.json", text.encode())], description)

    assert found.after is not None, found.checked.problems
    assert without_auth(json.loads(found.after)) == without_auth(json.loads(text))
    assert [row.done for row in found.rows] == ["migrated"] * len(found.rows)
    assert not any(each in found.after for each in (b"{{apikey}}", b"{{k}}", b"{{t}}"))
    (again,) = migrate([("c.json", found.after)], description)
    assert again.after == found.after
    assert {row.done for row in again.rows} <= {"unchanged"}


ODD: st.SearchStrategy[Any] = JSON | st.sampled_from([[None], {"": None}, "Authorization: x", [{}]])
OLD: dict[str, Any] = {
    "name": "Old",
    "order": ["r"],
    "folders": [{"id": "f", "order": [], "folders_order": ["f"]}],
    "requests": [{"id": "r", "url": "a?b", "headers": "A: b", "data": [], "dataMode": "params"}],
}


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@st.composite
def misshapen(draw: st.DrawFn) -> bytes:
    """A collection or environment in which something has become something else."""
    body = {"mode": "raw", "raw": "{}"}
    event = [{"listen": "test", "script": {"exec": ["SSWS"]}}]
    url = {"raw": "{{url}}/api/v1/users", "host": ["{{url}}"], "path": ["api"], "variable": [{}]}
    auth = {"type": "apikey", "apikey": [{"key": "key", "value": "Authorization"}]}
    whole = item(url, {"key": "Authorization", "value": "SSWS {{k}}"}, body=body, auth=auth)
    folder = {"name": "F", "item": [{**whole, "event": event, "id": "1"}], "auth": auth}
    team = collection(folder, variable=[{"key": "apikey", "value": "x"}], event=event)
    data = json.loads(json.dumps(draw(st.sampled_from([team, OLD]))))
    path = draw(st.sampled_from(places(data)[1:]))
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = draw(ODD)
    return json.dumps(data).encode()


@given(misshapen(), st.sampled_from(DESCRIPTIONS), st.booleans())
def test_whatever_stands_in_a_collection_nothing_crashes(
    text: bytes,
    description: Any,  # noqa: ANN401
    remove: bool,  # noqa: FBT001
) -> None:
    values = b'{"values": [{"key": "apikey", "value": 1}, null, {"key": []}]}'
    files = migrate([("c.json", text), ("e.json", values)], description, remove_unknown=remove)
    for each in files:
        if each.after is not None:
            json.loads(each.after)
    with contextlib.suppress(Unusable):
        to_description([("c.json", text)], description)
