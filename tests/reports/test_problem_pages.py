"""Each problem code is explained, and both examples of each explanation are true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from typer.testing import CliRunner, Result

from okta_postman.cli.app import app
from okta_postman.commands import import_openapi, pipeline
from okta_postman.migrate.run import to_description
from okta_postman.okta import catalog
from okta_postman.problems import Checked
from tests.org import test_doctor, test_login
from tests.support.migration import (
    SSWS,
    TOKEN,
    Json,
    collection,
    environment,
    item,
    migrated,
    written,
)
from tests.support.migration import codes as codes_of_migration
from tests.support.migration import described as described_as

ROOT: Final = Path(__file__).parents[2]
FILES: Final = sorted((ROOT / "templates" / "problems").iterdir())
BASE: Final = """\
version: 1
name: Okta users
org: https://acme.okta.com
app:
  client_id: 0oan47pj9BsB30h7
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read:
    - GET /api/v1/users
"""
API: Final = """\
openapi: 3.1.0
info:
  title: Orders
  version: "1"
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.example.com/authorize
          tokenUrl: https://login.example.com/token
          scopes: {orders.read: Read orders, orders.manage: Change orders}
paths:
  /orders:
    get:
      security: [{login: [orders.read]}]
"""
BASES: Final = {"O": API}
"""What the examples of a kind of code are fragments of, where that is no description."""

PRODUCTION: Final = """\
environments:
  production: {}
"""
PREVIEW: Final = """\
  preview:
    org: https://acme.oktapreview.com
