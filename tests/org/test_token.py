"""Signing in with `login`, through a browser or by pasting, with a real authorization server."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import socket
import stat
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from okta_postman import templates
from okta_postman.org.loopback import listening
from okta_postman.org.token import Token
from okta_postman.problems import UserError
from tests.support.person import Browser, sign_in
from tests.support.program import Ended, okta_postman, shell
from tests.support.provider import SECRET, Client, Manner, provider
from tests.support.samples import ROOT
from tests.support.scripted_org import TOKEN, Asked, Script, said, scripted_org
from tests.support.stub_org import Answer as Said
from tests.support.tokens import scopes_of

READ, GROUPS, NOT_GRANTED = "okta.users.read", "okta.groups.read", "okta.devices.read"
MANNERS: tuple[Manner, ...] = ("downscoping", "dpop", "unassigned", "consent")
CALLBACK = "https://oauth.pstmn.io/v1/callback"
SECRET_VARIABLE = "OKTA_POSTMAN_CLIENT_SECRET"  # noqa: S105 - where it is, not what it is

DESCRIPTION = """\
version: 1
name: Okta users
org: {org}
app:
  client_id: {client_id}
  type: {type}
redirect_uri: {redirect_uri}
scopes:
  okta.users.read:
    - GET /api/v1/users
  okta.groups.read:
    - request: GET /api/v1/groups
      name: List groups
"""


@dataclass(frozen=True)
class Org:
    """The provider, and a loopback redirect URI that is registered with it and free."""

    url: str
    redirect_uri: str

    def described(self, folder: Path, **changes: str) -> None:
        fine = {"client_id": "0oafine", "type": "native", "redirect_uri": self.redirect_uri}
        text = DESCRIPTION.format(org=self.url, **(fine | changes))
        (folder / "users.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def org() -> Iterator[Org]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        redirect_uri = f"http://localhost:{free.getsockname()[1]}/callback"
    both = (redirect_uri, CALLBACK)
    clients = [
        Client("0oafine", both, (READ, GROUPS)),
        Client("0oawebapp", both, (READ, GROUPS), SECRET),
        *(Client(f"0oa{manner}", both, (READ,), manner=manner) for manner in MANNERS),
    ]
    with provider([READ, GROUPS, NOT_GRANTED], clients) as url:
        yield Org(url, redirect_uri)


def has_ipv6() -> bool:
    """Whether this machine has the loopback address of IPv6."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


Answer = Callable[[str], str]
"""What a person does at an address: the one that they paste."""


