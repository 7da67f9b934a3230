"""Inputs of nothing but mistakes, or of one thing very often, are read in time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from okta_postman.commands.check import check
from okta_postman.problems import MOST_SHOWN
from okta_postman.reports.machine import FORMATS
from okta_postman.reports.text import text

SECONDS = 8.0
"""Of processor time: what is linear needs a quarter of it, what is quadratic many times as much."""

LARGEST_REPORT = 100_000

HEAD = """\
version: 1
name: Okta users
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
"""
SCOPES = "scopes:\n  okta.users.read:\n"
REQUEST = f"{SCOPES}    - GET /api/v1/users\n"
FAKE = "00FAKEfakeFAKEfakeFAKEfakeFAKE"


def lines(count: int, line: Callable[[int], str]) -> str:
    return "".join(f"{line(number)}\n" for number in range(count))


INPUTS = {
    "unknown keys": HEAD + REQUEST + lines(50_000, lambda n: f"key{n}: 1"),
    "unknown keys of environments": HEAD
    + "environments:\n"
    + lines(3_000, lambda n: f"  e{n}: {{orrg: x}}")
    + REQUEST,
    "names of one endpoint": HEAD
    + SCOPES
    + lines(16_000, lambda n: f"    - {{request: GET /api/v1/users, name: n{n}}}"),
    "names of one endpoint that is listed bare, too": HEAD
    + SCOPES
    + lines(
        4_000,
        lambda n: f"    - GET /api/v1/users\n    - {{request: GET /api/v1/users, name: n{n}}}",
    ),
    "a long word as an endpoint": f"{HEAD}{SCOPES}    - {'listUsers' * 20_000}\n",
    "words as endpoints": HEAD + SCOPES + lines(20_000, lambda n: f"    - listUsrs{n}"),
    "credentials in comments": HEAD + REQUEST + lines(60_000, lambda n: f"# SSWS {FAKE}{n:06}"),
    "credentials as values": f"{HEAD}variables:\n"
    + lines(20_000, lambda n: f'  k{n}: "SSWS {FAKE}{n:06}"')
    + REQUEST,
    "variables that are not declared": f"{HEAD}variables:\n"
    + lines(10_000, lambda n: f'  name{n}: "1"')
    + f"{SCOPES}    - request: GET /api/v1/users\n      query:\n"
    + lines(10_000, lambda n: f'        q{n}: "{{{{nam{n}x}}}}"'),
    "variables that lead to the next": f"{HEAD}variables:\n"
    + lines(900, lambda n: f'  name{n}: "{{{{name{n + 1}}}}}"')
    + f"environments:\n{lines(90, lambda n: f'  e{n}: {{}}')}"
    + REQUEST,
    "beginnings of tokens": f"{HEAD}{REQUEST}# {'eyJ' * 200_000}\n",
    "beginnings of private keys": f"{HEAD}{REQUEST}# {'-----BEGIN PRIVATE KEY-----' * 20_000}\n",
    "keys without a value": f"{HEAD}{REQUEST}# {'clientSecret=' * 20_000} x\n",
    "scopes that were not granted": HEAD.replace(
        "0oan47pj9BsB30h7", f"0oan47pj9BsB30h7, grants: [{','.join(f'a{n}' for n in range(3_000))}]"
    )
    + "scopes:\n"
    + lines(3_000, lambda n: f"  okta.y{n}.read: [GET /api/v1/users/{n}]"),
}


@pytest.mark.parametrize("name", INPUTS)
def test_it_takes_no_longer_than_its_length_explains(name: str) -> None:
    data = INPUTS[name].encode()
    begun = time.process_time()
    result = check("users.yaml", data)
    reports = [text(result.checked), *(write(result.checked) for write in FORMATS.values())]
    assert time.process_time() - begun < SECONDS
    assert max(map(len, reports)) < LARGEST_REPORT
    assert not any("FAKE" in report for report in reports)


def test_each_report_says_how_many_problems_it_leaves_out() -> None:
    data = HEAD + REQUEST + lines(MOST_SHOWN + 50, lambda n: f"key{n}: 1")
    (checked,) = check("users.yaml", data.encode()).checked
    assert (len(checked.problems), checked.left_out) == (MOST_SHOWN, 50)
    last = text([checked]).splitlines()[-1]
    assert last == f"{MOST_SHOWN} errors in 1 file, and 50 more that are not shown"
    assert json.loads(FORMATS["json"]([checked]))["left_out"] == 50
    for name in ("github", "gitlab", "sarif"):
        assert "and 50 more problems that are not shown" in FORMATS[name]([checked])


def test_an_error_is_shown_before_many_warnings() -> None:
    data = HEAD + "scopes:\n" + lines(200, lambda n: f"  okta.x{n}.read: [GET /api/v1/x{n}]")
    data += "  okta.users.read: [GTE /api/v1/users]\n"
    (checked,) = check("users.yaml", data.encode()).checked
    assert checked.refused
    assert sum(problem.severity == "error" for problem in checked.problems) == 1
    assert len(checked.problems) == MOST_SHOWN


def test_a_message_quotes_the_ends_of_a_long_value() -> None:
    data = f"{HEAD}{SCOPES}    - {'x/' * 500_000}\n"
    (checked,) = check("users.yaml", data.encode()).checked
    assert max(len(problem.message + problem.hint) for problem in checked.problems) < 1_000


def test_a_cut_never_halves_a_credential() -> None:
    token = f"SSWS {FAKE}{FAKE}{FAKE}"
    for length in range(150, 450, 7):
        data = f"{HEAD}{SCOPES}    - '{'x' * length} {token} {'y' * 1000}/'\n"
        result = check("users.yaml", data.encode())
        assert "FAKE" not in text(result.checked)


def test_what_is_generated_has_an_end() -> None:
    data = f"{HEAD}variables:\n{lines(1_001, lambda n: f'  v{n}: a')}"
    data += f"environments:\n{lines(101, lambda n: f'  e{n}: {{}}')}{REQUEST}"
    (checked,) = check("users.yaml", data.encode()).checked
    assert [problem.code for problem in checked.problems] == ["G008", "G008"]


def test_an_alias_of_a_long_text_has_an_end() -> None:
    data = f'{HEAD}description: &a "{"x" * 80_000}"\n{SCOPES}    - request: POST /api/v1/users\n'
    data += f"      body: [{', '.join(['*a'] * 1_000)}]\n"
    (checked,) = check("users.yaml", data.encode()).checked
    assert [problem.code for problem in checked.problems] == ["Y007"]