"""

# Not any letter: PKCE's S256 is no problem.
CODE: Final = re.compile(r'"([DGOPRY]\d{3})"')
EXPLANATION: Final = re.compile(
    r"# (?P<code>[DGOPRY]\d{3}): (?P<title>[^\n]+)\n\n"
    r"(?P<prose>(?:.+\n)+)\n"
    r"Wrong:\n\n```(?P<wrong_in>yaml|text)\n(?P<wrong>(?:(?!```).*\n)+)```\n\n"
    r"Right:\n\n```(?P<right_in>yaml|text)\n(?P<right>(?:(?!```).*\n)+)```\n"
    r"(?:\nSee https://\S+\n)?"
)
SENTENCE_END: Final = re.compile(r'[.?]"?(?=\s|$)')
TOP_LEVEL_KEY: Final = re.compile(r"^[a-z_]+(?=:)", re.MULTILINE)


class Explanation(NamedTuple):
    """One file of `templates/problems/`, taken apart."""

    code: str
    title: str
    prose: str
    wrong_in: str
    wrong: str
    right_in: str
    right: str


def explanation(path: Path) -> Explanation:
    """What a file says; fails if it does not have the form that all of them have."""
    found = EXPLANATION.fullmatch(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} does not have the form of an explanation"
    return Explanation(**found.groupdict())


def overlaid(fragment: str, base: str = BASE) -> str:
    """The base description, with the fragment instead of the top-level keys that it has."""
    own = TOP_LEVEL_KEY.findall(fragment)
    blocks = re.split(r"^(?=\S)", base, flags=re.MULTILINE)
    return "".join(each for each in blocks if each.partition(":")[0] not in own) + fragment


def checked(content: str | bytes) -> Checked:
    """Everything found in a description."""
    data = content.encode() if isinstance(content, str) else content
    return pipeline.check("users.yaml", data)[1]


def example(code: str, fragment: str) -> Checked:
    """Everything found in an example of a code, laid over what it is a fragment of."""
    if code[0] not in BASES:
        return checked(overlaid(fragment))
    data = overlaid(fragment, BASES[code[0]]).encode()
    return import_openapi.api("orders.yaml", data, lambda name: Path(name).read_bytes())[1][0]


def codes(found: Checked) -> set[str]:
    return {problem.code for problem in found.problems}


def okta_postman(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def codes_of_check(folder: Path) -> set[str]:
    """What `generate --check` finds about the files of `users.yaml` in a folder."""
    run = okta_postman("generate", "--check", str(folder / "users.yaml"))
    assert run.exit_code == 1
    return set(re.findall(r"error\[(\w+)\]", run.output))


def described(folder: Path, text: str) -> None:
    (folder / "users.yaml").write_text(text, encoding="utf-8")


def generated(folder: Path, text: str) -> None:
    described(folder, text)
    assert okta_postman("generate", str(folder / "users.yaml")).exit_code == 0


def latin_1(_folder: Path) -> set[str]:
    return codes(checked(overlaid("name: Zürich users\n").encode("latin-1")))


def control_character(_folder: Path) -> set[str]:
    return codes(checked(overlaid("description: Press \a to go on\n")))


def too_deep(_folder: Path) -> set[str]:
    return codes(checked(overlaid(f"variables: {'{a: ' * 101}b{'}' * 101}\n")))


def nothing_but_comments(_folder: Path) -> set[str]:
    return codes(checked(explanation(ROOT / "templates/problems/Y012.md").wrong))


def many_scopes(_folder: Path) -> set[str]:
    known = sorted(scope for scope in catalog.scopes() if scope.startswith("okta."))
    listed = "".join(f"  {scope}: [GET /api/x/{n}]\n" for n, scope in enumerate(known))
    return codes(checked(overlaid(f"collection:\n  auth: collection\nscopes:\n{listed}")))


def many_operations(_folder: Path) -> set[str]:
    paths = "".join(f"  /orders/{n}: {{get: {{}}}}\n" for n in range(10_001))
    return codes(example("O012", f"paths:\n{paths}"))


def nothing_generated(folder: Path) -> set[str]:
    described(folder, BASE)
    return codes_of_check(folder)


def edited_by_hand(folder: Path) -> set[str]:
    generated(folder, BASE)
    collection = folder / "okta-users.postman_collection.json"
    text = collection.read_text(encoding="utf-8")
    collection.write_text(text.replace("GET", "HEAD"), encoding="utf-8")
    return codes_of_check(folder)


def environment_dropped(folder: Path) -> set[str]:
    generated(folder, BASE + PRODUCTION + PREVIEW)
    preview = folder / "okta-users.preview.postman_environment.json"
    before = preview.read_bytes()
    generated(folder, BASE + PRODUCTION)
    assert not preview.exists()
    preview.write_bytes(before)
    return codes_of_check(folder)


def migration(*inputs: Json | str, text: str = BASE) -> Callable[[Path], set[str]]:
    """A situation: everything found when files are migrated."""
    return lambda _folder: set(codes_of_migration(migrated(*inputs, text=text)))


def shared_token() -> Json:
    said = [{"key": "key", "value": "Authorization"}, {"key": "value", "value": "SSWS {{apikey}}"}]
    return collection(item("{{url}}/api/v1/nothing"), auth={"type": "apikey", "apikey": said})


def scripted() -> Json:
    event = {"listen": "prerequest", "script": {"exec": ["const scheme = 'SSWS';"]}}
    return collection(item(), event=[event])


def too_many_for_one_token(_folder: Path) -> set[str]:
    known = {each.scope_sets[0]: each for each in catalog.operations() if each.scope_sets}
    items = [
        item("{{url}}" + each.endpoint.path, method=each.endpoint.method) for each in known.values()
    ]
    shared = f"{BASE}collection: {{auth: collection}}\n"
    return set(codes_of_migration(migrated(collection(*items), environment(), text=shared)))


def not_carried(_folder: Path) -> set[str]:
    data = collection(item() | {"response": [{"name": "saved"}]})
    _, found = to_description([("team.json", written(data))], described_as(BASE))
    return {problem.code for each in found for problem in each.problems}


def not_migrated(folder: Path) -> set[str]:
    described(folder, BASE)
    (folder / "team.json").write_bytes(written(collection(item())))
    files = [str(folder / "team.json"), "--manifest", str(folder / "users.yaml")]
    run = okta_postman("migrate", *files, "--check")
    assert run.exit_code == 1
    return set(re.findall(r"error\[(\w+)\]", run.output))


SSWS_USERS: Final = collection(item("{{url}}/api/v1/users", SSWS))
SIGN_IN: Final = collection(item("{{url}}/api/v1/authn", SSWS, method="POST"))
MIGRATIONS: Final = {
    "P010": migration("{"),
    "P011": migration("{}"),
    "P012": migration(environment()),
    "P013": migration('{"item": [' * 101 + "]}" * 101),
    "P014": migration('{"a": 1, "a": 2, "item": []}'),
    "P015": migration(collection(item() | {"id": "1"}, item() | {"id": "1"})),
    "P016": migration(collection(item("{{url}}/api/v1/nothing", SSWS))),
    "P017": migration(scripted(), environment()),
    "P018": migration(collection(item(), variable=[{"key": "x", "value": TOKEN}]), environment()),
    "P020": migration(SSWS_USERS, environment(clientId="0oaAnother")),
    "P021": too_many_for_one_token,
    "P022": migration(
        collection(item(method="POST")),
        environment(),
        text=BASE.replace("B30h7", "B30h7\n  grants: [okta.users.read]"),
    ),
    "P023": migration(SIGN_IN, environment(apikey="")),
    "P024": not_carried,
    "P025": migration(SSWS_USERS, environment(url="https://other.okta.com")),
    "P026": migration(collection(item("https://other.okta.com/api/v1/users")), environment()),
    "P028": migration(SSWS_USERS),
    "P027": migration({"name": "Old", "requests": [{"id": "1", "lastRevision": 7}]}),
    "P030": not_migrated,
}
"""Codes that are about a collection or an environment, and a situation that gives each of them."""


class Shown(NamedTuple):
    """Why a wrong example is no YAML fragment, and a situation that gives its code."""

    reason: str
    situation: Callable[[Path], set[str]]


OTHERWISE: Final = {
    "Y001": Shown("bytes that are not UTF-8 cannot stand in a UTF-8 file", latin_1),
    "Y002": Shown("a control character would be invisible", control_character),
    "Y008": Shown("a hundred levels are too long to read", too_deep),
    "Y012": Shown("no fragment makes the base empty", nothing_but_comments),
    "R015": Shown("a thousand characters of scopes are too long to read", many_scopes),
    "O012": Shown("ten thousand operations are too long to read", many_operations),
    "P001": Shown("it is about a file, not about a description", nothing_generated),
    "P002": Shown("it is about a file, not about a description", edited_by_hand),
    "P003": Shown("it is about a file, not about a description", environment_dropped),
    **{
        code: Shown("it is about a collection, not about a description", situation)
        for code, situation in MIGRATIONS.items()
    },
    "P019": Shown(
        "only what P016 is about can have it", lambda _: migration(shared_token())(_) - {"P016"}
    ),
}

ASKED: Final = {path.stem for path in FILES if path.stem.startswith("D")}
"""The codes that come of asking an org, which no text alone can show."""

in_each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
in_each_yaml_example = pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.stem not in {*OTHERWISE, *ASKED}],
    ids=lambda path: path.stem,
)


def test_every_code_of_the_program_is_explained_and_no_other() -> None:
    sources = (ROOT / "generator" / "okta_postman").rglob("*.py")
    emitted = {
        code for source in sources for code in CODE.findall(source.read_text(encoding="utf-8"))
    }
    assert emitted
    assert {path.name for path in FILES} == {f"{code}.md" for code in emitted}


@in_each_file
def test_an_explanation_has_its_code_a_title_and_one_to_four_sentences(path: Path) -> None:
    said = explanation(path)

    assert said.code == path.stem
    assert not said.title.endswith(".")
    assert 1 <= len(SENTENCE_END.findall(said.prose)) <= 4


def test_all_but_a_few_wrong_examples_are_yaml() -> None:
    text = {path.stem for path in FILES if explanation(path).wrong_in == "text"}
    assert text == {*OTHERWISE, *ASKED}


def test_the_base_description_is_right() -> None:
    assert checked(BASE).problems == ()
    assert example("O001", "").problems == ()


@in_each_yaml_example
def test_the_wrong_example_has_this_problem_and_no_other(path: Path) -> None:
    assert codes(example(path.stem, explanation(path).wrong)) == {path.stem}


@in_each_file
def test_the_right_example_has_no_problem(path: Path) -> None:
    said = explanation(path)
    if said.right_in == "text":
        assert said.code in {*OTHERWISE, *ASKED}
        return
    assert example(said.code, said.right).problems == ()


@pytest.mark.parametrize("code", OTHERWISE)
def test_what_no_fragment_can_show_has_this_problem_and_no_other(code: str, tmp_path: Path) -> None:
    assert OTHERWISE[code].situation(tmp_path) == {code}


def test_what_comes_of_asking_an_org_is_shown_by_asking_one() -> None:
    assert test_doctor.CODES | test_login.CODES == ASKED


def test_explain_lists_every_code_with_its_title() -> None:
    shown = okta_postman("explain")

    assert shown.exit_code == 0
    said = [explanation(path) for path in FILES]
    assert shown.stdout.splitlines() == [f"{each.code}: {each.title}" for each in said]


@in_each_file
def test_explain_prints_the_file_of_a_code_in_any_case(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    for code in (path.stem, path.stem.lower()):
        shown = okta_postman("explain", code)
        assert (shown.exit_code, shown.stdout) == (0, whole)


@pytest.mark.parametrize("code", ["R999", "", "../description", "R002.md"])
def test_explain_refuses_an_unknown_code_in_one_sentence(code: str) -> None:
    shown = okta_postman("explain", code)

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == (
        f"okta-postman: no problem has the code `{code}`; `okta-postman explain` lists them\n"
    )
