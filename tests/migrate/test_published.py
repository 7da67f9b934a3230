"""The collections that Okta publishes, migrated, and judged by Postman's own tools."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest

from okta_postman.commands.generate import artifacts_of
from okta_postman.migrate.endpoints import shape
from okta_postman.migrate.run import Migrated, migrate, to_manifest
from okta_postman.postman.variables import REFERENCE
from okta_postman.reports import tables
from tests.support.migration import described, without_auth
from tests.support.postman import migrate_all_and_lint, newman, sdk
from tests.support.samples import ROOT
from tests.support.stub_org import stub_org
from tests.support.tokens import access_token

FOLDER: Final = ROOT.parent / "shared" / "data" / "okta-collections"
POSTMANS_SCHEMA: Final = ROOT.parent / "shared" / "data" / "postman-collection-2.1.0.schema.json"
NAMES: Final = sorted(path.stem for path in FOLDER.glob("*.json") if "environment" not in path.name)

pytestmark = pytest.mark.skipif(not NAMES, reason="Okta's collections are not at hand")
each_collection = pytest.mark.parametrize("name", NAMES)

# What is credentialed and gets no scopes, and why; all else does.
WITHOUT_SCOPES: Final = {
    ("authentication", "POST", "/api/v1/authn/recovery/password"): "takes no bearer token",
    ("authentication", "POST", "/api/v1/authn/recovery/unlock"): "takes no bearer token",
    ("authentication", "POST", "/api/v1/authn"): "takes no bearer token",
    ("sessions", "POST", "/api/v1/sessions"): "neither the manifest nor Okta's API",
    ("sessions", "PUT", "/api/v1/sessions/{{sessionId}}"): "neither the manifest nor Okta's",
}
# Credentialed requests, and those of them that get scopes.
TABLE: Final = {
    "admin-roles": (43, 43),
    "authentication": (3, 0),
    "brands": (24, 24),
    "client-registration": (9, 9),
    "domains": (6, 6),
    "features": (7, 7),
    "groups": (26, 26),
    "identity-sources": (7, 7),
    "inline-hooks": (9, 9),
    "log-streaming": (5, 5),  # two more have it in a `header` that stands again, without it
    "myaccount": (16, 16),
    "open-id-connect": (1, 1),
    "policy": (44, 44),
    "sessions": (4, 2),
    "system-log": (4, 4),
    "users": (42, 42),
}

# What Okta's pages say of the endpoints in these collections, typed out: GET needs `.read` of a
# resource and everything else `.manage`, but for a few. The first that fits a path counts.
# Source: developer.okta.com/docs/api/oauth2/ and the reference page of each API.
RESOURCES: Final = (
    (r"/api/v1/iam/.*", "okta.roles"),
    (r"/api/v1/(users|groups)/[^/]+/roles.*", "okta.roles"),
    (r"/api/v1/users.*", "okta.users"),
    (r"/api/v1/groups.*", "okta.groups"),
    (r"/api/v1/apps.*", "okta.apps"),
    (r"/api/v1/brands/[^/]+/templates/.*", "okta.templates"),
    (r"/api/v1/brands.*", "okta.brands"),
    (r"/api/v1/domains.*", "okta.domains"),
    (r"/api/v1/features.*", "okta.features"),
    (r"/api/v1/identity-sources/.*", "okta.identitySources"),
    (r"/api/v1/inlineHooks.*", "okta.inlineHooks"),
    (r"/api/v1/logStreams.*", "okta.logStreams"),
    (r"/api/v1/logs", "okta.logs"),
    (r"/api/v1/policies.*", "okta.policies"),
    (r"/api/v1/sessions/.*", "okta.sessions"),
    (r"/idp/myaccount/emails.*", "okta.myAccount.email"),
    (r"/idp/myaccount/phones.*", "okta.myAccount.phone"),
    (r"/idp/myaccount/profile.*", "okta.myAccount.profile"),
    (r"/oauth2/v1/clients.*", "okta.clients"),
)
TEMPLATE: Final = "/api/v1/brands/{{brandId}}/templates/email/{{templateName}}"
OTHERWISE: Final = {
    ("GET", "/oauth2/v1/userinfo"): "openid",
    ("POST", "/oauth2/v1/clients"): "okta.clients.register",
    # Sends an email, and changes nothing.
    ("POST", f"{TEMPLATE}/test"): "okta.templates.read",
}


@cache
def results() -> dict[str, Migrated]:
    """Every published file, migrated in one run, by its name."""
    files = [(path.stem, path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))]
    return {each.name: each for each in migrate(files, described())}


def data(name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(results()[name].after or b"")


def test_the_share_of_requests_that_get_scopes(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[tables.Row] = []
    for name in NAMES:
        held = [row for row in results()[name].rows if row.credential]
        scoped = sum(row.result == "migrated" for row in held)
        share = f"{100 * scoped / len(held):.0f} %"
        rows.append(
            {"collection": name, "credentialed": len(held), "scoped": scoped, "share": share}
        )
        assert (len(held), scoped) == TABLE[name]
        migrated = [row for row in results()[name].rows if row.result == "migrated"]
        assert [{*row.scopes.split()} for row in migrated] == [
            _scopes(row.method, row.path) for row in migrated
        ]
    with capsys.disabled():
        print(f"\n{tables.text(rows)}")  # noqa: T201 - the table is what it is for
    assert len(NAMES) == len(TABLE) == 16
    total, scoped = (sum(column) for column in zip(*TABLE.values(), strict=True))
    assert (total, scoped) == (250, 245)
    assert scoped / total > 0.95


def test_each_request_without_scopes_has_its_reason() -> None:
    found = {
        (name, row.method, row.path): row.reason
        for name in NAMES
        for row in results()[name].rows
        if row.credential and row.result != "migrated"
    }
    assert set(found) == set(WITHOUT_SCOPES)
    for key, reason in WITHOUT_SCOPES.items():
        assert found[key].startswith(reason)


@each_collection
def test_no_api_token_is_left_but_where_a_request_keeps_it(name: str) -> None:
    kept = sum(bool(row.credential) and row.result != "migrated" for row in results()[name].rows)
    assert (results()[name].after or b"").count(b"SSWS") == kept


@each_collection
def test_only_auth_has_changed_and_a_second_run_changes_nothing(name: str) -> None:
    before, after = json.loads(results()[name].before), data(name)
    # The collection of format v2.0.0 has another schema now, and no auth to convert.
    assert without_auth({**after, "info": before["info"]}) == without_auth(before)

    (again,) = migrate([(name, results()[name].after or b"")], described())
    assert again.after == results()[name].after


def test_the_environment_keeps_its_values_and_gains_those_of_the_block() -> None:
    before = json.loads((FOLDER / "example.environment.json").read_text(encoding="utf-8"))
    after = data("example.environment")

    assert after["values"][: len(before["values"])] == before["values"]
    assert {each["key"] for each in after["values"][len(before["values"]) :]} >= {
        "authUrl", "accessTokenUrl", "accessToken",
    }  # fmt: skip


@pytest.mark.skipif(not POSTMANS_SCHEMA.exists(), reason="Postman's schema is not at hand")
@each_collection
def test_postmans_schema_finds_nothing_that_was_not_there_before(name: str) -> None:
    schema = jsonschema_rs.Draft7Validator(json.loads(POSTMANS_SCHEMA.read_text(encoding="utf-8")))
    assert [each.message for each in schema.iter_errors(data(name))] == []


@pytest.mark.parametrize("name", [name for name in NAMES if TABLE[name][1]])
def test_a_description_of_it_generates_the_same_requests(name: str) -> None:
    made, _ = to_manifest([(name, results()[name].before)], described())
    assert made is not None
    description = described(made.text)
    rows = [row for row in results()[name].rows if row.result == "migrated"]

    assert made.requests == len(rows)
    assert Counter(
        (each.endpoint.method, shape(each.endpoint.path), " ".join(each.scopes))
        for each in description.requests
    ) == Counter((row.method, shape(row.path), row.scopes) for row in rows)
    assert artifacts_of(description)


@each_collection
def test_the_sdk_reads_every_block(name: str, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(results()[name].after or b"")
    rows = results()[name].rows

    read = sdk(path).requests

    assert [each.name for each in read] == [row.name for row in rows]
    for request, row in zip(read, rows, strict=True):
        if row.result == "migrated":
            assert request.auth.type == "oauth2"
            assert request.auth.parameters["scope"] == row.scopes
            assert all("SSWS" not in (value or "") for _, value in request.headers)


def test_postman_s_tools_migrate_and_lint_every_request(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.json").write_bytes(results()[name].after or b"")
    made = tmp_path / "v3"
    made.mkdir()

    linted = migrate_all_and_lint({made / n: tmp_path / f"{n}.json" for n in NAMES}, made)

    assert linted.migrate_exit_code == 0, linted.output
    assert linted.error_count == 0, linted.diagnostics
    assert linted.files_scanned == sum(len(results()[name].rows) for name in NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if TABLE[name][1]])
def test_each_migrated_request_passes_with_its_own_scopes_and_not_without(
    name: str, tmp_path: Path
) -> None:
    rows = [row for row in results()[name].rows if row.result == "migrated"]
    needed = {(row.method, _template(row.path)): _scopes(row.method, row.path) for row in rows}
    every = frozenset(scope for scopes in needed.values() for scope in scopes)
    own = _with_tokens(data(name), every, own=True)
    others = _with_tokens(data(name), every, own=False)
    path = tmp_path / "c.json"
    both = {
        **data(name),
        "item": [{"name": "with", "item": own}, {"name": "without", "item": others}],
    }
    path.write_text(json.dumps(both), encoding="utf-8")
    names = set(REFERENCE.findall(path.read_text(encoding="utf-8")))

    with stub_org(needed) as org:
        hosts = dict.fromkeys(("url", "baseUrl"), org.url)
        filled = {each: "filled" for each in names if each[:1] not in ("$", "")}
        values = [{"key": key, "value": value} for key, value in {**filled, **hosts}.items()]
        environment = tmp_path / "e.json"
        environment.write_text(json.dumps({"values": values}), encoding="utf-8")
        done = newman(path, environment)

    assert len(org.seen) == len(done.executed) == 2 * len(rows), done.output
    assert [status for _, status in done.executed] == [200] * len(rows) + [403] * len(rows)


def _template(path: str) -> str:
    """The path as the stub org knows it, a final slash included."""
    return f"{shape(path)}{'/' if path.endswith('/') else ''}"


def _scopes(method: str, path: str) -> frozenset[str]:
    """What Okta's pages say, without asking the program."""
    if (method, path) in OTHERWISE:
        return frozenset([OTHERWISE[method, path]])
    fitting = (scope for pattern, scope in RESOURCES if re.fullmatch(pattern, path))
    return frozenset([f"{next(fitting)}.{'read' if method == 'GET' else 'manage'}"])


def _with_tokens(collection: Any, every: frozenset[str], *, own: bool) -> list[Any]:  # noqa: ANN401
    """The migrated items of a collection, with a token for their scopes or for all the others."""

    def items(parent: Any) -> list[Any]:  # noqa: ANN401
        made = []
        for item in parent["item"]:
            if "item" in item:
                made += items(item)
            elif _block(item):
                asked = frozenset(_block(item).split(" "))
                token = access_token(*(asked if own else (every - asked) | {"openid.not"}))
                text = json.dumps(item).replace("{{accessToken}}", token)
                # Its scripts read answers that the stub org does not give, and set variables.
                made.append({**json.loads(text), "event": []})
        return made

    return items(collection)


def _block(item: Any) -> str:  # noqa: ANN401
    auth = item["request"].get("auth") or {}
    listed = {each["key"]: each["value"] for each in auth.get("oauth2", [])}
    return str(listed.get("scope", ""))
