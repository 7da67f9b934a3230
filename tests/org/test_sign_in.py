"""The address that `url` prints, and what it says to do with the answer."""

from __future__ import annotations

import http.client
import json
import os
import shlex
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from typer.testing import CliRunner, Result

from okta_postman.cli.app import app
from okta_postman.reports.sign_in import SECRET_VARIABLE
from tests.support.person import sign_in
from tests.support.program import shell
from tests.support.provider import Client, provider
from tests.support.tokens import scopes_of

READ, MANAGE = "okta.users.read", "okta.users.manage"
CALLBACK = "https://client.example/cb?tenant=a&b=c+d%20e"
DESCRIPTION = f"""\
version: 1
name: Okta users
org: https://acme.okta.com
app: {{client_id: 0oan47pj9BsB30h7}}
redirect_uri: {CALLBACK}
scopes:
  {READ}:
    - GET /api/v1/users
    - GET /api/v1/users/{{userId}}
  {MANAGE}:
    - request: POST /api/v1/users
      name: Create a user
"""


def url(folder: Path, *arguments: str, text: str = DESCRIPTION) -> Result:
    (folder / "users.yaml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["url", str(folder / "users.yaml"), *arguments])


def query(done: Result) -> dict[str, str]:
    read = parse_qs(urlsplit(done.stdout.strip()).query, strict_parsing=True)
    assert all(len(values) == 1 for values in read.values())
    return {key: values[0] for key, values in read.items()}


def test_the_url_requests_a_code_with_pkce(tmp_path: Path) -> None:
    done = url(tmp_path)
    asked = query(done)

    assert done.exit_code == 0
    assert done.stdout.startswith("https://acme.okta.com/oauth2/v1/authorize?")
    assert len(asked.pop("state")) >= 16
    assert len(asked.pop("code_challenge")) == 43
    assert asked == {
        "response_type": "code",
        "client_id": "0oan47pj9BsB30h7",
        "redirect_uri": CALLBACK,
        "scope": f"{MANAGE} {READ}",
        "code_challenge_method": "S256",
    }


def test_the_implicit_form_of_the_guide_comes_with_the_advice_against_it(tmp_path: Path) -> None:
    done = url(tmp_path, "--implicit")
    asked = query(done)

    assert len(asked.pop("state")) >= 16
    assert len(asked.pop("nonce")) >= 16
    assert asked == {
        "response_type": "token",
        "response_mode": "fragment",
        "client_id": "0oan47pj9BsB30h7",
        "redirect_uri": CALLBACK,
        "scope": f"{MANAGE} {READ}",
    }
    assert "Okta advises against this flow" in done.stderr
    assert "Okta advises against" not in url(tmp_path).stderr


def test_state_nonce_and_challenge_are_new_each_time(tmp_path: Path) -> None:
    first, second = query(url(tmp_path)), query(url(tmp_path))
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]
    implicit = [query(url(tmp_path, "--implicit"))["nonce"] for _ in range(2)]
    assert implicit[0] != implicit[1]


@pytest.mark.parametrize(
    ("request_", "scope"),
    [
        ("Create a user", MANAGE),
        ("POST /api/v1/users", MANAGE),
        ("GET /api/v1/users/{userId}", READ),
        ("GET /api/v1/users/{anything}", READ),
        (READ, READ),
    ],
)
def test_a_request_is_named_by_name_endpoint_or_scopes(
    tmp_path: Path, request_: str, scope: str
) -> None:
    assert query(url(tmp_path, request_))["scope"] == scope


def test_scopes_are_named_in_any_order(tmp_path: Path) -> None:
    text = DESCRIPTION.replace(f"  {MANAGE}:", f"  {READ} {MANAGE}:")
    assert query(url(tmp_path, f"{READ} {MANAGE}", text=text))["scope"] == f"{MANAGE} {READ}"


def test_a_request_that_is_not_there_gets_a_suggestion(tmp_path: Path) -> None:
    done = url(tmp_path, "GET /api/v1/user")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no request `GET /api/v1/user`; there is `GET /api/v1/users`" in done.stderr


