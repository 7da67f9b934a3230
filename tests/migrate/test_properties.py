"""For any collection: only auth changes, and a second run changes nothing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import event, given
from hypothesis import strategies as st

from okta_postman.migrate.run import migrate, to_manifest
from okta_postman.problems import UserError
from tests.support.migration import SCHEMA, TOKEN, Json, collection, described, item
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

SHORT = "sh0rt-one"
CREDENTIALS = (
    "SSWS {{apikey}}", "SSWS{{k}}", "ssws {{k}}", "Bearer {{t}}", "{{authorization}}",
    f"SSWS {SHORT}", f"Bearer {SHORT}", f"SSWS {TOKEN}",
)  # fmt: skip
LINES = tuple(
    f"{name}: {value}" for name in ("Authorization", "//authorization") for value in CREDENTIALS
)
BASIC = "Basic {{both}}"


class Kind(NamedTuple):
    """A URL, and what becomes of a request to it that is sent an API token."""

    url: Any
    done: str
    scope: str = ""
    method: str = "GET"
    keeps: bool = False  # it works with what it inherits


BY_ID = {
    "raw": "{{url}}/api/v1/users/:id",
    "host": ["{{url}}"],
    "path": ["api", "v1", "users", ":id"],
}
KINDS = {
    "users": Kind("{{url}}/api/v1/users", "migrated", "okta.users.read"),
    "a user": Kind(BY_ID, "migrated", "okta.users.read"),
    "group": Kind(
        "https://acme.okta.com/api/v1/groups/{{id}}", "migrated", "okta.groups.manage", "DELETE"
    ),
    "nothing": Kind("{{url}}/api/v1/nothing/like/this", "unknown"),
    "userinfo": Kind("{{url}}/oauth2/default/v1/userinfo", "unknown"),
    "public": Kind("{{url}}/.well-known/openid-configuration", "skipped"),
    "token": Kind("{{url}}/oauth2/v1/token", "skipped", method="POST"),
    "authn": Kind("{{url}}/api/v1/authn", "skipped", method="POST", keeps=True),
    "away": Kind("https://api.example.com/v1/things", "skipped", keeps=True),
}
"""By a name which a generated item keeps under `kind`."""

AUTHS: dict[str, Json | None] = {
    "null": None,
    "bearer": {"type": "bearer", "bearer": {"token": "{{t}}"}},
    "short": {"type": "bearer", "bearer": {"token": SHORT}},
    "apikey": {"type": "apikey", "apikey": {"key": "Authorization", "value": "SSWS {{k}}"}},
    "noauth": {"type": "noauth"},
    "basic": {"type": "basic", "basic": {"username": "{{u}}"}},
    "implicit": {"type": "oauth2", "oauth2": {"grant_type": "implicit"}},
    "their key": {"type": "apikey", "apikey": {"key": "X-Key", "value": "{{theirs}}"}},
}
REPLACED = [AUTHS["bearer"], AUTHS["short"], AUTHS["apikey"]]


def in_pairs(auth: Any) -> Any:  # noqa: ANN401 - auth
    """Auth as format v2.1.0 spells it."""
    if not auth or auth["type"] not in auth:
        return auth
    pairs = [{"key": key, "value": value} for key, value in auth[auth["type"]].items()]
    return {"type": auth["type"], auth["type"]: pairs}


def told(auth: Any) -> Any:  # noqa: ANN401 - auth
    """Auth in either spelling as a mapping; none is as good as one that says so."""
    if not auth or auth["type"] == "noauth":
        return None
    said = auth[auth["type"]]
    pairs = said if isinstance(said, dict) else {each["key"]: each["value"] for each in said}
    return {"type": auth["type"], auth["type"]: pairs}


def auths(*, v2_0: bool) -> st.SearchStrategy[Json]:
    some = st.sampled_from([{"auth": each if v2_0 else in_pairs(each)} for each in AUTHS.values()])
    return st.just({}) | st.just({}) | some


def headers() -> st.SearchStrategy[Any]:
    """Listed headers or a text, with credentials, with others, or with one for basic auth."""
    names = st.sampled_from(["Authorization", "authorization", "//Authorization"])
    credential = st.fixed_dictionaries(
        {"key": names, "value": st.sampled_from(CREDENTIALS), "credential": st.just(True)},  # noqa: FBT003
        optional={"disabled": st.booleans()},
    )
    other = st.fixed_dictionaries(
        {"key": st.sampled_from(["Accept", "X"]), "value": NAMES}, optional={"z": JSON}
    )
    basic = st.just([{"key": "Authorization", "value": BASIC}])
    line = st.sampled_from((*LINES, "Accept: ü", "", "no colon", "X:"))
    ends = st.sampled_from(["\n", "\r\n", "\r"])
    text = st.builds(lambda end, lines: end.join(lines), ends, st.lists(line, max_size=4))
    held = st.tuples(credential, credential | other).map(list)
    return held | st.lists(credential | other, max_size=3) | basic | text


@st.composite
def requests(draw: st.DrawFn, *, v2_0: bool) -> Json:
    kind = draw(st.sampled_from(sorted(KINDS)))
    made = item(KINDS[kind].url, method=KINDS[kind].method, name=draw(NAMES))
    made["request"] |= {"header": draw(headers()), **draw(auths(v2_0=v2_0)), **draw(UNKNOWN)}
    return {**made, "kind": kind, **draw(UNKNOWN)}


def folders(items: st.SearchStrategy[Json], *, v2_0: bool) -> st.SearchStrategy[Json]:
    def folder(name: str, inner: list[Json], auth: Json, more: Json) -> Json:
        return {**more, "name": name, "item": inner, **auth}

    return st.builds(folder, NAMES, st.lists(items, max_size=3), auths(v2_0=v2_0), UNKNOWN)


@st.composite
def collections(draw: st.DrawFn) -> Json:
    """A collection of format v2.1.0 or v2.0.0."""
    v2_0 = draw(st.booleans())
    leaf = requests(v2_0=v2_0)
    inside = leaf | folders(leaf | folders(leaf, v2_0=v2_0), v2_0=v2_0)
    made = collection(*draw(st.lists(inside, max_size=4)), **draw(auths(v2_0=v2_0)))
    if v2_0:
        made["info"]["schema"] = made["info"]["schema"].replace("v2.1.0", "v2.0.0")
    return {**draw(UNKNOWN), **made}


@st.composite
def texts(draw: st.DrawFn) -> str:
    data = draw(collections())
    indent = draw(st.sampled_from([None, "\t", "  ", 4]))
    separators = draw(st.sampled_from([None, (",", ":")])) if indent is None else None
    return json.dumps(data, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))


def chains(parent: Json, above: tuple[Json, ...] = ()) -> Iterator[tuple[Json, ...]]:
    """Every request's item with what stands above it, nearest first."""
    for each in parent["item"]:
        if "item" in each:
            yield from chains(each, (parent, *above))
        else:
            yield (each, parent, *above)