def pasted(
    folder: Path,
    options: Sequence[str],
    answer: Answer = sign_in,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run `login --no-browser`, do what a person does at the address it prints, and paste."""
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "okta_postman",
            "--debug",
            "login",
            "users.yaml",
            "--no-browser",
            *options,
        ],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        shown = ""
        while (line := process.stderr.readline()) and not line.startswith("  http"):
            shown += line
        out, err = process.communicate(f"{answer(line.strip())}\n" if line else "", timeout=30)
    return Ended(process.returncode, out, shown + line + err)


def granted(done: Ended) -> set[str]:
    """The scopes of the token that was printed."""
    return set(scopes_of(done.stdout.strip()) or ())


def codes(done: Ended) -> list[str]:
    return re.findall(r"error\[(\w+)\]", done.stderr)


def browser() -> dict[str, str]:
    return {"BROWSER": f"{sys.executable} -m tests.support.person %s", "PYTHONPATH": str(ROOT)}


def test_a_sign_in_through_the_browser_prints_only_the_token_on_stdout(
    org: Org, tmp_path: Path
) -> None:
    org.described(tmp_path)
    done = okta_postman(
        "login", "users.yaml", "--request", READ, cwd=tmp_path, environment=browser()
    )
    assert done.code == 0, done.stderr
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", done.stdout)
    assert granted(done) == {READ}
    address, printed, _ = done.stderr.partition("a browser prints on stdout what it likes")
    assert "\n  http" in address  # for those whose browser does not open, or never ends
    assert printed
    assert done.stdout.strip() not in done.stderr


@pytest.mark.parametrize(
    ("options", "scopes"),
    [
        (["--all"], [READ, GROUPS]),
        (["--request", "List groups"], [GROUPS]),
        (["--request", "GET /api/v1/users"], [READ]),
        (["--scope", GROUPS, "--scope", READ], [READ, GROUPS]),
    ],
    ids=str,
)
def test_the_token_has_the_scopes_that_were_named(
    org: Org, tmp_path: Path, options: list[str], scopes: list[str]
) -> None:
    org.described(tmp_path)
    done = pasted(tmp_path, options)
    assert (done.code, granted(done)) == (0, set(scopes)), done.stderr


def test_postmans_callback_cannot_be_waited_at_but_pasted_from(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path, redirect_uri=CALLBACK)
    done = pasted(tmp_path, ["--all", "--browser"], environment={"BROWSER": "true"})
    assert (done.code, granted(done)) == (0, {READ, GROUPS}), done.stderr
    assert "an environment with a registered `redirect_uri: http://localhost" in done.stderr


def test_a_web_app_takes_its_secret_from_a_variable(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path, client_id="0oawebapp", type="web")
    done = pasted(tmp_path, ["--all"], environment={SECRET_VARIABLE: SECRET})
    assert (done.code, granted(done)) == (0, {READ, GROUPS}), done.stderr
    assert SECRET not in done.stderr

    without = okta_postman("login", "users.yaml", "--all", cwd=tmp_path)
    assert without.code == 2
    assert SECRET_VARIABLE in without.stderr


def altered(pattern: str, replacement: str) -> Answer:
    return lambda url: re.sub(pattern, replacement, sign_in(url))


@dataclass(frozen=True)
class Case:
    """How a sign-in goes wrong, and what is found: code, exit code, line and advice."""

    code: str
    exit_code: int
    line: str
    advice: str
    changes: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ("--scope", READ)
    answer: Answer = sign_in
    secret: str = SECRET


CASES = {
    "a scope that is not granted": Case(
        "D013", 3, "scopes:", "Okta API Scopes", options=("--scope", NOT_GRANTED)
    ),
    "no scope granted at all": Case(
        "D014", 3, f"  {READ}:", "none of these scopes", {"client_id": "0oaconsent"}
    ),
    "a person who is not assigned": Case(
        "D015", 3, "app:", "> Assignments", {"client_id": "0oaunassigned"}
    ),
    "an app that wants DPoP": Case(
        "D019", 3, "app:", "clear Require Demonstrating", {"client_id": "0oadpop"}
    ),
    "a web app that is called native": Case(
        "D020", 3, "  client_id: 0oawebapp", "write `type: web`", {"client_id": "0oawebapp"}
    ),
    "a wrong secret": Case(
        "D020",
        3,
        "  client_id: 0oawebapp",
        "copy the client ID and the client secret again",
        {"client_id": "0oawebapp", "type": "web"},
        secret="of-another-app-0123456789",  # noqa: S106 - of no real client
    ),
    "a code that is used up": Case(
        "D021", 3, "app:", "sign in again", answer=altered("code=[^&]+", "code=used-up")
    ),
    "fewer scopes than asked for": Case(
        "D022",
        1,
        f"  {GROUPS}:",
        "grant the missing scopes",
        {"client_id": "0oadownscoping"},
        ("--all",),
    ),
    "an answer to another sign-in": Case(
        "D023",
        3,
        "redirect_uri: ",
        "close older tabs",
        answer=altered("state=[^&]+", "state=other"),
    ),
    "an answer of another server": Case(
        "D023",
        3,
        "redirect_uri: ",
        "close older tabs",
        answer=altered("iss=[^&]+", "iss=https%3A%2F%2Fevil.example"),
    ),
    "an answer at another address": Case(
        "D023",
        3,
        "redirect_uri: ",
        "sign in again",
        answer=altered("^http://localhost", "http://evil.example"),
    ),
    "an answer with two codes": Case(
        "D023", 3, "redirect_uri: ", "sign in again", answer=altered("$", "&code=another")
    ),
    "a malformed address": Case(
        "D023", 3, "redirect_uri: ", "sign in again", answer=lambda _: "http://[x?code=a"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_each_refusal_has_its_own_explanation(org: Org, case: Case, tmp_path: Path) -> None:
    org.described(tmp_path, **case.changes)
    done = pasted(tmp_path, case.options, case.answer, {SECRET_VARIABLE: case.secret})

    assert codes(done) == [case.code], done.stderr
    assert (done.code, done.stdout) == (case.exit_code, "")
    assert f"| {case.line}" in done.stderr
    assert case.advice in done.stderr
    assert "Traceback" not in done.stderr
    assert "eyJ" not in done.stderr


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("", "nothing was pasted: stdin has ended"), ("the-code", "the pasted URL has no `?`")],
)
def test_what_is_pasted_must_be_a_url(org: Org, tmp_path: Path, line: str, sentence: str) -> None:
    org.described(tmp_path)
    done = pasted(tmp_path, ["--all"], lambda _: line)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_without_stdin_nothing_can_be_pasted_or_typed(org: Org, tmp_path: Path) -> None:
    for kind, sentence in (("native", "nothing was pasted"), ("web", SECRET_VARIABLE)):
        org.described(tmp_path, type=kind)
        command = (
            f"{shlex.quote(sys.executable)} -m okta_postman login users.yaml --all --no-browser"
        )
        done = subprocess.run(
            [shell("sh"), "-c", f"{command} <&-"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo terminals")
def test_a_prompt_for_the_secret_that_is_left_asks_for_the_variable(
    org: Org, tmp_path: Path
) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    org.described(tmp_path, type="web")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "okta_postman", "login", "users.yaml", "--all"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=slave, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stderr is not None
        prompt = process.stderr.read(len("client secret (not shown): "))
        os.write(master, b"\x04")
        _, err = process.communicate(timeout=30)
    os.close(master)
    os.close(slave)
    assert prompt.endswith(b"shown): ")
    assert process.returncode == 2
    assert SECRET_VARIABLE in err.decode()


def test_a_timeout_longer_than_a_day_is_refused(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    done = okta_postman("login", "users.yaml", "--all", "--timeout", "1e11", cwd=tmp_path)
    assert done.code == 2
    assert "--timeout" in done.stderr


def test_a_client_that_closes_the_connection_leaves_no_traceback(
    org: Org, capfd: pytest.CaptureFixture[str]
) -> None:
    port = urlsplit(org.redirect_uri).port or 0
    with listening(org.redirect_uri, "ours", "") as first:
        for line in (b"GET http://[x HTTP/1.1\r\n\r\n", b"GET /\xff"):
            with socket.create_connection(("127.0.0.1", port)) as stray:
                reset = struct.pack("ii", 1, 0)
                stray.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                stray.sendall(line)
        Browser().open(f"{org.redirect_uri}?code=abc&state=ours")
        first(5)
    assert capfd.readouterr().err == ""


def test_a_shortfall_names_what_is_missing_and_what_is_there(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path, client_id="0oadownscoping")
    done = pasted(tmp_path, ["--all"])
    assert f"the token lacks `{GROUPS}`; it has {READ}" in done.stderr


def test_a_sign_in_that_is_not_finished_times_out(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    done = okta_postman(
        "login", "users.yaml", "--all", "--timeout", "0.3", cwd=tmp_path,
        environment={"BROWSER": "true"},
    )  # fmt: skip
    assert (done.code, codes(done), done.stdout) == (3, ["D024"], "")
    assert "the sign-in was not finished within 0.3 seconds" in done.stderr


def test_only_the_response_to_this_sign_in_ends_the_waiting(org: Org) -> None:
    icon = org.redirect_uri.replace("/callback", "/favicon.ico?v=1")
    strays = [icon, *(f"{org.redirect_uri}{each}" for each in ("", *STRAYS))]
    with listening(org.redirect_uri, "ours", templates.read("signed-in.html") or "") as first:
        statuses = [Browser().open(stray).status for stray in strays]
        page = Browser().open(f"{org.redirect_uri}?code=abc&state=ours")
        came = first(5)

    assert statuses == [404, *[400] * (len(strays) - 1)]
    assert "See the terminal" in page.body
    assert "signed in" not in page.body.lower()  # that is not known yet
    assert came == "/callback?code=abc&state=ours"


STRAYS = ("?code=abc", "?code=abc&state=other", "?code=a&state=ours&state=other", "?")


def test_a_port_that_is_taken_is_named(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    port = urlsplit(org.redirect_uri).port
    with socket.create_server(("127.0.0.1", port or 0)):
        done = okta_postman("login", "users.yaml", "--all", cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert f"can't listen on port {port} of 127.0.0.1: address alr" in done.stderr


@pytest.mark.skipif(not has_ipv6(), reason="there is no ::1")
def test_a_port_that_another_program_has_on_ipv6_is_not_shared_with_it(org: Org) -> None:
    port = urlsplit(org.redirect_uri).port or 0
    with (
        socket.create_server(("::1", port), family=socket.AF_INET6),
        pytest.raises(UserError, match=f"port {port} of ::1: address already in use"),
        listening(org.redirect_uri, "ours", ""),
    ):
        pass
    with socket.create_server(("127.0.0.1", port), reuse_port=False):
        pass  # it is free again


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            [],
            f"pass --all or one of --request '{READ}', --request '{GROUPS}'",
        ),
        (["--all", "--scope", READ], "pass only one of --scope, --request and --all"),
        (["--scope", f"{READ},{GROUPS}"], "is not a scope: write `--scope okta.users.read`"),
        (["--request", "List group"], "there is no request `List group`; there is `List groups`"),
        (
            ["--all", "--environment", "nope"],
            "there is no environment `nope`; the manifest has `127.0.0.1",
        ),
    ],
    ids=str,
)
def test_options_must_select_one_token(
    org: Org, tmp_path: Path, options: list[str], sentence: str
) -> None:
    org.described(tmp_path)
    done = okta_postman("login", "users.yaml", *options, cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr


# A token in a file.


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    command = [shutil.which("git") or "git", *who, *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def value(path: Path, key: str) -> str:
    values = json.loads(path.read_text(encoding="utf-8"))["values"]
    found = [each["value"] for each in values if each["key"] == key]
    assert len(found) == 1
    return str(found[0])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_a_token_file_is_an_environment_that_only_its_owner_can_read(
    org: Org, tmp_path: Path
) -> None:
    org.described(tmp_path)
    done = pasted(tmp_path, ["--all", "--env-file", "token.json"])
    path = tmp_path / "token.json"

    assert (done.code, done.stdout) == (0, ""), done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert scopes_of(value(path, "accessToken")) == frozenset((READ, GROUPS))
    assert value(path, "baseUrl") == org.url
    assert "eyJ" not in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["token.json", "users.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_what_a_token_file_holds_already_stays(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    path = tmp_path / "token.json"
    mine = [{"key": "userId", "value": "00u1"}, {"key": "accessToken", "value": "old"}]
    path.write_text(json.dumps({"name": "mine", "values": mine}), encoding="utf-8")
    path.chmod(0o644)

    assert pasted(tmp_path, ["--all", "--env-file", "token.json"]).code == 0

    assert value(path, "userId") == "00u1"
    assert scopes_of(value(path, "accessToken")) == frozenset((READ, GROUPS))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_token_is_never_written_where_it_would_be_committed(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    git(tmp_path, "init", "-q")
    (tmp_path / "tracked.json").write_text('{"values": []}', encoding="utf-8")
    git(tmp_path, "add", "tracked.json")
    (tmp_path / "link.json").symlink_to("tracked.json")
    generated = f"okta-users.{urlsplit(org.url).netloc.replace(':', '-')}.postman_environment.json"

    for name in ("tracked.json", "link.json", generated):
        done = okta_postman(
            "login", "users.yaml", "--all", "--env-file", name, cwd=tmp_path,
            environment={"GIT_DIR": "/nowhere"},  # as a hook of another repository has it
        )  # fmt: skip
        assert (done.code, done.stdout) == (2, ""), name
        reason = "`generate` writes" if name == generated else "is tracked by git"
        assert reason in done.stderr
        assert "  http" not in done.stderr  # it is refused before anyone signs in

    assert (
        "add token.json to .gitignore"
        in pasted(tmp_path, ["--all", "--env-file", "token.json"]).stderr
    )
    (tmp_path / ".gitignore").write_text("token.json\n", encoding="utf-8")
    assert ".gitignore" not in pasted(tmp_path, ["--all", "--env-file", "token.json"]).stderr


@pytest.mark.parametrize("text", ["", "[]", '{"values": {}}', "not JSON"])
def test_a_file_that_is_no_environment_stays_as_it_is(org: Org, tmp_path: Path, text: str) -> None:
    org.described(tmp_path)
    (tmp_path / "mine.json").write_text(text, encoding="utf-8")
    done = okta_postman("login", "users.yaml", "--all", "--env-file", "mine.json", cwd=tmp_path)
    assert done.code == 2
    assert "mine.json exists and is not a Postman environment" in done.stderr
    assert (tmp_path / "mine.json").read_text(encoding="utf-8") == text


def test_a_token_is_not_written_where_git_cannot_tell(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    (tmp_path / ".git").mkdir()
    done = okta_postman("login", "users.yaml", "--all", "--env-file", "t.json", cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert "git does not say whether it tracks t.json" in done.stderr


# What must never be seen.


def test_not_even_a_defect_shows_the_token(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import okta_postman.files.secret_file as p\np.write = None\n", encoding="utf-8"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = pasted(tmp_path, ["--all", "--env-file", "t.json"], environment={"PYTHONPATH": path})
    assert done.code == 70, done.stderr
    assert "Traceback" in done.stderr
    assert "eyJ" not in done.stderr + done.stdout


def given(**changes: object) -> Script:
    """A token that is fine but for the changes."""
    fine = {"access_token": "opaque-secret", "token_type": "Bearer"}
    return lambda _: said(fine | changes)


SAID: dict[str, tuple[Script, str]] = {
    "a token without a type": (lambda _: said({"access_token": "opaque-secret"}), "D017"),
    "a token of another type": (
        lambda _: said({"access_token": "opaque-secret", "token_type": "DPoP"}),
        "D019",
    ),
    "no token": (lambda _: said({"token_type": "Bearer", "id_token": "opaque-secret"}), "D017"),
    **{
        f"{value!r} for a token": (given(access_token=value), "D017")
        for value in (None, "", ["opaque-secret"], "opaque\nsecret", 5)
    },
    "scopes that are no text": (given(scope=5), "D017"),
    "an unknown client, as Okta says it": (
        lambda _: said({"errorCode": "invalid_client", "errorSummary": "Invalid value"}, 401),
        "D020",
    ),
    "a DPoP nonce": (lambda _: said({"error": "use_dpop_nonce"}, 400), "D019"),
}


def answered(folder: Path, script: Script, *options: str, secret: str = SECRET) -> Ended:
    """What `login` says if the token endpoint answers in some way to the code `the-code`."""

    def back(address: str) -> str:
        state = re.search(r"state=([\w-]+)", address)
        assert state
        return f"{CALLBACK}?code=the-code&state={state[1]}"

    with scripted_org({TOKEN: script}) as url:
        Org(url, CALLBACK).described(folder, type="web")
        return pasted(folder, ["--all", *options], back, {SECRET_VARIABLE: secret})


@pytest.mark.parametrize(("script", "code"), SAID.values(), ids=list(SAID))
def test_an_unusual_response_of_the_token_endpoint_is_explained(
    tmp_path: Path, script: Script, code: str
) -> None:
    done = answered(tmp_path, script)
    assert codes(done) == [code], done.stderr
    assert done.stdout == ""
    assert "opaque" not in done.stderr


def test_how_long_a_token_lives_does_not_matter(tmp_path: Path) -> None:
    done = answered(tmp_path, given(expires_in="abc"))
    assert (done.code, done.stdout) == (0, "opaque-secret\n"), done.stderr


def test_an_error_that_repeats_what_was_sent_is_not_quoted(tmp_path: Path) -> None:
    sent: list[str] = []

    def echo(asked: Asked) -> Said:
        sent.extend(asked[key] for key in ("client_secret", "code", "code_verifier"))
        return said({"error": f"bad {sent[1]}", "error_description": " ".join(sent)}, 400)

    done = answered(tmp_path, echo, secret="hush & hush")  # noqa: S106 - of no real client
    assert codes(done) == ["D017"]
    assert "/token returned an error without a known code\n" in done.stderr
    assert not [secret for secret in sent if secret in done.stderr]


@pytest.mark.parametrize("key", ["scope", "token_type", "error", "error_description", "errorCode"])
def test_no_part_of_a_response_shows_its_token(tmp_path: Path, key: str) -> None:
    refused = {"error": "invalid_grant"} if key == "error_description" else {}
    done = answered(tmp_path, given(**{**refused, key: "the opaque-secret is opaque"}))
    assert done.code in {1, 3}
    assert "opaque" not in done.stderr + done.stdout


def test_the_final_url_shows_no_code(org: Org, tmp_path: Path) -> None:
    org.described(tmp_path)
    for echo in ("iss=", "error_description=x&error=", "error=access_denied&error_description="):
        pattern = "(code=)([^&]+)(.*?)(&iss=.*)?$"
        answer = altered(pattern, rf"\1secretcode\3&{echo}https://the.secretcode")
        done = pasted(tmp_path, ["--all"], answer)
        assert done.code == 3
        assert "secretcode" not in done.stderr.split("with http")[-1]


def test_what_a_token_request_says_goes_to_no_other_host(tmp_path: Path) -> None:
    seen: list[Asked] = []

    def other(asked: Asked) -> Said:
        seen.append(asked)
        return said({"access_token": "opaque-secret", "token_type": "Bearer"})

    with scripted_org({TOKEN: other}) as elsewhere:
        done = answered(tmp_path, lambda _: Said(307, "", {"Location": f"{elsewhere}{TOKEN}"}))
    assert (codes(done), seen) == (["D017"], [])


def test_a_token_does_not_show_itself() -> None:
    assert repr(Token("opaque-secret", (READ,))) == f"Token(scopes=('{READ}',))"


def test_the_page_of_the_listener_is_not_cached_and_loads_nothing(org: Org) -> None:
    port = urlsplit(org.redirect_uri).port or 0
    with listening(org.redirect_uri, "ours", "page"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/callback?code=abc&state=ours")
        headers = connection.getresponse().headers
        connection.close()
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_the_listener_is_only_on_the_loopback_address(org: Org) -> None:
    port = urlsplit(org.redirect_uri).port or 0
    with listening(org.redirect_uri, "ours", "page"):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        # All of 127/8 comes to a server that is bound to every address.
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection(("127.0.0.2", port), timeout=1)


CODES = {*(case.code for case in CASES.values()), *(code for _, code in SAID.values()), "D024"}
"""The codes that this file shows, each by a finding."""
