"""From an OpenAPI document to a description, and from a newer document into it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import pipeline
from generator.model import Description
from tests.support.apis import HEAD
from tests.support.okta_documents import loaded, path_of, scopes_by_endpoint
from tests.support.program import Ended, okta_postman

ORDERS = (
    HEAD
    + """\
security: [{login: [orders.read]}]
tags: [{name: Orders}]
paths:
  /orders:
    get: {operationId: listOrders, tags: [Orders]}
    post:
      operationId: createOrder
      tags: [Orders]
      security: [{login: [orders.manage]}]
      requestBody: {content: {application/json: {example: {article: 7, note: "no"}}}}
  /orders/{id}:
    get:
      operationId: getOrder
      tags: [Orders]
      security: [{login: [orders.read]}, {login: [orders.manage]}]
    delete:
      operationId: deleteOrder
      deprecated: true
      security: [{login: [orders.manage, orders.read]}]
  /health:
    get: {operationId: health, security: []}
"""
)
GET_ONE = "GET /v2/orders/{id}"
CONNECTION = ("--org", "https://api.example.com", "--client-id", "orders-app")


def imported(folder: Path, *options: str, document: str = ORDERS) -> Ended:
    (folder / "orders.yaml").write_text(document, encoding="utf-8")
    return okta_postman("import", "openapi", "orders.yaml", *CONNECTION, *options, cwd=folder)


def described(text: str) -> Description:
    description, checked = pipeline.check("orders.yaml", text.encode())
    assert description is not None, checked.problems
    assert checked.problems == ()
    return description


def test_a_description_comes_out_with_scopes_names_folders_and_bodies(tmp_path: Path) -> None:
    done = imported(tmp_path)

    assert done.stderr == "4 operations; 1 take no scope and are left out\n"
    assert done.stdout.partition("\nscopes:\n")[2] == (
        "  orders.read:\n"
        "    - request: GET /v2/orders\n"
        "      name: List orders\n"
        "      folder: Orders\n"
        "    - request: GET /v2/orders/{id}\n"
        "      name: Get order\n"
        "      folder: Orders\n"
        "  orders.manage:\n"
        "    - request: POST /v2/orders\n"
        "      name: Create order\n"
        "      folder: Orders\n"
        "      body:\n"
        "        article: 7\n"
        '        note: "no"\n'
        "    - GET /v2/orders/{id}\n"
        "  orders.manage orders.read:\n"
        "    - request: DELETE /v2/orders/{id}\n"
        "      name: Delete order\n"
    )


def test_the_authorization_server_is_that_of_the_flow(tmp_path: Path) -> None:
    (only,) = described(imported(tmp_path).stdout).environments
    assert only.org == "https://api.example.com"
    assert only.authorization_server[1:] == (
        "https://login.example.com/authorize",
        "https://login.example.com/token",
    )


@pytest.mark.parametrize(
    ("authorize", "name"),
    [("/oauth2/aus1/v1/authorize", "aus1"), ("oauth2/default/v1/authorize", "default")],
)
def test_a_custom_server_of_the_org_goes_by_its_id(
    tmp_path: Path, authorize: str, name: str
) -> None:
    text = ORDERS.replace("https://login.example.com/authorize", authorize)
    (only,) = described(imported(tmp_path, document=text).stdout).environments
    assert only.authorization_server.name == name


@pytest.mark.parametrize(
    ("options", "endpoints"),
    [
        ("--scope orders.manage", {"POST /v2/orders", GET_ONE, "DELETE /v2/orders/{id}"}),
        ("--path /v2/orders/{id} --exclude-deprecated", {GET_ONE}),
        ("--tag orders --path /v2/orders", {"GET /v2/orders", "POST /v2/orders", GET_ONE}),
    ],
)
def test_a_part_is_chosen(tmp_path: Path, options: str, endpoints: set[str]) -> None:
    found = described(imported(tmp_path, *options.split()).stdout).requests
    assert {str(each.endpoint) for each in found} == endpoints


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--tag", "Order"), "no operation has the tag `Order`; did you mean `Orders`?"),
        (("--path", "/orders"), "no operation is at `/orders` or below it; there is `/v2/orders`"),
        (("--tag", "Orders", "--scope", "x"), "no operation is chosen by --tag, --scope"),
        (("-o", "orders.yaml"), "orders.yaml exists already; name another file"),
        (("--org", "https://acme-admin.okta.com"), "error[R002]"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = imported(tmp_path, *options)
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["orders.yaml"]


def test_without_a_terminal_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "orders.yaml").write_text(ORDERS, encoding="utf-8")
    done = okta_postman("import", "openapi", "orders.yaml", cwd=tmp_path)
    assert done.stderr == "okta-postman: give --client-id: the document does not say it\n"
    (tmp_path / "orders.yaml").write_text(
        ORDERS.replace(
            "https://api.example.com/v2}", '"https://{you}/v2", variables: {you: {default: a.b}}}'
        ),
        encoding="utf-8",
    )
    done = okta_postman("import", "openapi", "orders.yaml", cwd=tmp_path)
    assert done.stderr == "okta-postman: give --org: the document does not say it\n"


def test_a_document_may_come_from_standard_input(tmp_path: Path) -> None:
    done = okta_postman("import", "openapi", "-", *CONNECTION, cwd=tmp_path, stdin=ORDERS)
    assert len(described(done.stdout).requests) == 4


MINE = """\
# What we do with orders.
version: 1
name: Orders
org: https://api.example.com
authorization_server: {authorize_url: "https://login.example.com/authorize", token_url: "https://login.example.com/token"}
app: {client_id: orders-app}
redirect_uri: https://oauth.pstmn.io/v1/callback