def test_requests_of_one_endpoint_with_different_scopes_are_chosen_by_name(tmp_path: Path) -> None:
    text = DESCRIPTION + "    - request: GET /api/v1/users\n      name: As an admin\n"
    text = text.replace(
        "    - GET /api/v1/users\n", "    - {request: GET /api/v1/users, name: A}\n"
    )
    done = url(tmp_path, "GET /api/v1/users", text=text)
    assert done.exit_code == 2
    assert "matches requests that need different scopes; pass the name of one" in done.stderr
    assert query(url(tmp_path, "As an admin", text=text))["scope"] == MANAGE


def test_one_of_several_environments_is_named(tmp_path: Path) -> None:
    text = DESCRIPTION + (
        "environments:\n  production: {}\n  preview:\n    org: https://acme.oktapreview.com\n"
        "    app: {client_id: 0oapreview1234567890}\n"
    )
    unnamed = url(tmp_path, text=text)
    assert unnamed.exit_code == 2
    assert "pass --environment with one of `production`, `preview`" in unnamed.stderr
    preview = url(tmp_path, "-e", "preview", text=text)
    assert preview.stdout.startswith("https://acme.oktapreview.com/oauth2/v1/authorize?")
    assert query(preview)["client_id"] == "0oapreview1234567890"


def test_more_scopes_than_okta_takes_at_once_are_refused(tmp_path: Path) -> None:
    scopes = "".join(f"  okta.resource{n}.read: [GET /api/v1/{n}]\n" for n in range(55))
    done = url(tmp_path, text=DESCRIPTION.partition(f"  {READ}")[0] + scopes)
    assert done.exit_code == 2
    assert "Okta documents at most 1024" in done.stderr


def test_a_manifest_with_errors_has_no_url(tmp_path: Path) -> None:
    done = url(tmp_path, text=DESCRIPTION.replace("acme", "acme-admin"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "R002" in done.stderr


def test_what_it_says_about_the_code_leads_to_a_token(tmp_path: Path) -> None:
    """The address is opened, and the curl command that is printed is sent by hand."""
    client = Client("0oan47pj9BsB30h7", (CALLBACK,), (READ, MANAGE))
    with provider([READ, MANAGE], [client]) as org:
        text = DESCRIPTION.replace("https://acme.okta.com", org)
        done = url(tmp_path, "Create a user", text=text)
        ended = sign_in(done.stdout.strip())
        assert ended.startswith("https://client.example/cb?tenant=a&b=c+d+e&")
        code = parse_qs(urlsplit(ended).query)["code"][0]
        answer = sent(done.stderr.partition("CODE=...")[2], code)

    assert scopes_of(answer["access_token"]) == frozenset((MANAGE,))


def test_the_secret_of_a_web_app_is_no_argument_of_curl(tmp_path: Path) -> None:
    """A shell runs what is printed, with a curl that says what it was called with."""
    text = DESCRIPTION.replace("0oan47pj9BsB30h7}", "0oan47pj9BsB30h7, type: web}")
    done = url(tmp_path, "Create a user", text=text)
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\necho "$@"; cat\n', encoding="utf-8")
    curl.chmod(0o755)
    where = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    command = done.stderr.partition("CODE=...")[2]
    ended = subprocess.run(
        [shell("sh"), "-c", command],
        env={"PATH": where, SECRET_VARIABLE: "hush & hush"},
        capture_output=True,
        text=True,
        check=True,
    )
    arguments, _, stdin = ended.stdout.partition("\n")
    assert arguments.endswith("--data-urlencode client_secret@-")
    assert stdin == "hush & hush"
    assert f"the client secret is read from {SECRET_VARIABLE}" in done.stderr
    assert "client secret" not in url(tmp_path, "Create a user").stderr


def sent(command: str, code: str) -> dict[str, str]:
    curl, address, *options = shlex.split(command.replace("\\\n", ""))
    assert (curl, set(options[::2])) == ("curl", {"--data-urlencode"})
    fields = dict(option.replace("$CODE", code).split("=", 1) for option in options[1::2])
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, urlencode(fields), form)
    answer: dict[str, str] = json.loads(connection.getresponse().read())
    connection.close()
    return answer
