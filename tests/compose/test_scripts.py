"""The guard before a request and the explanations after it, in Postman's own runners."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.manifests import generated
from tests.support.postman import Run, newman, postman_cli
from tests.support.stub_org import Answer, missing_role, stub_org, too_many_requests
from tests.support.tokens import access_token

DESCRIPTION = """
version: 1
name: Okta users
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read: ["GET /api/v1/users/{userId}", "GET /api/v1/reports/{reportId}.csv"]
"""
SCOPE_MAP = {
    ("GET", "/api/v1/users/{userId}"): frozenset(["okta.users.read"]),
    ("GET", "/api/v1/reports/{report}"): frozenset(["okta.users.read"]),
}
FILLED = {"userId": "me", "reportId": "1"}


@dataclass(frozen=True)
class Case:
    """What is sent, what the org makes of it, and how the first failure begins."""

    token: str
    failure: str
    sent: int
    variables: Mapping[str, str] = field(default_factory=lambda: FILLED)
    answer: Answer | None = None
    layout: str = "{}"


CASES = {
    "no token is sent on its way, because the app may have one that scripts cannot see": Case(
        "", "No access token was sent", sent=2
    ),
    "an opaque token is sent on its way": Case(
        "opaque", "The access token is invalid, expired", sent=2
    ),
    "a token without the scope is stopped": Case(
        access_token("okta.groups.read"),
        "The access token lacks okta.users.read: get a new one for this request; the current",
        sent=0,
    ),
    "an expired token is stopped": Case(
        access_token("okta.users.read", expires_in=-60), "The access token has expired", sent=0
    ),
    "an empty path variable is stopped": Case(
        access_token("okta.users.read"),
        "The path variable userId is empty",
        sent=1,
        variables={"userId": "", "reportId": "1"},
    ),
    "an empty variable inside a segment is stopped": Case(
        access_token("okta.users.read"),
        "The path variable reportId is empty",
        sent=1,
        variables={"userId": "me", "reportId": ""},
    ),
    "with one token for all, what Okta answers is explained": Case(
        access_token("okta.groups.read"),
        "The access token lacks the scope okta.users.read: grant it",
        sent=2,
        layout="{auth: collection}",
    ),
    "a missing admin role is not a missing scope": Case(
        access_token("okta.users.read"),
        "The admin role of the user who signed in doesn't allow this request (E0000006)",
        sent=2,
        answer=missing_role(),
    ),
    "a rate limit says when it ends": Case(
        access_token("okta.users.read"),
        "Too many requests (429): try again after 20",
        sent=2,
        answer=too_many_requests(),
    ),
    "any other refusal is shown with Okta's own words": Case(
        access_token("okta.users.read"),
        "Okta returned 400: Api validation failed (E0000001)",
        sent=2,
        answer=Answer(
            400, json.dumps({"errorCode": "E0000001", "errorSummary": "Api validation failed"})
        ),
    ),
}


def run(runner: Callable[..., Run], case: Case, folder: Path) -> Run:
    path = folder / "collection.json"
    files = generated(f"{DESCRIPTION}collection: {case.layout}\n")
    path.write_text(json.dumps(next(iter(files.values()))), encoding="utf-8")
    answers = dict.fromkeys(SCOPE_MAP, case.answer) if case.answer else None
    with stub_org(SCOPE_MAP, answers) as org:
        variables = {"baseUrl": org.url, "accessToken": case.token, **case.variables}
        done = runner(path, None, variables)
        assert len(org.seen) == case.sent
    return done


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_newman_stops_or_explains(case: Case, tmp_path: Path) -> None:
    done = run(newman, case, tmp_path)
    assert done.exit_code == 1
    assert done.failures[0].startswith(case.failure), done.failures


@pytest.mark.parametrize("case", list(CASES.values())[:8:2], ids=list(CASES)[:8:2])
def test_the_postman_cli_does_the_same(case: Case, tmp_path: Path) -> None:
    done = run(postman_cli, case, tmp_path)
    assert done.exit_code == 1
    assert done.failures[0].startswith(case.failure), done.failures


def test_an_org_that_does_not_answer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "collection.json"
    path.write_text(json.dumps(next(iter(generated(DESCRIPTION).values()))), encoding="utf-8")
    variables = {"baseUrl": "http://127.0.0.1:9", **FILLED}

    done = newman(path, None, variables)

    assert done.exit_code == 1
    assert any(each.startswith("No response: check the variable baseUrl") for each in done.failures)
