"""`scopes` answers which scope a call needs, what a scope allows, and what to grant."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.program import BASE, okta_postman


def answered(*arguments: str, cwd: Path) -> list[dict[str, Any]]:
    done = okta_postman("scopes", *arguments, "--format", "json", cwd=cwd)
    assert done.code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/users/00u1",
        "GET /api/v1/users/{id}",
        "get /api/v1/users/me/",
        "https://acme.okta.com/api/v1/users/00u1?expand=blocks",
        "GET {{baseUrl}}/api/v1/users/:id#top",
    ],
)
def test_a_path_says_which_scope_a_call_needs(tmp_path: Path, path: str) -> None:
    rows = {each["method"]: each for each in answered("--path", path, cwd=tmp_path)}
    assert rows["GET"]["scopes"] == "okta.users.read"
    assert rows["GET"]["operation"] == "getUser"
    assert ("DELETE" in rows) is (" " not in path)


def test_the_beginning_of_a_path_finds_what_is_below(tmp_path: Path) -> None:
    rows = answered("--path", "/api/v1/bot-protection", cwd=tmp_path)
    assert {each["method"] for each in rows} == {"GET", "POST"}


def test_a_scope_says_what_it_allows_and_options_narrow(tmp_path: Path) -> None:
    rows = answered("--scope", "okta.groups", "--operation", "PUSH", cwd=tmp_path)
    assert len(rows) == 5
    assert {each["scopes"] for each in rows} == {
        "okta.apps.read okta.groups.read",
        "okta.apps.manage okta.groups.manage",
    }


def test_without_a_question_every_scope_is_counted(tmp_path: Path) -> None:
    rows = {each["scope"]: each["operations"] for each in answered(cwd=tmp_path)}
    assert rows["okta.logs.read"] == 1
    assert len(rows) > 100


def test_a_description_says_what_to_grant(tmp_path: Path) -> None:
    (tmp_path / "users.yaml").write_text(BASE + "    - listUserGrants\n", encoding="utf-8")
    with_openid = BASE.replace("okta.users.read:", "openid okta.users.read:")
    (tmp_path / "openid.yaml").write_text(with_openid, encoding="utf-8")
    assert answered("openid.yaml", cwd=tmp_path) == [
        {"scope": "okta.users.read", "requests": 1, "needed_for": "List users"}
    ]
    assert answered("users.yaml", cwd=tmp_path)[0]["requests"] == 2


def test_of_another_server_every_scope_but_those_of_openid_is_to_be_granted(tmp_path: Path) -> None:
    text = BASE.replace("okta.users.read:", "openid orders.read:").replace("/api/v1/users", "/o")
    (tmp_path / "orders.yaml").write_text(f"{text}authorization_server: default\n", "utf-8")
    rows = answered("orders.yaml", cwd=tmp_path)
    assert [each["scope"] for each in rows] == ["orders.read"]


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        ("listUsers", "--operation listUsers"),
        ("GET /api/v1/users", "--path 'GET /api/v1/users'"),
        ("okta.users.read", "--scope okta.users.read"),
    ],
)
def test_a_question_in_the_place_of_a_file_is_shown_its_option(
    tmp_path: Path, asked: str, option: str
) -> None:
    done = okta_postman("scopes", asked, cwd=tmp_path)
    assert done.code == 2
    assert f"no such file or directory; to search, write `{option}`" in done.stderr


def test_a_file_that_is_not_there_is_only_that(tmp_path: Path) -> None:
    done = okta_postman("scopes", "no-such.yaml", cwd=tmp_path)
    assert done.stderr.rstrip().endswith("no such file or directory")


def test_two_questions_have_no_one_answer(tmp_path: Path) -> None:
    asked = ("--scope", "okta.users.read", "--operation", "deleteUser")
    done = okta_postman("scopes", *asked, cwd=tmp_path)
    assert done.code == 1
    assert "did you mean" not in done.stderr


def test_tables_are_for_people_spreadsheets_and_documents(tmp_path: Path) -> None:
    def printed(form: str) -> str:
        return okta_postman("scopes", "--scope", "okta.logs", "--format", form, cwd=tmp_path).stdout

    assert printed("text").splitlines() == [
        "scopes          method  path          operation      lifecycle",
        "okta.logs.read  GET     /api/v1/logs  listLogEvents  GA",
    ]
    assert list(csv.reader(io.StringIO(printed("csv"))))[1][3] == "listLogEvents"
    assert printed("markdown").splitlines()[1] == "| --- | --- | --- | --- | --- |"


def test_what_is_not_found_is_said(tmp_path: Path) -> None:
    done = okta_postman("scopes", "--path", "/api/v1/nothing", cwd=tmp_path)
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr == "no operation in the API catalog has /api/v1/nothing\n"


def test_a_file_and_a_search_at_once_are_refused(tmp_path: Path) -> None:
    done = okta_postman("scopes", "users.yaml", "--path", "/x", cwd=tmp_path)
    assert done.code == 2
    assert "not both" in done.stderr


@pytest.mark.parametrize(
    ("option", "asked", "meant"),
    [
        ("--scope", "okta.user", "okta.users"),
        ("--scope", "okta.users.write", "okta.users.manage"),
        ("--operation", "lisUsers", "listUsers"),
        ("--path", "GET https://acme.okta.com/api/v1/user?limit=2", "/api/v1/users"),
    ],
)
def test_what_was_meant_is_suggested(tmp_path: Path, option: str, asked: str, meant: str) -> None:
    done = okta_postman("scopes", option, asked, cwd=tmp_path)
    assert done.stderr.endswith(f"has {asked}; did you mean {meant}?\n")
