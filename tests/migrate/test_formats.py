"""Older formats are migrated to v2.1.0, and what is no collection is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from okta_postman.commands.migrate import migrate
from okta_postman.migrate import run
from okta_postman.problems import UserError
from tests.support.migration import (
    SSWS,
    URL,
    after,
    codes,
    collection,
    described,
    environment,
    item,
    migrated,
    scope,
    written,
)
from tests.support.program import BASE

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


DEEP = '{"item": [' * 10_000 + "]}" * 10_000
TWICE = collection(item() | {"id": "same"}, {"name": "F", "item": [item() | {"id": "same"}]})
BAD: dict[str, tuple[Any, str, str]] = {
    "not JSON": ("name: Okta users", "P010", "not JSON"),
    "truncated": (written(collection(item()))[:-9], "P010", "ends in the middle"),
    "empty": (" \n", "P010", "the file is empty"),
    "a comment": ('{\n  // no\n  "item": []\n}', "P010", "not JSON"),
    "not a number": ('{"item": [NaN]}', "P010", "not JSON"),
    "not UTF-8": ('{"name": "ü"}'.encode("latin-1"), "Y001", "not valid UTF-8"),
    "half of UTF-16": (b"\xff\xfe{\0\x00\xd8", "Y001", "not valid UTF-16"),
    "an environment": (environment(apikey=""), "P012", "this is an environment"),
    "null": ("null", "P011", "neither a Postman collection nor an environment"),
    "a list": ("[]", "P011", "neither a Postman collection nor an environment"),
    "an OpenAPI document": ('{"openapi": "3.1.0"}', "P011", "neither a Postman collection"),
    "another version": (
        collection(info={"schema": "https://x/json/collection/v3.0.0/collection.json"}),
        "P011",
        "format v3.0",
    ),
    "format v1": ({"name": "Old", "requests": []}, "P011", "format v1, from before 2017"),
    "10,000 nested folders": (DEEP, "P013", "more than 200 levels"),
    "duplicate ids": (TWICE, "P015", "two items have the ID `same`"),
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
}


@pytest.mark.parametrize("data", HALVES.values(), ids=list(HALVES))
def test_half_a_surrogate_pair_stays_escaped(data: dict[str, Any]) -> None:
    made = after(json.dumps(data))

    assert made["info"]["name"] == "half \ud83d"
    assert scope(made["item"][0]["request"]) == "okta.users.read"


def test_a_token_that_only_its_place_gives_away_is_not_written_in_pairs() -> None:
    auth = {"type": "bearer", "bearer": {"token": "opaque-t0ken-9"}}
    request = {"method": "GET", "header": [], "url": "{{url}}/api/v1/nothing", "auth": auth}
    data = V2_0 | {"item": [{"name": "Unknown", "request": request}], "variable": [URL]}
    (found,) = migrated(data)
    assert "P018" in codes([found])
    assert b"opaque-t0ken-9" not in (found.after or b"opaque-t0ken-9")


V3_FILES = {
    "as Postman's tools write it": "$kind: collection\nname: Team\n",
    "as its schema has it": "$schema: https://schema.postman.com/collection/v3.0.0/\nname: T\n",
}


@pytest.mark.parametrize("text", V3_FILES.values(), ids=list(V3_FILES))
def test_a_file_of_a_collection_in_format_v3_is_named(text: str) -> None:
    (found,) = run.migrate([("definition.yaml", text.encode())], described())
    (problem,) = found.checked.problems
    assert problem.code == "P010"
    assert "v3" in problem.message
    assert "export the collection as Collection v2.1" in problem.hint


def test_a_folder_that_is_a_collection_in_format_v3_is_named(tmp_path: Path) -> None:
    (tmp_path / ".resources").mkdir()
    (tmp_path / ".resources" / "definition.yaml").write_text("$kind: collection\n")
    (tmp_path / "okta.yaml").write_text(BASE)
    with pytest.raises(UserError, match="v3 is a folder of YAML files; open the folder"):
        migrate([str(tmp_path)], str(tmp_path / "okta.yaml"))


OTHERS = {
    "a data dump": ('{"version": 1, "collections": [{}], "environments": []}', "data dump"),
    "Insomnia": ('{"_type": "export", "__export_format": 4, "resources": []}', "Insomnia"),
}


@pytest.mark.parametrize(("text", "name"), OTHERS.values(), ids=list(OTHERS))
def test_what_another_export_is_is_said_with_what_to_do(text: str, name: str) -> None:
    (found,) = migrated(text)
    (problem,) = found.checked.problems
    assert (problem.code, name in problem.message) == ("P011", True)
    assert "export each collection as Collection v2.1" in problem.hint
