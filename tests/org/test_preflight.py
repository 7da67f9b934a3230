"""What `doctor` tells apart, with a real authorization server and with hosts that are none."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlencode

import pytest
import trustme
from typer.testing import CliRunner, Result

from okta_postman.cli.app import app
from okta_postman.org.preflight import MOST_REQUESTS
from tests.support.program import okta_postman
from tests.support.provider import SECRET, Client, Manner, provider
from tests.support.readme import README
from tests.support.scripted_org import (
    AUTHORIZE,
    CONFIGURATION,
    HTML,
    METADATA,
    ORGANIZATION,
    Asked,
    Script,
    login_required,
    metadata,
    redirect,
    said,
    scripted_org,
)
from tests.support.stub_org import Answer

READ, GROUPS, NOT_GRANTED = "okta.users.read", "okta.groups.read", "okta.devices.read"
REDIRECT = "http://localhost:8080/callback"
GRANTED = (READ, GROUPS)
MANNERS: tuple[Manner, ...] = ("denied", "flow", "consent", "puzzled")
CLOSED = "http://127.0.0.1:9"

DESCRIPTION = """\
version: 1
name: Okta users
org: {org}
app:
  client_id: {client_id}
  type: {type}
redirect_uri: {redirect_uri}
scopes:
  {scope}:
    - GET /api/v1/things