def sent_with(chain: tuple[Json, ...]) -> Any:  # noqa: ANN401 - auth
    """The auth that a request is sent with."""
    holders = (chain[0]["request"], *chain[1:])
    return next((each["auth"] for each in holders if each.get("auth")), None)


def is_ours(auth: Any) -> bool:  # noqa: ANN401 - auth
    return bool(auth) and "{{authUrl}}" in json.dumps(auth)


def bare(header: Any) -> Any:  # noqa: ANN401 - in either spelling
    """Headers without those that were generated as credentials."""
    if isinstance(header, list):
        return [each for each in header if "credential" not in each]
    lines = header.splitlines(keepends=True)
    return "".join(each for each in lines if each.rstrip("\r\n") not in LINES)


def cut(data: Any) -> Any:  # noqa: ANN401 - JSON
    """Data without what is written out of a credential."""
    return json.loads(json.dumps(data).replace(SHORT, "").replace(TOKEN, ""))


def is_sent(header: Any) -> bool:  # noqa: ANN401 - in either spelling
    """Whether a credential among headers is not switched off."""
    if isinstance(header, list):
        held = [each for each in header if "credential" in each and "//" not in each["key"]]
        return any(not each.get("disabled") for each in held)
    return any(line in LINES and "//" not in line for line in header.splitlines())


def outcome(chain: tuple[Json, ...]) -> str:
    """What becomes of a request, by what is known of how it was generated."""
    kind, header, auth = KINDS[chain[0]["kind"]], chain[0]["request"]["header"], sent_with(chain)
    held = bare(header) != header
    other = told(auth) is not None and told(auth) not in REPLACED
    no_auth = auth is not None and auth["type"] == "noauth" and not is_sent(header)
    if other or no_auth or BASIC in json.dumps(header):
        return "skipped"
    credentialed = held or told(auth) in REPLACED
    return "skipped" if kind.done == "unknown" and not credentialed else kind.done


