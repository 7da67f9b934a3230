"""The stub org answers as Okta does, and the runners report what was really sent."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.postman import (
    Run,
    migrate_and_lint,
    newman,
    postman_cli,
    postman_cli_v3,
    sdk,
)
from tests.support.stub_org import StubOrg, missing_role, stub_org, too_many_requests
from tests.support.tokens import access_token, scopes_of

READ = "okta.users.read"
MANAGE = "okta.users.manage"
SCOPE_MAP = {
    ("GET", "/api/v1/users"): frozenset({READ}),
    ("GET", "/api/v1/users/{userId}"): frozenset({READ}),
    ("GET", "/api/v1/users/me"): frozenset[str](),
    ("POST", "/api/v1/users"): frozenset({MANAGE}),
}
SKIP_MISSING_ID = """
if (pm.info.requestName === 'Create') {
    pm.test('Create needs a name', function () { throw new Error('not sent'); });
    pm.execution.skipRequest();
}
if (pm.info.requestName === 'Quiet') { pm.execution.skipRequest(); }
"""
Runner = Callable[..., Run]
RUNNERS = pytest.mark.parametrize("runner", [newman, postman_cli])


@pytest.fixture
def org() -> Iterator[StubOrg]:
    with stub_org(SCOPE_MAP) as running:
        yield running


def ask(
    org: StubOrg, method: str, path: str, token: str | None = None, body: str = ""
) -> tuple[int, Mapping[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(org.url).netloc, timeout=10)
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    connection.request(method, path, body=body or None, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.headers), text


@pytest.mark.parametrize("token", [None, "", "opaque", access_token(READ, expires_in=-1)])
def test_stub_refuses_what_is_not_a_valid_token(org: StubOrg, token: str | None) -> None:
    status, _, body = ask(org, "GET", "/api/v1/users", token)
    assert (status, json.loads(body)["errorCode"]) == (401, "E0000011")


def test_stub_names_the_missing_scope_in_a_header_and_sends_no_body(org: StubOrg) -> None:
    status, headers, body = ask(org, "POST", "/api/v1/users", access_token(READ), "{}")
    assert (status, body) == (403, "")
    assert f'scope="{MANAGE}", error="insufficient_scope"' in headers["WWW-Authenticate"]
    assert headers["WWW-Authenticate"].endswith('resource="/api/v1/users"')


def test_stub_knows_no_other_paths(org: StubOrg) -> None:
    status, _, body = ask(org, "GET", "/api/v1/groups", access_token(READ))
    assert (status, json.loads(body)["errorCode"]) == (404, "E0000007")


def test_stub_lets_literals_win_over_parameters(org: StubOrg) -> None:
    assert ask(org, "GET", "/api/v1/users/me", access_token("other"))[0] == 200
    assert ask(org, "GET", "/api/v1/users/00u1", access_token("other"))[0] == 403


def test_stub_answers_and_remembers(org: StubOrg) -> None:
    token = access_token(READ)
    assert ask(org, "GET", "/api/v1/users?limit=2&q=", token, "hi")[::2] == (200, "[]")
    assert ask(org, "GET", "/api/v1/users/00u1", token)[::2] == (200, "{}")
    first = org.seen[0]
    assert (first.method, first.path, first.status) == ("GET", "/api/v1/users", 200)
    assert (first.query, first.body) == ((("limit", "2"), ("q", "")), "hi")
    assert first.headers["authorization"] == f"Bearer {token}"


def test_stub_gives_fixed_answers() -> None:
    users, groups = ("GET", "/api/v1/users"), ("GET", "/api/v1/groups")
    with stub_org(SCOPE_MAP, {users: missing_role(), groups: too_many_requests()}) as org:
        status, _, body = ask(org, "GET", "/api/v1/users", access_token(READ))
        assert (status, json.loads(body)["errorCode"]) == (403, "E0000006")
        status, headers, _ = ask(org, "GET", "/api/v1/groups")
        assert status == 429
        assert headers["X-Rate-Limit-Reset"].isdigit()


def test_scopes_of_reads_only_tokens_with_a_scope_list() -> None:
    assert scopes_of(access_token(READ, MANAGE)) == frozenset({READ, MANAGE})
    assert scopes_of(access_token()) == frozenset()
    assert scopes_of("opaque") is None
    assert scopes_of("a.b.c") is None


def item(name: str, method: str, *path: str) -> dict[str, Any]:
    variables = [{"key": "userId", "value": "{{userId}}"}] if ":userId" in path else []
    url = {"raw": "/".join(("{{baseUrl}}", *path)), "host": ["{{baseUrl}}"], "path": list(path)}
    request = {"method": method, "header": [], "url": {**url, "variable": variables}}
    return {"name": name, "request": {**request, "description": f"About {name}"}, "response": []}


def script(listen: str, text: str) -> dict[str, Any]:
    lines = text.strip().splitlines()
    return {"listen": listen, "script": {"type": "text/javascript", "exec": lines}}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    token = {"key": "accessToken", "value": "{{accessToken}}", "type": "string"}
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    users = [
        item("List", "GET", "api", "v1", "users"),
        item("Create", "POST", "api", "v1", "users"),
    ]
    content = {
        "info": {"name": "Tiny", "description": "Three and one", "schema": schema},
        "item": [
            {"name": "Users", "item": [*users, item("Quiet", "GET", "api", "v1", "users")]},
            item("One", "GET", "api", "v1", "users", ":userId"),
        ],
        "auth": {"type": "oauth2", "oauth2": [token]},
        "event": [script("prerequest", SKIP_MISSING_ID)],
    }
    return write(tmp_path / "tiny.json", content)


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    values = {"baseUrl": "http://127.0.0.1:9", "userId": "00u1", "accessToken": ""}
    content = {"name": "dev", "values": [{"key": k, "value": v} for k, v in values.items()]}
    return write(tmp_path / "dev.json", content)


def write(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@RUNNERS
def test_runner_tells_sent_from_skipped(
    runner: Runner, org: StubOrg, collection: Path, environment: Path
) -> None:
    variables = {"baseUrl": org.url, "accessToken": access_token(READ)}
    run = runner(collection, environment, variables)
    assert run.executed == (("List", 200), ("Create", None), ("Quiet", None), ("One", 200))
    assert (run.sent, len(org.seen)) == (2, 2)
    assert run.failures == ("Create needs a name",)
    assert run.exit_code == 1


@RUNNERS
def test_runner_that_cannot_connect_has_sent_nothing(
    runner: Runner, collection: Path, environment: Path
) -> None:
    run = runner(collection, environment)
    assert (run.sent, len(run.executed), run.exit_code) == (0, 4, 1)
    assert "connect ECONNREFUSED 127.0.0.1:9" in run.failures


@RUNNERS
def test_runner_reports_broken_scripts(runner: Runner, tmp_path: Path, org: StubOrg) -> None:
    broken = {
        "item": [item("List", "GET", "api", "v1", "users")],
        "event": [script("prerequest", "nothing.here();")],
    }
    run = runner(write(tmp_path / "broken.json", broken), None, {"baseUrl": org.url})
    assert run.exit_code == 1
    assert any("nothing is not defined" in failure for failure in run.failures)


@RUNNERS
def test_runner_of_an_empty_file_exits_0_with_nothing_executed(
    runner: Runner, tmp_path: Path
) -> None:
    run = runner(write(tmp_path / "empty.json", {"item": []}))
    assert (run.exit_code, run.executed) == (0, ())


@RUNNERS
def test_runner_without_a_collection_says_so(runner: Runner, tmp_path: Path) -> None:
    run = runner(tmp_path / "none.json")
    assert (run.exit_code, run.failures) == (1, ("the runner wrote no report",))


def test_migrate_and_lint_count_files(
    collection: Path, environment: Path, tmp_path: Path, org: StubOrg
) -> None:
    lint = migrate_and_lint(collection, tmp_path / "v3")
    assert (lint.migrate_exit_code, lint.files_scanned, lint.error_count) == (0, 4, 0)
    variables = {"baseUrl": org.url, "accessToken": access_token(READ)}
    done = postman_cli_v3(tmp_path / "v3", environment, variables)
    assert done.exit_code == 1
    assert "Create needs a name" in done.output
    assert len(org.seen) == 2


def test_migrate_refuses_what_has_no_schema(tmp_path: Path) -> None:
    content = {"info": {"name": "x"}, "item": []}
    lint = migrate_and_lint(write(tmp_path / "bad.json", content), tmp_path / "v3")
    assert (lint.migrate_exit_code, lint.files_scanned) == (1, -1)


def test_sdk_reads_requests_with_the_auth_in_force(collection: Path, environment: Path) -> None:
    read = sdk(collection, environment)
    assert (read.name, read.description) == ("Tiny", "Three and one")
    assert [request.name for request in read.requests] == ["List", "Create", "Quiet", "One"]
    first, last = read.requests[0], read.requests[-1]
    assert (first.folders, last.folders) == (("Users",), ())
    assert last.url == "{{baseUrl}}/api/v1/users/:userId"
    assert last.sent_url == "http://127.0.0.1:9/api/v1/users/00u1"
    assert last.path_variables == (("userId", "{{userId}}"),)
    assert (last.own_auth, last.auth.type) == (False, "oauth2")
    assert last.auth.unresolved == {"accessToken": "{{accessToken}}"}
    assert last.auth.parameters == {"accessToken": ""}
    assert last.description == "About One"
