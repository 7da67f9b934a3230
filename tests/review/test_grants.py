"""What an admin must grant, in each form that one can hand to an admin."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import hcl2
import pytest

from okta_postman.reports.grants import FORMATS
from okta_postman.review.grants import grants
from okta_postman.review.inventory import NOTHING, Inventory, inventory
from tests.support.manifests import check
from tests.support.program import BASE, contents, okta_postman
from tests.support.samples import COLLECTIONS, SAMPLES
from tests.support.stub_org import stub_org
from tests.support.tokens import access_token

ORGS = """\
version: 1
name: Okta users
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read: [GET /api/v1/users]
  okta.users.manage: [POST /api/v1/users, POST /a, POST /b, POST /c]
environments:
  preview:
    org: https://acme.oktapreview.com
    app: {client_id: 0oapreview1234567890}
  production:
    org: https://acme.okta.com
    app: {client_id: 0oan47pj9BsB30h7, grants: [okta.users.read, okta.users.manage, okta.logs.read]}
"""
OLD = """\
version: 1
name: Okta users
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read: [GET /api/v1/users]
  okta.groups.read: [GET /api/v1/groups]
environments:
  production:
    org: https://acme.okta.com
    app: {client_id: 0oan47pj9BsB30h7}
  sandbox:
    org: https://integrator-1234567.okta.com
    app: {client_id: 0oasandbox12345678}
"""


def of(text: str) -> Inventory:
    manifest, checked = check("users.yaml", text.encode())
    assert manifest is not None, checked.problems
    return inventory(manifest)


def written(form: str, new: str = ORGS, old: str = "", environment: str | None = None) -> str:
    found = grants(of(new), of(old) if old else NOTHING, environment)
    text: str = FORMATS[form].write(found, since=bool(old))
    return text


def terraform(text: str) -> dict[str, Any]:
    """The one resource of a file, as HCL's own grammar reads it, strings with their quotes."""
    read = hcl2.loads(text)
    (kind, named), *rest = read["resource"][0].items()
    assert (kind, rest) == ('"okta_app_oauth_api_scope"', [])
    (resource,) = (
        value for name, value in named.items() if re.fullmatch(r'"[A-Za-z_][\w-]*"', name)
    )
    return {key: value for key, value in resource.items() if not key.startswith("__")}


CLICK = "Grant as a super admin, under Applications > your app > Okta API Scopes:"


def test_the_text_says_what_to_click() -> None:
    assert written("text") == (
        "Okta users, preview: https://acme.oktapreview.com, app 0oapreview1234567890\n"
        f"  {CLICK}\n"
        "    okta.users.manage: POST /api/v1/users, POST /a, POST /b, 1 more\n"
        "    okta.users.read: GET /api/v1/users\n"
        "\n"
        "Okta users, production: https://acme.okta.com, app 0oan47pj9BsB30h7\n"
        f"  {CLICK}\n"
        "    okta.users.manage: POST /api/v1/users, POST /a, POST /b, 1 more\n"
        "    okta.users.read: GET /api/v1/users\n"
        "  In `app.grants`, but not needed by any request:\n"
        "    okta.logs.read\n"
    )


def test_since_an_older_version_only_the_difference_is_to_be_done() -> None:
    data = json.loads(written("json", old=OLD))
    assert data["version"] == 1
    assert [
        (each["environment"], [one["scope"] for one in each["grant"]], each["revoke"])
        for each in data["environments"]
    ] == [
        ("preview", ["okta.users.manage", "okta.users.read"], []),
        ("production", ["okta.users.manage"], ["okta.groups.read"]),
        ("sandbox", [], ["okta.groups.read", "okta.users.read"]),
    ]
    assert data["environments"][1]["not_needed"] == ["okta.logs.read"]
    nothing = written("text", ORGS, ORGS, "preview")
    assert nothing.endswith("\n  nothing to grant or to revoke\n")