def rest(parent: Json) -> Json:
    """A collection or folder without auth and requests, of whichever format."""
    kept = {key: value for key, value in parent.items() if key not in ("auth", "request", "info")}
    if "info" in parent:
        kept["info"] = {**parent["info"], "schema": None}
    return {**kept, "item": [rest(each) for each in parent["item"]]} if "item" in kept else kept


def without_auth(request: Json) -> Json:
    return {key: value for key, value in request.items() if key != "auth"}


def check_request(before: tuple[Json, ...], after: tuple[Json, ...], *, remove: bool) -> None:
    """That a request came out as it should, by how it was generated."""
    kind, done = KINDS[before[0]["kind"]], outcome(before)
    was, is_now = without_auth(before[0]["request"]), without_auth(after[0]["request"])
    old, new = sent_with(before), sent_with(after)
    event(f"{done}: {kind.url}")
    if done == "migrated" or (done == "unknown" and remove):
        assert is_now == {**was, "header": bare(was["header"])}
    elif "example.com" in str(kind.url):
        assert is_now == json.loads(json.dumps(was).replace(TOKEN, ""))
    else:
        assert is_now == cut(was)
    assert is_ours(new) == (done == "migrated")
    if done == "migrated":
        asked = {each["key"]: each["value"] for each in new["oauth2"]}
        assert kind.scope in asked["scope"].split()
    elif done == "unknown" and remove:
        assert told(new) is None
    elif kind.keeps or done == "unknown" or told(old) not in REPLACED:
        assert cut(told(new)) == cut(told(old))
    else:
        assert cut(told(new)) in (None, cut(told(old)))


@given(texts(), st.sampled_from(DESCRIPTIONS), st.booleans())
def test_nothing_but_auth_changes_and_each_request_comes_out_as_it_should(
    text: str,
    description: Any,  # noqa: ANN401
    remove: bool,  # noqa: FBT001
) -> None:
    (found,) = migrate([("c.json", text.encode())], description, remove_unknown=remove)
    assert found.after is not None, found.checked.problems
    before, after = json.loads(text), json.loads(found.after)

    assert rest(after) == rest(before)
    pairs = list(zip(chains(before), chains(after), strict=True))
    for one, other in pairs:
        check_request(one, other, remove=remove)
    gone = {"unknown": "credential removed"} if remove else {}
    expected = [outcome(one) for one, _ in pairs]
    assert [row.result for row in found.rows] == [gone.get(each, each) for each in expected]
    written = found.after.decode()
    assert TOKEN not in written
    assert SHORT not in written or "example.com" in written
    assert after["info"]["schema"] == SCHEMA


@given(texts(), st.sampled_from(DESCRIPTIONS), st.booleans())
def test_a_second_run_changes_nothing(text: str, description: Any, remove: bool) -> None:  # noqa: ANN401, FBT001
    (first,) = migrate([("c.json", text.encode())], description, remove_unknown=remove)
    assert first.after is not None
    (again,) = migrate([("c.json", first.after)], description, remove_unknown=remove)

    assert again.after == first.after
    assert "migrated" not in {row.result for row in again.rows}
    assert sum(row.result == "unchanged" for row in again.rows) == sum(
        row.result == "migrated" for row in first.rows
    )


@given(collections(), st.data(), st.sampled_from(DESCRIPTIONS))
def test_requests_that_come_later_make_no_file_change_twice(
    data: Json,
    draw: st.DataObject,
    description: Any,  # noqa: ANN401
) -> None:
    (first,) = migrate([("c.json", json.dumps(data).encode())], description)
    made = json.loads(first.after or b"")
    holders = [made, *(each for chain in chains(made) for each in chain[1:-1])]
    for _ in range(draw.draw(st.integers(1, 2))):
        draw.draw(st.sampled_from(holders))["item"].append(draw.draw(requests(v2_0=False)))
    (second,) = migrate([("c.json", json.dumps(made).encode())], description)
    (third,) = migrate([("c.json", second.after or b"")], description)

    assert third.after == second.after


ODD: st.SearchStrategy[Any] = JSON | st.sampled_from([[None], {"": None}, "Authorization: x", [{}]])


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
    data = json.loads(json.dumps(team))
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
    with contextlib.suppress(UserError):
        to_manifest([("c.json", text)], description)
