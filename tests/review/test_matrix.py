"""Which request asks for which scope where: for people, for spreadsheets, and in a browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from okta_postman.reports.matrix import FORMATS
from okta_postman.review.inventory import Inventory, inventory
from okta_postman.review.matrix import matrix
from tests.support.browser import RUNS_HERE, looked_at
from tests.support.manifests import ORDERS, OTHER_SERVER, check, manifest
from tests.support.program import okta_postman
from tests.support.samples import COLLECTIONS

TEXT = """\
version: 1
name: Okta <users> & "groups" | all
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read:
    - GET /api/v1/users
    - {request: "GET /api/v1/users/{userId}", name: "<b onclick=alert(1)>Get</b> a user"}
  okta.users.manage:
    - POST /api/v1/users/{userId}/lifecycle/activate
    - {request: POST /api/v1/users, name: =cmd|A1}
  okta.groups.manage: [GET /api/v1/groups]
  okta.apps.read okta.groups.read: ["GET /api/v1/apps/{appId}/group-push/mappings"]
  openid profile: [GET /oauth2/v1/userinfo]
environments:
  preview:
    org: https://acme.oktapreview.com
    app:
      client_id: 0oapreview1234567890
      grants:
        - okta.users.read
        - okta.users.manage
        - okta.groups.manage
        - okta.groups.read
        - okta.apps.read
        - okta.logs.read
  production:
    org: https://acme.okta.com
    app: {client_id: 0oan47pj9BsB30h7}
"""
ALL = [
    "GET /api/v1/users",
    "GET /api/v1/users/{userId}",
    "POST /api/v1/users/{userId}/lifecycle/activate",
    "POST /api/v1/users",
    "GET /api/v1/groups",
    "GET /api/v1/apps/{appId}/group-push/mappings",
    "GET /oauth2/v1/userinfo",
]


def of(text: str = TEXT) -> Inventory:
    manifest, checked = check("users.yaml", text.encode())
    assert manifest is not None, checked.problems
    return inventory(manifest)


def test_hints_name_scopes_that_are_broader_than_needed() -> None:
    assert [(each.scope, each.message, each.environments) for each in matrix(of()).hints] == [
        ("okta.groups.manage", "is used only for GET: try okta.groups.read", ()),
        ("okta.logs.read", "is granted, but no request needs it", ("preview",)),
    ]


def test_a_row_says_how_much_it_allows_and_what_is_granted() -> None:
    found = [(each.request.endpoint, each.level, each.grants) for each in matrix(of()).rows]
    assert found[0] == (ALL[0], "read", ("granted", "requested"))
    assert found[2] == (ALL[2], "manage", ("granted", "requested"))
    assert found[6] == (ALL[6], "sign-in", ("needs no grant", "needs no grant"))


def test_the_markdown_is_one_table_whose_rows_are_whole() -> None:
    text = FORMATS["markdown"](matrix(of()))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(ALL)
    assert {row.replace("\\|", "").count("|") for row in rows} == {6}
    assert "- `okta.logs.read` is granted, but no request needs it: `preview`\n" in text


def test_the_csv_has_a_line_for_each_scope_and_environment_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](matrix(of())))))
    scopes = sum(len(each.scopes) for each in of().requests)
    assert len(rows) == 2 * scopes
    assert {row["name"] for row in rows if row["path"] == "/api/v1/users"} == {
        "List users",
        "'=cmd|A1",
    }
    assert [row["scope"] for row in rows if "mappings" in row["path"]] == [
        *["okta.apps.read"] * 2,
        *["okta.groups.read"] * 2,
    ]


def test_the_matrix_is_printed_on_stdout(tmp_path: Path) -> None:
    name = str(COLLECTIONS / "users-and-groups.postman_collection.json")
    done = okta_postman("matrix", name, "--format", "csv", cwd=tmp_path)
    (tmp_path / "bad.yaml").write_text("version: 2\n", encoding="utf-8")
    bad = okta_postman("matrix", "bad.yaml", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) > 10
    assert (bad.code, bad.stdout) == (2, "")


def test_the_page_needs_nothing_but_itself() -> None:
    page = FORMATS["html"](matrix(of()))
    assert re.findall(r"(?:src|href|url|@import)\s*[=(]", page) == []
    assert "<b onclick" not in page
    assert "default-src 'none'" in page


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not RUNS_HERE:
        pytest.skip("the Chromium that npm has is for Linux on x86-64")
    page = tmp_path_factory.mktemp("page") / "matrix.html"
    page.write_text(FORMATS["html"](matrix(of())), encoding="utf-8")
    return looked_at(page)


def brightness(colours: list[str]) -> tuple[bool, ...]:
    """Whether the page is bright, and whether its ink is."""
    return tuple(sum(map(int, re.findall(r"\d+", colour))) > 3 * 128 for colour in colours)


def test_in_chromium_the_page_filters_fits_a_telephone_and_complains_of_nothing(
    seen: dict[str, Any],
) -> None:
    assert seen["complaints"] == []
    assert [url.rpartition("/")[2] for url in seen["loaded"]] == ["matrix.html"]

    # Everything, then what each filter leaves; text and reset were typed on the keyboard.
    assert seen["all"] == seen["reset"] == {"status": "7 of 7 requests", "rows": ALL}
    assert seen["text"] == {"status": "1 of 7 requests", "rows": ALL[2:3]}
    assert seen["scope"]["rows"] == ALL[:2]
    assert seen["method"]["rows"] == ALL[2:4]
    assert seen["level"]["rows"] == ALL[2:5]

    assert seen["narrow"] == 360
    assert seen["printed"] == "none"
    assert brightness(seen["light"]) == (True, False)
    assert brightness(seen["dark"]) == (False, True)

    # What axe finds in the way of people, contrast included.
    for scheme in ("light", "dark"):
        assert seen["barriers"][scheme]["violations"] == []
        assert seen["barriers"][scheme]["passes"] > 20

    # What a screen reader finds where the table is shown as cards.
    assert seen["controls"] == ["Text", "Scope", "Method", "Privilege", "Show all"]
    wanted = {"table": 1, "columnheader": 5, "row": 8, "rowheader": 7, "cell": 28}
    assert {role: seen["roles"].get(role) for role in wanted} == wanted
    assert {"search", "searchbox", "status", "heading", "main"} <= set(seen["roles"])


def test_what_okta_demands_is_no_hint() -> None:
    aerial = "okta.orgs.manage: [GET /api/v1/org/privacy/aerial]"
    text = TEXT.replace("okta.groups.manage: [GET /api/v1/groups]", aerial)
    text = text.replace("- okta.groups.manage", "- okta.orgs.manage")
    assert [each.scope for each in matrix(of(text)).hints if "GET" in each.message] == []


def test_the_level_of_a_scope_that_nobody_can_judge_is_unknown() -> None:
    text = ORDERS.format(server=OTHER_SERVER, listed="[GET /orders]")
    (row,) = matrix(inventory(manifest(text.replace("orders.read:", "drive:")))).rows
    assert row.level == "unknown"
    (row,) = matrix(inventory(manifest(text.replace("orders.read:", "drive a.manage:")))).rows
    assert row.level == "manage"
