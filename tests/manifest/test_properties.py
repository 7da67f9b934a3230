"""What holds for every input, and not only for those that somebody thought of."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okta_postman.commands.generate import artifacts_of
from okta_postman.compose.requests import compose_request
from okta_postman.documents.data import Data
from okta_postman.documents.data import Path as DataPath
from okta_postman.documents.document import load
from okta_postman.documents.scalars import plain_value
from okta_postman.okta import credentials
from okta_postman.problems import Source
from okta_postman.reports.diff.documents import as_markdown
from okta_postman.review.compare import compare
from okta_postman.review.inventory import Connection, Inventory, Request
from tests.support.manifests import check, generated
from tests.support.postman import sdk
from tests.support.program import BASE

# What YAML can carry: no surrogates, no control characters but tab and line feed.
printable = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
# Pieces that mean something to a URL come whole, or they would never come at all.
pieces = st.sampled_from(["%26", "%23", "%3D", "a%20b", "/", "?"])
texts = st.text(
    st.one_of(printable, st.sampled_from("\t\n &#?=+%{}[]\\\"'`<>|:")), max_size=30
) | st.lists(pieces).map("".join)
# Braces in pairs are variables, and those must be declared.
literals = texts.filter(lambda text: "{{" not in text and "}}" not in text)
names = literals.filter(
    lambda text: text.strip() == text and text != "" and text.isprintable() and len(text) < 60
)
# HTTP sends no others in a header (RFC 9110, 5.5).
headers = literals.filter(
    lambda text: (
        text.isascii()
        and "\n" not in text
        and text.strip() == text
        and not next(credentials.find_credentials(text), None)
    )
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | literals,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(literals, inner, max_size=3),
    max_leaves=8,
)


def described(request: dict[str, Any], **more: Any) -> str:  # noqa: ANN401
    """A manifest in JSON, which is YAML, so that every text is written without a mistake."""
    return json.dumps(
        {
            "version": 1,
            "name": "Okta users",
            "id": "okta-users",
            "org": "https://acme.okta.com",
            "app": {"client_id": "0oan47pj9BsB30h7"},
            "redirect_uri": "https://oauth.pstmn.io/v1/callback",
            "scopes": {"okta.users.read": [request]},
            **more,
        },
        ensure_ascii=False,
    )


# The SDK is a process: one look at many texts costs what one look at one does.
@given(
    rows=st.lists(
        st.tuples(names, literals, literals, headers, json_values), min_size=8, max_size=20
    )
)
@settings(max_examples=4)
def test_any_text_arrives_in_postman_as_it_was_typed(
    rows: list[tuple[str, str, str, str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    requests = [
        {
            "request": f"POST /api/v1/users/{number}",
            "name": f"{number} {name}",
            "description": description,
            "query": {"q": query, query or "empty": "x"},
            "headers": {"X-Text": header},
            "body": {"it": body},
        }
        for number, (name, description, query, header, body) in enumerate(rows)
    ]
    text = described(requests[0], scopes={"okta.users.manage": requests}, name=rows[0][0])
    folder = tmp_path_factory.mktemp("sdk")
    path = folder / "okta-users.postman_collection.json"
    path.write_text(json.dumps(generated(text)[path.name]), encoding="utf-8")

    read = sdk(path)

    assert read.name == rows[0][0]
    for request, (name, description, query, header, body) in zip(read.requests, rows, strict=True):
        number = requests.index(next(r for r in requests if r["name"] == request.name))
        assert request.name == f"{number} {name}"
        assert request.description.startswith(description.strip())
        sent = {unquote(key): unquote(value or "") for key, value in request.query}
        assert sent["q"] == unquote(query) or query == "q"
        assert ("X-Text", header) in request.headers
        assert json.loads(request.body_raw or "") == {"it": body}


@given(data=json_values)
def test_every_position_points_at_the_text_it_claims(data: Any) -> None:  # noqa: ANN401
    text = json.dumps({"top": data}, ensure_ascii=False, indent=1)
    document = load(Source("x", text))
    for path, value in walk(document.data):
        place = document.value(path)
        line = document.source.lines[place.line - 1]
        shown = line[place.column - 1 : place.column - 1 + place.width]
        if isinstance(value, dict | list):
            assert shown[0] in "{["
        else:
            assert json.loads(shown) == value
        if path and isinstance(path[-1], str):
            key = document.key(path)
            line = document.source.lines[key.line - 1]
            assert json.loads(line[key.column - 1 : key.column - 1 + key.width]) == path[-1]


def walk(value: Data, path: DataPath = ()) -> list[tuple[DataPath, Data]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [(path, value), *(found for key, each in inner for found in walk(each, (*path, key)))]


@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
@settings(max_examples=200)
def test_no_input_crashes_the_reader(text: str) -> None:
    check("x", text.encode("utf-8", "surrogatepass"))


@given(cut=st.integers(0, len(BASE)), inserted=st.text("{}[]:-&*!|>'\"%@`,#? \n\ta1", max_size=6))
@example(cut=0, inserted="{}")
@example(cut=20, inserted="{a}")
@settings(max_examples=200)
def test_no_slip_of_the_keyboard_crashes_the_reader(cut: int, inserted: str) -> None:
    text = BASE[:cut] + inserted + BASE[cut:]
    manifest, checked = check("x", text.encode())
    assert (manifest is None) == checked.refused
    for problem in checked.problems:
        line = checked.source.lines[problem.position.line - 1]
        assert 1 <= problem.position.column <= len(line) + 1


@given(
    entries=st.lists(
        st.fixed_dictionaries(
            {
                "request": st.sampled_from(
                    ["GET /users/{userId}", "POST /u/{clientId}.json", "PUT /x"]
                )
            },
            optional={
                "name": names,
                "description": literals,
                "folder": st.sampled_from(["Users", "GET /users/{userId}", "X"]),
                "query": st.dictionaries(texts, texts, max_size=2),
                "headers": st.dictionaries(texts, texts, max_size=2),
                "variables": st.dictionaries(st.sampled_from(["userId", "clientId"]), texts),
                "body": json_values,
                "form": st.dictionaries(texts, texts, max_size=2),
            },
        ),
        min_size=1,
        max_size=4,
    ),
    layout=st.fixed_dictionaries(
        {},
        optional={
            "folders": st.sampled_from(["resource", "scope", "none"]),
            "auth": st.sampled_from(["request", "folder", "collection"]),
        },
    ),
    variables=st.dictionaries(st.sampled_from(["userId", "x", 'a"b', "pathClientId"]), texts),
)
@settings(max_examples=100)
def test_what_is_accepted_never_fails_the_audit(
    entries: list[dict[str, Any]], layout: dict[str, str], variables: dict[str, str]
) -> None:
    text = described(
        {}, scopes={"okta.users.read": entries}, collection=layout, variables=variables
    )
    manifest, _ = check("x", text.encode())
    if manifest is not None:
        assert artifacts_of(manifest)


@given(request=st.fixed_dictionaries({"name": names, "description": literals, "body": json_values}))
@settings(max_examples=50)
def test_building_twice_gives_equal_bytes(request: dict[str, Any]) -> None:
    text = described({"request": "POST /api/v1/users", **request})
    first, _ = check("x", text.encode())
    second, _ = check("x", text.encode())
    assert first is not None
    assert second is not None
    assert artifacts_of(first) == artifacts_of(second)


@given(text=st.from_regex(r"[-0-9+.eExo_:a-zA-Z~]{0,12}", fullmatch=True))
def test_an_unquoted_scalar_is_a_json_word_or_the_text_that_was_typed(text: str) -> None:
    value = plain_value(text)
    if isinstance(value, str):
        assert value == text
    else:
        assert text.casefold() in ("", "~", "null", "true", "false") or json.loads(text) == value


def test_yaml_1_1_has_no_say() -> None:
    typed = ["no", "yes", "on", "010", "12:30", "1_000", "2024-01-01", "0x1F", "0o17", ".inf", "1."]
    assert load(Source("x", "\n".join(f"- {each}" for each in typed))).data == typed


def test_a_request_keeps_its_id_when_it_is_renamed_or_moved() -> None:
    entry = {"request": "GET /api/v1/users/{userId}"}
    plain_one, _ = check("x", described(entry).encode())
    moved, _ = check("x", described({**entry, "name": "Read", "folder": "Mine"}).encode())
    assert plain_one is not None
    assert moved is not None
    ids = {compose_request(each, each.requests[0]).id for each in (plain_one, moved)}
    assert len(ids) == 1


SCOPES = ("okta.users.read", "okta.users.manage", "okta.users.read.self", "okta.groups.read")
asked = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST"]),
    path=st.sampled_from(["/a", "/a/{x}", "/a/{y}", "/b"]),
    name=names,
    folder=st.sampled_from(["", "A", "B"]),
    scopes=st.sets(st.sampled_from(SCOPES), min_size=1).map(lambda found: tuple(sorted(found))),
)
orgs = st.sampled_from(["https://acme.okta.com", "https://acme.oktapreview.com"])
connections = st.builds(
    Connection,
    name=st.sampled_from(["preview", "production"]),
    slug=st.just("x"),
    org=orgs,
    authorization_server=st.just("org"),
    client_id=st.sampled_from(["0oa1", "0oa2"]),
    redirect_uri=st.sampled_from(["https://a/", "https://b/"]),
    granted=st.none(),
)
inventories = st.builds(
    Inventory,
    name=names,
    slug=st.just("x"),
    requests=st.lists(asked, max_size=5).map(tuple),
    connections=st.lists(connections, min_size=1, max_size=2, unique_by=lambda each: each.name).map(
        tuple
    ),
)


@settings(max_examples=40)
@given(inventories)
def test_nothing_changed_from_a_thing_to_itself(one: Inventory) -> None:
    assert not compare(one, one).changed


@settings(max_examples=40)
@given(inventories, inventories)
def test_the_way_back_takes_away_what_the_way_there_brought(
    one: Inventory, other: Inventory
) -> None:
    there, back = compare(one, other), compare(other, one)
    for kind, reverse in (("added", "removed"), ("removed", "added")):
        assert sorted(each.request for each in there.requests if kind in each.kinds) == sorted(
            each.request for each in back.requests if reverse in each.kinds
        )
    assert len(other.requests) - len(one.requests) == sum(
        ("added" in each.kinds) - ("removed" in each.kinds) for each in there.requests
    )
    # What is to be granted on the way there, is revoked or kept by an old app on the way back.
    kept = {scope for each in back.connections for scope in each.kept}
    revoked = {each.scope for each in back.revocations}
    assert {each.scope for each in there.grants} == kept | revoked


@settings(max_examples=40)
@given(inventories, inventories)
def test_whatever_a_request_is_called_a_row_of_a_comment_has_its_four_cells(
    one: Inventory, other: Inventory
) -> None:
    source = Source("users.yaml", "")
    text = as_markdown(compare(one, other), source, source)
    tables = [line for line in text.split("\n") if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables} <= {3, 4, 5}
    changed = text.partition("**Requests**")[2].split("\n")
    assert {line.replace("\\|", "").count("|") for line in changed if line[:1] == "|"} <= {5}