"""


def described(org: str, **changes: str) -> str:
    fine = {"client_id": "0oafine", "type": "native", "redirect_uri": REDIRECT, "scope": READ}
    return DESCRIPTION.format(org=org, **(fine | changes))


def doctor(text: str, folder: Path, *options: str) -> Result:
    file = folder / "users.yaml"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["doctor", str(file), *options])


def codes(done: Result) -> list[str]:
    return re.findall(r"(?:error|warning)\[(\w+)\]", done.stdout)


@pytest.fixture(scope="module")
def org() -> Iterator[str]:
    apps = [Client(f"0oa{manner}", (REDIRECT,), GRANTED, manner=manner) for manner in MANNERS]
    web = Client("0oawebapp", (REDIRECT,), GRANTED, SECRET)
    with provider(
        [*GRANTED, NOT_GRANTED], [Client("0oafine", (REDIRECT,), GRANTED), web, *apps]
    ) as url:
        yield url


@dataclass(frozen=True)
class Case:
    """A mistake in a manifest, and what is found: the code, its line, and what it advises."""

    changes: dict[str, str]
    code: str
    line: str
    advice: str


CASES = {
    "an unknown client": Case(
        {"client_id": "0oaother"}, "D011", "  client_id: 0oaother", "copy the client ID"
    ),
    "an unregistered redirect URI": Case(
        {"redirect_uri": f"{REDIRECT}/"},
        "D012",
        f"redirect_uri: {REDIRECT}/",
        "add it to Sign-in redirect URIs",
    ),
    "a scope that is not granted": Case(
        {"scope": NOT_GRANTED}, "D013", f"  {NOT_GRANTED}:", "Okta API Scopes"
    ),
    "several scopes of which one is not granted": Case(
        {"scope": f"{READ} {NOT_GRANTED}"}, "D013", f"  {READ} {NOT_GRANTED}:", "Okta API Scopes"
    ),
    "an app without any grant": Case(
        {"client_id": "0oaconsent"}, "D014", f"  {READ}:", "none of these scopes is granted"
    ),
    "an app that a policy denies": Case(
        {"client_id": "0oadenied"}, "D015", "app:", "network zone that denied it"
    ),
    "an app of another flow": Case(
        {"client_id": "0oaflow"}, "D016", "app:", "grant type Authorization Code"
    ),
    "an error that nobody foresaw": Case(
        {"client_id": "0oapuzzled"}, "D017", "org: http", "System Log"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_each_mistake_has_its_code_its_place_and_its_advice(
    org: str, case: Case, tmp_path: Path
) -> None:
    done = doctor(described(org, **case.changes), tmp_path)

    assert codes(done) == [case.code], done.output
    assert done.exit_code == 1
    assert f"| {case.line}" in done.stdout
    assert case.advice in done.stdout
    assert "\n  no       " in f"\n{done.stderr}"
    assert "no problems" not in done.stderr


def test_only_the_refused_scope_of_a_scope_set_is_named(org: str, tmp_path: Path) -> None:
    done = doctor(described(org, scope=f"{READ} {NOT_GRANTED}"), tmp_path)
    assert f"`invalid_scope` for `{NOT_GRANTED}`" in done.stdout


@pytest.mark.parametrize("kind", ["native", "web"])
def test_when_all_is_well_it_says_what_was_proved_and_what_was_not(
    org: str, kind: str, tmp_path: Path
) -> None:
    client_id = {"native": "0oafine", "web": "0oawebapp"}[kind]
    done = doctor(described(org, client_id=client_id, type=kind), tmp_path)

    assert (done.exit_code, done.stdout) == (0, ""), done.output
    told = re.findall(r"^  (yes|no|unknown) ", done.stderr, re.MULTILINE)
    assert told == ["yes"] * 6 + ["unknown"]
    assert "only a sign-in proves it" in done.stderr


def test_another_name_of_the_org_is_not_the_issuer(org: str, tmp_path: Path) -> None:
    done = doctor(described(org.replace("127.0.0.1", "localhost")), tmp_path)

    assert codes(done) == ["D008"]
    assert done.exit_code == 1
    assert f"write `org: {org}` if that is your org" in done.stdout


def test_each_environment_is_checked_and_reported_at_its_own_position(
    org: str, tmp_path: Path
) -> None:
    text = described(org) + (
        "environments:\n  production: {}\n  preview:\n    app: {client_id: 0oaother}\n"
    )
    done = doctor(text, tmp_path)
    assert f"production: {org}\n" in done.stderr
    assert f"preview: {org}\n" in done.stderr
    assert ":14:22: error[D011]" in done.stdout
    assert codes(done) == ["D011"]

    alone = doctor(text, tmp_path, "--environment", "production")
    assert (alone.exit_code, codes(alone)) == (0, [])


def test_programs_get_the_same_problems(org: str, tmp_path: Path) -> None:
    done = doctor(described(org, client_id="0oaother"), tmp_path, "--format", "json")
    problem = json.loads(done.stdout)["problems"][0]
    assert (problem["code"], problem["line"], problem["column"]) == ("D011", 5, 14)
    assert done.exit_code == 1


# What a well-kept server never answers.


def limited(_: object) -> Answer:
    return Answer(429, "", {"X-Rate-Limit-Reset": str(int(time.time()) + 45)})


def answered(**changes: object) -> Script:
    return lambda asked: said(metadata(asked["org"]) | changes)


def never(_: object) -> Answer:
    time.sleep(2)
    return HTML


@dataclass(frozen=True)
class Odd:
    """Scripts of an org, and what is found: code and exit code."""

    scripts: dict[str, Script]
    code: str
    exit_code: int
    advice: str


ODD = {
    "HTML at every address": Odd(
        {ORGANIZATION: lambda _: HTML, METADATA: lambda _: HTML},
        "D006",
        1,
        "copy the host that is under your name",
    ),
    "nothing where the metadata should be": Odd(
        {ORGANIZATION: lambda _: Answer(404), METADATA: lambda _: Answer(404)},
        "D006",
        1,
        "copy the host that is under your name",
    ),
    "the Admin Console": Odd(
        {ORGANIZATION: lambda _: redirect("https://acme.okta.com/login")},
        "D007",
        1,
        "not that of the Admin Console",
    ),
    "a rate limit that lasts": Odd({METADATA: limited}, "D004", 3, "try again in 4"),
    "a rate limit at /authorize": Odd({AUTHORIZE: limited}, "D004", 3, "try again in 4"),
    "a failure": Odd({METADATA: lambda _: Answer(503)}, "D005", 3, "status.okta.com"),
    "a slow server": Odd({METADATA: never}, "D002", 3, "--timeout 3"),
    "no S256": Odd(
        {METADATA: answered(code_challenge_methods_supported=["plain"])},
        "D009",
        1,
        "check that `org` is an Okta org",
    ),
    "a list without the scope": Odd(
        {METADATA: answered(scopes_supported=["openid"])},
        "D010",
        0,
        "leaves out many scopes",
    ),
    "an unknown client by its page": Odd(
        {
            CONFIGURATION: lambda _: Answer(404),
            AUTHORIZE: lambda _: Answer(400, "Invalid value for 'client_id' parameter."),
        },
        "D011",
        1,
        "copy the client ID",
    ),
    "a page that does not say why": Odd(
        {AUTHORIZE: lambda _: Answer(400, "<h1>400</h1>")}, "D018", 0, "sign in to be certain"
    ),
    "a page that repeats the query": Odd(
        {AUTHORIZE: lambda _: Answer(400, "?client_id=0oafine&redirect_uri=x")},
        "D018",
        0,
        "sign in to be certain",
    ),
    "an unknown client though the org has it": Odd(
        {AUTHORIZE: lambda _: Answer(400, "Invalid value for 'client_id' parameter.")},
        "D018",
        0,
        "sign in to be certain",
    ),
    "an unregistered redirect URI beside the client id": Odd(
        {
            AUTHORIZE: lambda _: Answer(
                400, "client_id=0oafine: The &#39;redirect_uri&#39; parameter must be a Login"
            )
        },
        "D012",
        1,
        "exactly as it is here",
    ),
    "a bad request to a host that is not Okta's": Odd(
        {
            ORGANIZATION: lambda _: Answer(404),
            CONFIGURATION: lambda _: Answer(400, "what is client_id?"),
            AUTHORIZE: lambda _: HTML,
        },
        "D018",
        0,
        "sign in to be certain",
    ),
    "a sign-in page in spite of prompt=none": Odd(
        {AUTHORIZE: lambda _: HTML}, "D018", 0, "sign in to be certain"
    ),
    "a redirect to another host": Odd(
        {AUTHORIZE: lambda _: redirect("https://idp.example/sso")},
        "D018",
        0,
        "sign in to be certain",
    ),
    "a redirect to a malformed address": Odd(
        {AUTHORIZE: lambda _: redirect("http://[bad/")}, "D018", 0, "sign in to be certain"
    ),
    "an org that redirects to a malformed address": Odd(
        {ORGANIZATION: lambda _: redirect("http://[bad/")},
        "D007",
        1,
        "write the URL of the org itself",
    ),
    "a malformed issuer": Odd(
        {METADATA: answered(issuer="https://[x")}, "D008", 1, "ask its admin"
    ),
    "no issuer": Odd({METADATA: answered(issuer=None)}, "D008", 1, "ask its admin"),
    "no token endpoint": Odd({METADATA: answered(token_endpoint=None)}, "D008", 1, "ask its admin"),
    "a wait without end": Odd(
        {METADATA: lambda _: Answer(429, "", {"Retry-After": "9" * 400})}, "D004", 3, "try again"
    ),
    "a rate limit without end": Odd(
        {METADATA: lambda _: Answer(429, "", {"X-Rate-Limit-Reset": "9" * 400})},
        "D004",
        3,
        "try again in 60 seconds",
    ),
    "a wait until a date": Odd(
        {METADATA: lambda _: Answer(429, "", {"Retry-After": formatdate(time.time() + 45)})},
        "D004",
        3,
        "try again in 4",
    ),
    "more than is ever read": Odd(
        {METADATA: lambda asked: Answer(200, " " * 2_000_000 + said(metadata(asked["org"])).body)},
        "D006",
        1,
        "copy the host that is under your name",
    ),
    "JSON without end": Odd({METADATA: lambda _: Answer(200, "[" * 100_000)}, "D006", 1, "proxy"),
    "a redirect without the state": Odd(
        {AUTHORIZE: lambda _: redirect(f"{REDIRECT}?error=login_required&state=other")},
        "D018",
        0,
        "sign in to be certain",
    ),
}


@pytest.mark.parametrize("case", ODD.values(), ids=list(ODD))
def test_an_unusual_response_has_its_code_exit_code_and_hint(case: Odd, tmp_path: Path) -> None:
    with scripted_org(case.scripts) as url:
        done = doctor(described(url), tmp_path, "--timeout", "0.5")

    assert case.code in codes(done), done.output
    assert done.exit_code == case.exit_code
    assert case.advice in done.stdout
    assert "no problems" not in done.stderr


def test_the_readme_shows_what_doctor_says(tmp_path: Path) -> None:
    readme = README.read_text(encoding="utf-8")
    shown = re.search(r"```text\n(acme\.okta\.com: .*?)```", readme, re.DOTALL)
    example = re.search(r"<!-- example: users.yaml -->\n```yaml\n(.*?)```", readme, re.DOTALL)
    assert shown
    assert example
    refused = {AUTHORIZE: lambda _: Answer(400, "The 'redirect_uri' parameter must be")}
    listed = {METADATA: answered(scopes_supported=[READ, "okta.users.manage"])}
    with scripted_org({**refused, **listed}) as url:
        text = example[1].replace("https://acme.okta.com", url)
        text = text.replace("https://oauth.pstmn.io/v1/callback", REDIRECT)
        done = doctor(text, tmp_path)

    said = done.stderr + done.stdout.partition("\n\n1 error")[0] + "\n"
    said = said.replace(url, "https://acme.okta.com")
    said = said.replace(url.partition("://")[2], "acme.okta.com")
    assert said.replace(f"{tmp_path}/", "") == shown[1]


def test_a_scripted_org_without_scripts_passes_every_check(tmp_path: Path) -> None:
    with scripted_org() as url:
        assert doctor(described(url), tmp_path).exit_code == 0


def test_a_host_that_does_not_respond_is_named(tmp_path: Path) -> None:
    done = doctor(described(CLOSED), tmp_path)
    assert codes(done) == ["D001"]
    assert "`127.0.0.1:9` does not respond: connection refused" in done.stdout
    assert "HTTPS_PROXY" in done.stdout
    assert done.exit_code == 3


def hang_up(server: socket.socket) -> None:
    server.accept()[0].close()


def test_a_connection_that_is_closed_is_reported(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=hang_up, args=(server,), daemon=True).start()
        done = doctor(described(f"http://127.0.0.1:{server.getsockname()[1]}"), tmp_path)
    assert codes(done) == ["D001"]
    assert re.search("does not respond: (the connection was closed|connection reset)", done.stdout)


def test_a_host_without_tls_is_not_one_with_a_bad_certificate(tmp_path: Path) -> None:
    with scripted_org() as url:
        done = doctor(described(url.replace("http:", "https:")), tmp_path)
    assert codes(done) == ["D001"]
    assert "no TLS on this port" in done.stdout


def test_a_connection_that_is_not_accepted_times_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        done = doctor(described(url), tmp_path, "--timeout", "0.3")
    assert codes(done) == ["D002"]
    assert done.exit_code == 3


def test_a_response_sent_byte_by_byte_times_out(tmp_path: Path) -> None:
    with dripping() as url:
        begun = time.monotonic()
        done = doctor(described(url), tmp_path, "--timeout", "0.4")
    assert codes(done) == ["D002"]
    assert time.monotonic() - begun < 3


@contextmanager
def dripping() -> Iterator[str]:
    """A server whose body never ends, a byte at a time."""

    def drip(server: socket.socket) -> None:
        taken, _ = server.accept()
        with taken:
            taken.recv(4096)
            taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
            for _ in range(60):
                try:
                    taken.sendall(b" ")
                except OSError:
                    return
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def test_a_short_rate_limit_is_waited_for(tmp_path: Path) -> None:
    asked: list[str] = []

    def once(_: object) -> Answer:
        asked.append("")
        return (
            Answer(429, "", {"Retry-After": "0"}) if len(asked) == 1 else said({"pipeline": "v1"})
        )

    with scripted_org({ORGANIZATION: once}) as url:
        done = doctor(described(url), tmp_path)
    assert done.exit_code == 0
    assert "the host is an Okta org: Classic Engine" in done.stderr
    assert len(asked) == 2


def test_no_client_gets_more_requests_than_okta_allows(tmp_path: Path) -> None:
    asked: list[str] = []

    def counted(query: Asked) -> Answer:
        asked.append(query["scope"])
        return login_required(query)

    scopes = "".join(f"  okta.r{n}.read: [GET /api/v1/{n}]\n" for n in range(MOST_REQUESTS + 5))
    with scripted_org({AUTHORIZE: counted}) as url:
        text = described(url).replace(f"  {READ}:\n    - GET /api/v1/things\n", scopes)
        done = doctor(text, tmp_path)

    assert len(asked) == len(set(asked)) == MOST_REQUESTS
    assert "D018" in codes(done)
    assert "5 scope sets not checked" in done.stdout


def test_a_client_is_unknown_rather_than_there_if_the_host_does_not_say_it_is_okta(
    tmp_path: Path,
) -> None:
    with scripted_org({ORGANIZATION: lambda _: Answer(404)}) as url:
        done = doctor(described(url), tmp_path)
    assert "unknown  the org has a client" in done.stderr


def test_another_providers_server_gets_only_authorize_requests(tmp_path: Path) -> None:
    asked: list[str] = []

    def noted(query: Asked) -> Answer:
        asked.append(query["scope"])
        return login_required(query)

    with scripted_org({AUTHORIZE: noted, METADATA: lambda _: Answer(404)}) as url:
        elsewhere = f"authorize_url: {url}{AUTHORIZE}, token_url: {url}/token"
        text = described(url, scope="things.read") + f"authorization_server: {{{elsewhere}}}\n"
        done = doctor(text, tmp_path)

    assert done.exit_code == 0, done.output
    assert asked == ["things.read"]
    assert "  unknown  the server is Okta's" in done.stderr
    assert "  yes      /authorize accepts" in done.stderr


def test_a_set_that_is_refused_stays_refused_if_the_org_then_limits_the_rate(
    tmp_path: Path,
) -> None:
    def once(query: Asked) -> Answer:
        if " " not in query["scope"]:
            return limited(query)
        back = urlencode({"error": "invalid_scope", "state": query["state"]})
        return redirect(f"{query['redirect_uri']}?{back}")

    with scripted_org({AUTHORIZE: once}) as url:
        done = doctor(described(url, scope=f"{READ} {GROUPS}"), tmp_path)

    assert "D013" in codes(done)
    assert done.exit_code == 1


def test_a_proved_error_outweighs_a_missing_response(tmp_path: Path) -> None:
    scripts = {METADATA: answered(issuer="https://evil.example"), AUTHORIZE: limited}
    with scripted_org(scripts) as url:
        done = doctor(described(url), tmp_path)
    assert set(codes(done)) == {"D008", "D004"}
    assert done.exit_code == 1


# Certificates and proxies.


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def test_a_certificate_is_trusted_if_the_system_does(authority: trustme.CA, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(bundle)
    with scripted_org(tls=context) as url:
        (tmp_path / "users.yaml").write_text(described(url), encoding="utf-8")
        stranger = okta_postman("doctor", "users.yaml", cwd=tmp_path)
        known = okta_postman(
            "doctor", "users.yaml", cwd=tmp_path, environment={"SSL_CERT_FILE": str(bundle)}
        )

    assert stranger.code == 3
    assert "error[D003]: the certificate of `127.0.0.1:" in stranger.stdout
    assert "is not trusted: unable to get local issuer certificate" in stranger.stdout
    assert "system's trust store" in stranger.stdout
    assert known.code == 0, known.stdout


def test_the_proxy_of_the_environment_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_org() as url:
        monkeypatch.setenv("http_proxy", url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        behind = doctor(described("http://127.0.0.1:9"), tmp_path)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        past = doctor(described("http://127.0.0.1:9"), tmp_path)
    assert "the host is an Okta org: Identity Engine" in behind.stderr
    assert codes(past) == ["D001"]


@pytest.mark.parametrize(
    ("proxy", "reason"),
    [
        (CLOSED, "connection refused"),
        ("http://ada:hush@127.0.0.1:9", "connection refused"),
        ("socks5://127.0.0.1:9", "unsupported scheme socks5"),
        ("http://ada:hush@[proxy", "its url is malformed"),
        ("http://proxy:port", "its url is malformed"),
    ],
)
def test_a_proxy_that_fails_is_reported_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str, reason: str
) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    monkeypatch.setenv("no_proxy", "nowhere.example")
    done = doctor(described("https://acme.okta.com"), tmp_path)
    assert codes(done) == ["D001"]
    assert "can't reach `acme.okta.com` through the proxy: " in done.stdout
    assert reason in done.stdout.lower()
    assert "hush" not in done.output


def test_a_proxy_that_needs_a_password_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A tunnel is asked for by host and port, which read as a URL has the path `443`.
    with scripted_org({"443": lambda _: Answer(407)}) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.setenv("no_proxy", "nowhere.example")
        done = doctor(described("https://acme.okta.com"), tmp_path)
    assert codes(done) == ["D001"]
    assert "Tunnel connection failed: 407" in done.stdout


def test_a_manifest_with_errors_is_not_checked_with_the_org(tmp_path: Path) -> None:
    done = doctor(described("https://acme-admin.okta.com"), tmp_path)
    assert done.exit_code == 2
    assert "R002" in done.stderr


CODES = {
    *(case.code for case in CASES.values()),
    *(odd.code for odd in ODD.values()),
    *("D001", "D002", "D003", "D008"),
}
"""The codes that this file shows, each by a finding."""
