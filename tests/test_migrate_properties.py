"""For any collection: only auth changes, and a second run changes nothing."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.migrate.run import migrate
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