scopes:
  # Looking is free.
  orders.read:

    # The list that we like.
    - request: GET /v2/orders
      name:   Every order   # three spaces
      query: {state: 'open'}
    - GET /v2/gone
    # Alone.
    - GET /v2/orders/{order}

  stock.read: [GET /v2/stock]   # in brackets

  "orders.manage":
    - request: POST /v2/orders
      body: {article: 9}

# The end.
variables: {order: "1"}
"""


def updated(folder: Path, *options: str, document: str, mine: str = MINE) -> tuple[str, str]:
    """The description after an update, and what the update printed."""
    (folder / "mine.yaml").write_bytes(mine.encode())
    (folder / "newer.yaml").write_text(document, encoding="utf-8")
    done = okta_postman(
        "import", "openapi", "newer.yaml", "--update", "mine.yaml", *options, cwd=folder
    )
    assert done.code == 0, done.stderr
    return (folder / "mine.yaml").read_bytes().decode(), done.stdout


def test_an_update_keeps_what_its_user_typed(tmp_path: Path) -> None:
    text, printed = updated(tmp_path, document=ORDERS)

    assert printed == (
        "came    DELETE /v2/orders/{id}  orders.manage orders.read\n"
        "went    GET /v2/gone  orders.read\n"
        "went    GET /v2/stock  stock.read\n"
        "1 came, 2 went, 0 changed scope\n"
    )
    assert text == MINE.replace("    - GET /v2/gone\n", "").replace(
        "  stock.read: [GET /v2/stock]   # in brackets\n\n", ""
    ).replace(
        "      body: {article: 9}\n",
        "      body: {article: 9}\n"
        "  orders.manage orders.read:\n"
        "    - request: DELETE /v2/orders/{id}\n"
        "      name: Delete order\n",
    )


def test_an_update_may_keep_what_the_document_does_not_have(tmp_path: Path) -> None:
    text, printed = updated(tmp_path, "--keep", document=ORDERS)
    assert printed.endswith("1 came, 2 went (and is kept), 0 changed scope\n")
    assert "- GET /v2/gone\n" in text
    assert "[GET /v2/stock]   # in brackets" in text


def test_a_second_update_changes_nothing(tmp_path: Path) -> None:
    once, _ = updated(tmp_path, document=ORDERS)
    twice, printed = updated(tmp_path, document=ORDERS, mine=once)
    assert (twice, printed) == (once, "nothing changed\n")


def test_an_operation_whose_scope_changed_moves_as_it_was_typed(tmp_path: Path) -> None:
    newer = ORDERS.replace(
        "get: {operationId: listOrders, tags: [Orders]}",
        "get: {operationId: listOrders, security: [{login: [orders.list]}]}",
    )
    text, printed = updated(tmp_path, document=newer)

    assert "changed GET /v2/orders  orders.read -> orders.list\n" in printed
    assert (
        "  orders.list:\n"
        "    # The list that we like.\n"
        "    - request: GET /v2/orders\n"
        "      name:   Every order   # three spaces\n"
        "      query: {state: 'open'}\n"
    ) in text
    assert text.count("Every order") == 1


def test_an_update_of_a_part_leaves_the_other_parts_alone(tmp_path: Path) -> None:
    text, printed = updated(tmp_path, "--tag", "Orders", document=ORDERS)
    assert printed.startswith("went    GET /v2/gone")
    assert "DELETE" not in text


def test_an_update_keeps_the_line_ends_of_the_file(tmp_path: Path) -> None:
    text, _ = updated(tmp_path, document=ORDERS, mine=MINE.replace("\n", "\r\n"))
    assert not re.search(r"(?<!\r)\n", text)


def test_an_update_writes_out_what_all_stands_for_if_there_is_more(tmp_path: Path) -> None:
    mine = (
        "version: 1\nname: Logs\norg: acme.okta.com\napp: {client_id: 0oan47pj9BsB30h7}\n"
        "redirect_uri: https://oauth.pstmn.io/v1/callback\nscopes:\n  okta.logs.read: all"
    )
    newer = HEAD.replace("orders.read: Read", "okta.logs.read: Read").replace("/v2}", "}") + (
        "security: [{login: [okta.logs.read]}]\npaths:\n  /api/v1/logs: {get: {}, head: {}}\n"
    )
    text, printed = updated(tmp_path, document=newer.replace(", head: {}", ""), mine=mine)
    assert (text, printed) == (mine, "nothing changed\n")
    text, printed = updated(tmp_path, document=newer, mine=mine)
    assert text.endswith("  okta.logs.read:\n    - GET /api/v1/logs\n    - HEAD /api/v1/logs\n")
    assert printed == "came    HEAD /api/v1/logs  okta.logs.read\n1 came, 0 went, 0 changed scope\n"


def test_an_update_from_one_release_of_okta_to_the_next_reports_every_difference(
    tmp_path: Path,
) -> None:
    older, newer = path_of("management-2025.08.0"), path_of("management-2026.06.3")
    made = okta_postman("import", "openapi", str(older), *CONNECTION, "-o", "d.yaml", cwd=tmp_path)
    assert made.code == 0

    done = okta_postman("import", "openapi", str(newer), "--update", "d.yaml", cwd=tmp_path)

    def scoped(name: str) -> dict[str, list[set[str]]]:
        found = scopes_by_endpoint(loaded(name))
        shapes = {re.sub(r"\{.*?\}", "{}", " ".join(key)): value for key, value in found.items()}
        return {key: value for key, value in shapes.items() if value}

    before, after = scoped("management-2025.08.0"), scoped("management-2026.06.3")
    printed = {
        kind: {
            re.sub(r"\{.*?\}", "{}", each)
            for each in re.findall(rf"^{kind} +(\S+ \S+)", done.stdout, re.MULTILINE)
        }
        for kind in ("came", "went", "changed")
    }
    assert printed["came"] == set(after) - set(before)
    assert printed["went"] == set(before) - set(after)
    assert printed["changed"] == {
        key for key in set(before) & set(after) if before[key] != after[key]
    }
    assert len(printed["came"]) > 40
    again = pipeline.check("d.yaml", (tmp_path / "d.yaml").read_bytes())[0]
    assert again is not None
    assert {re.sub(r"\{.*?\}", "{}", str(each.endpoint)) for each in again.requests} == set(after)