def test_terraform_has_every_scope_because_it_revokes_the_rest() -> None:
    for old in ("", OLD):
        resource = terraform(written("terraform", old=old, environment="production"))
        assert resource == {
            "app_id": '"0oan47pj9BsB30h7"',
            "issuer": '"https://acme.okta.com"',
            "scopes": ['"okta.users.manage"', '"okta.users.read"'],
        }
    changed = written("terraform", old=OLD, environment="production")
    assert '"okta.users.manage", # new: POST /api/v1/users, POST /a, POST /b, 1 more\n' in changed
    assert "# revoked, because no request needs it any longer: okta.groups.read\n" in changed
    assert "# in `app.grants`, but not needed by any request: okta.logs.read\n" in changed


def test_nothing_in_a_name_is_code_in_terraform() -> None:
    evil = '"${file(1)}\\n\\" %{ if true }"'
    text = ORGS.replace("0oapreview1234567890", evil).replace("name: Okta users", f"name: {evil}")
    manifest, _ = check("x", text.encode())
    connection = of(ORGS).connections[0]._replace(client_id='${file("x")}"\n%{ if true }')
    found = grants(of(ORGS)._replace(name="a\nb = 1", connections=(connection,)))

    resource = terraform(FORMATS["terraform"].write(found, since=False))

    assert manifest is None or manifest.environments[0].app.client_id == evil
    assert resource["app_id"] == r'"$${file(\"x\")}\"\n%%{ if true }"'


def test_where_nothing_is_to_be_granted_terraform_is_a_comment() -> None:
    custom = BASE.partition("scopes:")[0] + (
        "authorization_server: default\nscopes: {orders.read: [GET /orders]}\n"
    )
    assert "resource" not in hcl2.loads(written("terraform", custom))
    assert written("text", custom).endswith("\n  nothing to grant or to revoke\n")


