"""Older formats are migrated to v2.1.0, and what is no collection is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.migration import (
    SSWS,
    after,
    codes,
    collection,
    environment,
    item,
    migrated,
    scope,
    written,
)
from tests.support.postman import migrate_and_lint, sdk

BASIC = {"username": "{{id}}", "showPassword": False}
V2_0: dict[str, Any] = {
    "variables": [],
    "info": {
        "name": "Old",
        "schema": "https://schema.getpostman.com/json/collection/v2.0.0/collection.json",
    },
    "item": [
        item("{{url}}/api/v1/users", SSWS),
        item("{{url}}/oauth2/v1/token", auth={"type": "basic", "basic": BASIC}),
        item(auth={"type": "apikey", "apikey": {"key": "Authorization", "value": "SSWS {{k}}"}}),
    ],
}
V1: dict[str, Any] = {
    "id": "c0",
    "name": "Older",
    "order": ["r1"],
    "folders": [
        {"id": "f1", "name": "Outer", "order": ["r2"], "folders_order": ["f2"]},
        {"id": "f2", "name": "Inner", "order": ["r3", "r5"]},
    ],
    "requests": [
        {
            "id": "r3",
            "name": "Change",
            "method": "PUT",
            "url": "{{url}}/api/v1/users/:id?strict=true",
            "pathVariables": {"id": "{{userId}}"},
            "headers": "Authorization: SSWS{{apikey}}\n//X-Off: 1\nX-On: 2\n",
            "dataMode": "raw",
            "rawModeData": '{"profile": {}}',
            "preRequestScript": "console.log(1);\nconsole.log(2);",
        },
        {
            "id": "r1",
            "name": "List",
            "method": "GET",
            "url": "{{url}}/api/v1/users",
            "headerData": [{"key": "Authorization", "value": "SSWS {{apikey}}", "enabled": True}],
            "responses": [{"id": "s1", "name": "ok", "text": "[]", "responseCode": {"code": 200}}],
        },
        {
            "id": "r2",
            "name": "Token",
            "method": "POST",
            "url": "{{url}}/oauth2/v1/token",
            "dataMode": "urlencoded",
            "data": [{"key": "a", "value": "b", "enabled": False}],
            "currentHelper": "basicAuth",
            "helperAttributes": {"username": "u", "password": "{{p}}"},
        },
        {
            "id": "r5",
            "name": "Group",
            "method": "GET",
            "url": "https://acme.okta.com/api/v1/groups",
        },
        {"id": "r4", "name": "Stray", "method": "DELETE", "url": "{{url}}/api/v1/users/1"},
    ],
}


def test_format_v2_0_becomes_v2_1_with_auth_as_pairs() -> None:
    made = after(V2_0)

    assert "/v2.1.0/" in made["info"]["schema"]
    first, basic, last = (each["request"] for each in made["item"])
    assert scope(first) == scope(last) == "okta.users.read"
    assert basic["auth"]["basic"] == [
        {"key": "username", "value": "{{id}}", "type": "string"},
        {"key": "showPassword", "value": False, "type": "boolean"},
    ]
    assert made["variables"] == []
    assert after(written(made)) == made


def test_auth_of_a_saved_response_of_format_v2_0_becomes_pairs_too() -> None:
    saved = {"name": "ok", "originalRequest": {"auth": {"type": "basic", "basic": BASIC}}}
    made = after(V2_0 | {"item": [item() | {"response": [saved]}]})
    asked = made["item"][0]["response"][0]["originalRequest"]
    assert [each["key"] for each in asked["auth"]["basic"]] == ["username", "showPassword"]


def test_format_v1_becomes_v2_1_with_folders_in_order() -> None:
    made = after(V1)

    outer, listing, stray = made["item"]
    inner, token = outer["item"]
    change, group = inner["item"]
    assert [each["name"] for each in (outer, listing, stray, inner, token, change, group)] == [
        "Outer", "List", "Stray", "Inner", "Token", "Change", "Group",
    ]  # fmt: skip
    assert scope(change["request"]) == scope(stray["request"]) == "okta.users.manage"
    assert scope(group["request"]) == "okta.groups.read"
    assert scope(listing["request"]) == "okta.users.read"
    assert change["request"]["header"] == [
        {"key": "X-Off", "value": "1", "disabled": True},
        {"key": "X-On", "value": "2"},
    ]
    assert change["request"]["url"]["variable"] == [{"key": "id", "value": "{{userId}}"}]
    assert change["request"]["url"]["query"] == [{"key": "strict", "value": "true"}]
    assert change["request"]["body"] == {"mode": "raw", "raw": '{"profile": {}}'}
    assert change["event"][0]["script"]["exec"] == ["console.log(1);", "console.log(2);"]
    assert token["request"]["auth"]["type"] == "basic"
    assert token["request"]["body"]["urlencoded"] == [{"key": "a", "value": "b", "disabled": True}]
    assert listing["response"][0] == {"id": "s1", "name": "ok", "body": "[]", "code": 200}
    assert "SSWS" not in json.dumps(made)


def test_a_folder_of_format_v1_that_holds_itself_is_read_once() -> None:
    folder = {"id": "f1", "name": "F", "order": ["r1"], "folders_order": ["f1"]}
    made = after({**V1, "order": [], "folders": [folder], "folders_order": ["f1"]})
    assert [each["name"] for each in made["item"][0]["item"]] == ["List"]


def v1(*requests: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON can say
    return {"id": "c0", "name": "Older", "requests": [*requests], **more}


def test_requests_and_folders_of_format_v1_that_no_list_has_stand_at_the_end() -> None:
    url = "{{url}}/api/v1/users"
    folders = [
        {"id": "f1", "name": "Listed", "order": ["1"]},
        {"id": "f2", "name": "Stray", "order": ["2"]},
        {"id": "f3", "name": "Circle", "folders_order": ["f4"]},
        {"id": "f4", "name": "Round", "folders_order": ["f3"]},
    ]
    requests = [{"name": "a", "url": url}, {"name": "b", "url": url}]
    requests += [{"id": "1", "name": "c", "url": url}, {"id": "2", "name": "d", "url": url}]
    made = after(v1(*requests, folders=folders, folders_order=["f1"]))

    assert [each["name"] for each in made["item"]] == ["Listed", "Stray", "Circle", "a", "b"]
    assert [each["name"] for each in made["item"][1]["item"]] == ["d"]
    assert [each["name"] for each in made["item"][2]["item"]] == ["Round"]


BODIES: dict[str, Any] = {
    "graphql": (
        {"dataMode": "graphql", "graphqlModeData": {"query": "{x}"}},
        {"mode": "graphql", "graphql": {"query": "{x}"}},
    ),
    "options": (
        {"dataMode": "raw", "rawModeData": "{}", "dataOptions": {"raw": {"language": "json"}}},
        {"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}},
    ),
    "no mode": ({"rawModeData": "{}"}, {"mode": "raw", "raw": "{}"}),
    "off": (
        {"dataMode": "raw", "rawModeData": "x", "dataDisabled": True},
        {"mode": "raw", "raw": "x", "disabled": True},
    ),
}


@pytest.mark.parametrize(("said", "body"), BODIES.values(), ids=list(BODIES))
def test_a_body_of_format_v1_is_carried_whole(said: dict[str, Any], body: Any) -> None:  # noqa: ANN401
    made = after(v1({"id": "1", "url": "{{url}}/api/v1/users", **said}))
    assert made["item"][0]["request"]["body"] == body


def test_descriptions_settings_and_what_a_response_answered_are_carried_from_format_v1() -> None:
    described = {"key": "a", "value": "1", "description": "why", "enabled": True}
    saved: dict[str, Any] = {"id": "s", "name": "ok", "time": 5, "cookies": [{"name": "c"}]}
    saved["request"] = {"method": "POST", "url": "{{url}}/x", "headers": "A: b"}
    request: dict[str, Any] = {
        "id": "1",
        "url": "{{url}}/api/v1/users?a=1&b=2",
        "queryParams": [described],
    }
    request |= {"responses": [saved], "protocolProfileBehavior": {"followRedirects": False}}
    (found,) = migrated(v1(request))
    (made,) = json.loads(found.after or b"")["item"]

    assert made["request"]["url"]["query"] == [
        {"key": "a", "value": "1", "description": "why"},
        {"key": "b", "value": "2"},
    ]
    assert made["protocolProfileBehavior"] == {"followRedirects": False}
    (response,) = made["response"]
    assert (response["responseTime"], response["cookie"]) == (5, [{"name": "c"}])
    assert response["originalRequest"]["header"] == [{"key": "A", "value": "b"}]
    assert codes([found]) == ["P028"]


def test_no_auth_of_format_v1_does_not_inherit_a_token() -> None:
    request = {"id": "1", "url": "{{url}}/api/v1/users", "currentHelper": "noAuth"}
    auth = {"type": "apikey", "apikey": {"key": "Authorization", "value": "SSWS {{k}}"}}
    made = after(v1(request, auth=auth))

    assert made["item"][0]["request"]["auth"] == {"type": "noauth"}


LOST: dict[str, Any] = {
    "a key of a request": ({"lastRevision": 7}, "`lastRevision` of this request"),
    "a kind of body": ({"dataMode": "carrier pigeon"}, "`dataMode` of this request"),
    "a kind of auth": ({"currentHelper": "sealAuth"}, "`currentHelper` of this request"),
    "a key of a response": ({"responses": [{"mime": "x"}]}, "`mime` of this response"),
    "a key of what it answered": ({"responses": [{"request": {"z": 1}}]}, "`z` of this request"),
}


@pytest.mark.parametrize(("said", "message"), LOST.values(), ids=list(LOST))
def test_a_key_of_format_v1_that_is_not_carried_is_reported_at_its_place(
    said: dict[str, Any], message: str
) -> None:
    (found,) = migrated(v1({"id": "1", "url": "{{url}}/x", "folder": "f", "owner": None, **said}))

    (problem,) = found.checked.problems
    assert (problem.code, message in problem.message) == ("P027", True)
    assert problem.message.split("`")[1] in found.checked.source.lines[problem.position.line - 1]


def test_postman_s_tools_take_what_was_format_v1(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(migrated(V1)[0].after or b"")

    linted = migrate_and_lint(path, tmp_path / "v3")
    read = sdk(path)

    assert (linted.files_scanned, linted.error_count) == (5, 0), linted.output
    assert [each.name for each in read.requests] == ["Change", "Group", "Token", "List", "Stray"]
    assert read.requests[0].auth.parameters["scope"] == "okta.users.manage"
    assert read.requests[0].sent_url.startswith("{{url}}/api/v1/users/")


@pytest.mark.parametrize("key", ["environment", "collection"])
def test_a_key_that_an_api_would_wrap_it_in_may_stand_beside_the_items(key: str) -> None:
    data = collection(item("{{url}}/api/v1/users", SSWS), **{key: {"item": "x"}})
    assert scope(after(data)["item"][0]["request"]) == "okta.users.read"


def test_keys_that_stand_twice_within_one_that_does_go_at_once() -> None:
    nested = '{"a": {"b": 1, "b": 2}, "a": {"b": 3, "b": 4}, "item": []}'
    (found,) = migrated(nested)
    assert found.after == b'{"a": {"b": 4}, "item": []}'
    assert codes([found]) == ["P014", "P014", "P014"]


def test_a_key_that_begins_with_nothing_is_a_key_like_others() -> None:
    odd: dict[str, Any] = {"\0auth": {"x": 1}, "\0header": [SSWS]}
    made = after(collection(item("{{url}}/api/v1/users", **odd)))
    assert made["item"][0]["request"]["\0auth"] == {"x": 1}
    assert scope(made["item"][0]["request"]) == "okta.users.read"


def test_headers_of_format_v1_that_the_list_beside_them_lacks_are_reported() -> None:
    listed = [{"key": "Authorization", "value": "SSWS {{k}}"}]
    request = {"id": "1", "url": "{{url}}/x", "headerData": listed}
    both = {**request, "headers": "Authorization: SSWS {{k}}\nX-A: 1"}
    assert "P027" in codes(migrated(v1(both)))
    assert "P027" not in codes(migrated(v1({**both, "headers": "authorization: SSWS {{k}}"})))


def test_a_request_of_format_v1_that_no_list_has_stands_in_its_own_folder() -> None:
    folder = {"id": "f", "name": "F", "order": []}
    made = after(v1({"id": "1", "url": "{{url}}/x", "folder": "f"}, folders=[folder]))
    assert [each["name"] for each in made["item"]] == ["F"]
    assert len(made["item"][0]["item"]) == 1


def test_a_variable_of_format_v1_that_is_off_stays_off() -> None:
    off = {"key": "a", "value": "1", "enabled": False}
    made = after(v1({"id": "1", "url": "{{url}}/x"}, variables=[off]))
    assert made["variable"] == [{"key": "a", "value": "1", "disabled": True}]


DEEP = '{"item": [' * 10_000 + "]}" * 10_000
TWICE = collection(item() | {"id": "same"}, {"name": "F", "item": [item() | {"id": "same"}]})
BAD: dict[str, tuple[Any, str, str]] = {
    "not JSON": ("name: Okta users", "P010", "this is not JSON"),
    "truncated": (written(collection(item()))[:-9], "P010", "ends in the middle"),
    "empty": (" \n", "P010", "the file is empty"),
    "a comment": ('{\n  // no\n  "item": []\n}', "P010", "this is not JSON"),
    "not a number": ('{"item": [NaN]}', "P010", "this is not JSON"),
    "not UTF-8": ('{"name": "ü"}'.encode("latin-1"), "Y001", "is not UTF-8"),
    "an environment": (environment(apikey=""), "P012", "this is an environment"),
    "null": ("null", "P011", "neither a Postman collection nor an environment"),
    "a list": ("[]", "P011", "neither a Postman collection nor an environment"),
    "an OpenAPI document": ('{"openapi": "3.1.0"}', "P011", "neither a Postman collection"),
    "another version": (
        collection(info={"schema": "https://x/json/collection/v3.0.0/collection.json"}),
        "P011",
        "format v3.0",
    ),
    "10,000 nested folders": (DEEP, "P013", "more than 200 levels"),
    "duplicate ids": (TWICE, "P015", "the id `same` stands on two items"),
    "duplicate ids in v1": ({**V1, "folders": [{"id": "r1", "name": "F"}]}, "P015", "`r1`"),
    "two requests with one id in v1": (v1({"id": "1"}, {"id": "1"}), "P015", "`1` stands on two"),
    "an endless number in v1": (
        written(v1({"id": "1", "x": 1})).replace(b": 1\n", b": 1e999\n"),
        "P010",
        "this number is too large",
    ),
    "120 folders inside one another in v1": (
        v1(
            folders=[
                {"id": f"f{n}", "name": "F", "folders_order": [f"f{n + 1}"]} for n in range(120)
            ]
        ),
        "P013",
        "more than 60 folders",
    ),
    "a request of v1 that is a text": (v1({"id": "1"}, "2"), "P011", "neither a folder nor"),
}


@pytest.mark.parametrize(("data", "code", "message"), BAD.values(), ids=list(BAD))
def test_a_bad_file_is_refused_with_a_clear_problem(data: Any, code: str, message: str) -> None:  # noqa: ANN401
    files = migrated(data)

    assert codes(files) == [code]
    assert message in files[0].checked.problems[0].message
    assert files[0].checked.refused
    assert files[0].after is None


def test_the_place_of_a_mistake_is_where_it_is() -> None:
    (found,) = migrated('{\n  "item": [,]\n}')
    assert found.checked.problems[0].position[:2] == (2, 12)


def test_a_bad_file_does_not_make_problems_of_the_others() -> None:
    files = migrated("{", environment(apikey=""))
    assert [each.checked.refused for each in files] == [True, False]
    assert [each.after for each in files] == [None, None]


def test_a_number_of_any_length_stays() -> None:
    number = "9" * 5000
    text = written(collection(item("{{url}}/api/v1/users", SSWS, odd=0))).decode()
    (found,) = migrated(text.replace('"odd": 0', f'"odd": {number}'))

    assert f'"odd": {number}' in (found.after or b"").decode()


HALVES: dict[str, Any] = {
    "v2.0.0": {
        "info": {"name": "half \ud83d", "schema": V2_0["info"]["schema"]},
        "item": [
            item("{{url}}/api/v1/users", SSWS),
            item(auth={"type": "basic", "basic": {"username": "\ud83d"}}),
        ],
    },
    "v1": {"name": "half \ud83d", "requests": [{"id": "1", "url": "{{url}}/api/v1/users"}]},
}


@pytest.mark.parametrize("data", HALVES.values(), ids=list(HALVES))
def test_half_a_surrogate_pair_stays_escaped(data: dict[str, Any]) -> None:
    made = after(json.dumps(data))

    assert made["info"]["name"] == "half \ud83d"
    assert scope(made["item"][0]["request"]) == "okta.users.read"


def test_a_token_that_only_its_place_gives_away_is_not_written_in_pairs() -> None:
    auth = {"type": "bearer", "bearer": {"token": "opaque-t0ken-9"}}
    request = {"method": "GET", "header": [], "url": "{{url}}/api/v1/nothing", "auth": auth}
    data = V2_0 | {"item": [{"name": "Unknown", "request": request}]}
    (found,) = migrated(data)
    assert "P018" in codes([found])
    assert b"opaque-t0ken-9" not in (found.after or b"opaque-t0ken-9")