def calls(text: str) -> list[tuple[str, str, dict[str, str], str]]:
    """The requests of an `.http` file: method, URL, headers and body."""
    found = []
    for block in re.split(r"^### .*\n", text, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n\n")
        first, *headers = head.splitlines()
        method, url = first.split(" ")
        found.append((method, url, dict(each.split(": ", 1) for each in headers), body.strip()))
    return found


def test_the_calls_grant_and_revoke_in_an_org_that_demands_the_scope() -> None:
    path = "/api/v1/apps/0oan47pj9BsB30h7/grants"
    manages = frozenset(["okta.appGrants.manage"])
    demands = {
        ("POST", path): manages,
        ("GET", path): frozenset(["okta.appGrants.read"]),
        ("DELETE", f"{path}/{{grantId}}"): manages,
    }
    token = access_token("okta.appGrants.manage", "okta.appGrants.read")
    with stub_org(demands) as org:
        new, old = (text.replace("https://acme.okta.com", org.url) for text in (ORGS, OLD))
        for method, url, headers, body in calls(written("http", new, old, "production")):
            filled = {name: value.replace("{{token}}", token) for name, value in headers.items()}
            request = urllib.request.Request(  # noqa: S310 - 127.0.0.1
                url.replace("{{grantId}}", "oag1"),
                method=method,
                headers=filled,
                data=body.encode() or None,
            )
            assert urllib.request.urlopen(request).status == 200  # noqa: S310

    assert [(each.method, each.path, each.status) for each in org.seen] == [
        ("POST", path, 200),
        ("GET", path, 200),
        ("DELETE", f"{path}/oag1", 200),
    ]
    assert json.loads(org.seen[0].body) == {"issuer": org.url, "scopeId": "okta.users.manage"}
    assert org.seen[0].headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_has_terraform_and_calls_for_each_environment(path: Path) -> None:
    for each in grants(of(path.read_text(encoding="utf-8"))):
        scopes = [f'"{one.scope}"' for one in each.needed]
        assert terraform(FORMATS["terraform"].write([each], since=False))["scopes"] == scopes
        bodies = [
            json.loads(body) for *_, body in calls(FORMATS["http"].write([each], since=False))
        ]
        assert [f'"{body["scopeId"]}"' for body in bodies] == scopes


def test_one_file_for_each_environment(tmp_path: Path) -> None:
    name = str(COLLECTIONS / "users-and-groups.yaml")
    refused = okta_postman("grants", name, "--format", "terraform", cwd=tmp_path)
    assert (refused.code, refused.stdout) == (2, "")
    assert "pass `--environment NAME`, or `--output DIR` to write them all" in refused.stderr

    one = okta_postman("grants", name, "-e", "preview", "--format", "terraform", cwd=tmp_path)
    every = okta_postman("grants", name, "--output", ".", "--format", "terraform", cwd=tmp_path)

    assert (one.code, every.code, every.stdout) == (0, 0, "")
    files = contents(tmp_path)
    assert sorted(files) == [
        "users-and-groups.preview.grants.tf",
        "users-and-groups.production.grants.tf",
        "users-and-groups.provider.tf",
    ]
    shared = files["users-and-groups.provider.tf"].decode()
    assert f"{shared}\n{files['users-and-groups.preview.grants.tf'].decode()}" == one.stdout
    # The files of a folder are one module: it says once where its provider is, each name once.
    module = hcl2.loads("".join(each.decode() for each in files.values()))
    providers = [each["required_providers"][0]["okta"] for each in module["terraform"]]
    assert providers == [{"source": '"okta/okta"'}]
    named = [name for each in module["resource"] for name in each['"okta_app_oauth_api_scope"']]
    assert len(set(named)) == len(named) == 2


def test_an_unknown_environment_is_refused_with_the_names_of_the_known_ones(
    tmp_path: Path,
) -> None:
    name = str(COLLECTIONS / "users-and-groups.yaml")
    done = okta_postman("grants", name, "-e", "prod", cwd=tmp_path)
    assert done.code == 2
    assert done.stderr == (
        "okta-postman: no environment is called `prod`; there is `preview`, `production`\n"
    )


@pytest.mark.parametrize("form", list(FORMATS))
def test_one_environment_is_enough_for_every_format_even_if_its_app_was_replaced(
    tmp_path: Path, form: str
) -> None:
    (tmp_path / "old.yaml").write_text(ORGS.replace("0oan47pj9BsB30h7", "0oabefore1234567"))
    (tmp_path / "new.yaml").write_text(ORGS)
    since = ("grants", "new.yaml", "--since", "old.yaml", "--format", form)

    one = okta_postman(*since, "-e", "production", cwd=tmp_path)

    assert (one.code, one.stderr) == (0, "")
    assert "0oan47pj9BsB30h7" in one.stdout
    if form != "terraform":  # which revokes by what it does not list
        assert "0oabefore1234567" in one.stdout
    else:
        assert [*terraform(one.stdout)["scopes"]] == ['"okta.users.manage"', '"okta.users.read"']


def test_an_app_that_was_replaced_is_no_second_environment(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(BASE)
    (tmp_path / "new.yaml").write_text(BASE.replace("0oan47pj9BsB30h7", "0oaother12345678"))
    done = okta_postman(
        "grants", "new.yaml", "--since", "old.yaml", "--format", "http", cwd=tmp_path
    )
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.count("### revoke") == 1


def test_no_comment_or_layout_of_a_manifest_is_a_change_and_everything_else_is(
    tmp_path: Path,
) -> None:
    (tmp_path / "old.yaml").write_text(BASE)
    (tmp_path / "same.yaml").write_text(f"# a comment\n{BASE}\n")
    (tmp_path / "new.yaml").write_text(f"description: Words.\n{BASE}")
    for new, code in (("same.yaml", 0), ("new.yaml", 1)):
        done = okta_postman("diff", "old.yaml", new, "--exit-code", cwd=tmp_path)
        assert (done.code, done.stderr) == (code, "")
