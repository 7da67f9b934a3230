"""An OpenAPI document becomes a manifest, and a newer one updates it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from okta_postman.manifest.model import Manifest
from okta_postman.okta import catalog
from tests.support.apis import HEAD
from tests.support.manifests import check, manifest
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


def described(text: str) -> Manifest:
    manifest, checked = check("orders.yaml", text.encode())
    assert manifest is not None, checked.problems
    assert checked.problems == ()
    return manifest


def test_a_new_manifest_has_scopes_names_folders_and_bodies(tmp_path: Path) -> None:
    done = imported(tmp_path)

    assert done.stderr == "4 operations; 1 operation without a scope left out\n"
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
        "      description: Deprecated.\n"
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
        (("--scope", "orders.raed"), "no operation has the scope `orders.raed`; did you mean"),
        (("--prune",), "--prune needs --update"),
        (("-o", "orders.yaml"), "orders.yaml exists already; name another file"),
        (("--org", "https://acme-admin.okta.com"), "error[R002]"),
    ],
)
def test_an_import_that_fails_writes_nothing(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = imported(tmp_path, *options)
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["orders.yaml"]


def test_without_a_terminal_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "orders.yaml").write_text(ORDERS, encoding="utf-8")
    done = okta_postman("import", "openapi", "orders.yaml", cwd=tmp_path)
    assert done.stderr == "okta-postman: pass --client-id: the document does not have it\n"
    (tmp_path / "orders.yaml").write_text(
        ORDERS.replace(
            "https://api.example.com/v2}", '"https://{you}/v2", variables: {you: {default: a.b}}}'
        ),
        encoding="utf-8",
    )
    done = okta_postman("import", "openapi", "orders.yaml", cwd=tmp_path)
    assert done.stderr == "okta-postman: pass --client-id: the document does not have it\n"
    (tmp_path / "orders.yaml").write_text(
        ORDERS.replace(
            "https://api.example.com/v2}",
            '"https://{you}", variables: {you: {default: acme.okta.com}}}',
        ),
        encoding="utf-8",
    )
    done = okta_postman("import", "openapi", "orders.yaml", cwd=tmp_path)
    assert done.stderr == "okta-postman: pass --org: the document does not have it\n"


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
    """The manifest after an update, and what the update printed."""
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
        "added    DELETE /v2/orders/{id}  orders.manage orders.read\n"
        "removed  GET /v2/gone  orders.read\n"
        "removed  GET /v2/stock  stock.read\n"
        "1 new, 2 no longer in the document (kept; --prune removes them), 0 with other scopes\n"
    )
    assert text == MINE.replace(
        "      body: {article: 9}\n",
        "      body: {article: 9}\n"
        "  orders.manage orders.read:\n"
        "    - request: DELETE /v2/orders/{id}\n"
        "      name: Delete order\n"
        "      description: Deprecated.\n",
    )


def test_an_update_may_prune_what_the_document_does_not_have(tmp_path: Path) -> None:
    text, printed = updated(tmp_path, "--prune", document=ORDERS)
    assert printed.endswith("1 new, 2 no longer in the document, 0 with other scopes\n")
    assert "- GET /v2/gone\n" not in text
    assert "stock" not in text
    assert "# Alone." in text


def test_a_second_update_changes_nothing(tmp_path: Path) -> None:
    once, _ = updated(tmp_path, document=ORDERS)
    twice, printed = updated(tmp_path, document=ORDERS, mine=once)
    assert twice == once
    assert printed.splitlines()[-1].startswith("0 new, 2 no longer in the document (kept")


def test_an_operation_whose_scope_changed_moves_as_it_was_typed(tmp_path: Path) -> None:
    newer = ORDERS.replace(
        "get: {operationId: listOrders, tags: [Orders]}",
        "get: {operationId: listOrders, security: [{login: [orders.list]}]}",
    )
    text, printed = updated(tmp_path, document=newer)

    assert "changed  GET /v2/orders  orders.read -> orders.list\n" in printed
    assert (
        "  orders.list:\n"
        "    # The list that we like.\n"
        "    - request: GET /v2/orders\n"
        "      name:   Every order   # three spaces\n"
        "      query: {state: 'open'}\n"
    ) in text
    assert text.count("Every order") == 1


def test_an_update_of_a_part_changes_no_other_part(tmp_path: Path) -> None:
    text, printed = updated(tmp_path, "--tag", "Orders", "--prune", document=ORDERS)
    assert (text, printed) == (MINE, "nothing changed\n")
    done = okta_postman(
        *("import", "openapi", "newer.yaml", "--update", "mine.yaml", "--tag", "Ordrs"),
        cwd=tmp_path,
    )
    assert done.stderr == (
        "okta-postman: no operation has the tag `Ordrs`; did you mean `Orders`?\n"
    )


def of(scope_map: str) -> str:
    """A manifest of an API with a scope map."""
    return MINE.partition("scopes:")[0] + f"scopes:\n{scope_map}"


def document(**scopes: str) -> str:
    """A document with `GET /v2/<name>` for each name, which takes a scope, or any of several."""
    paths = {
        f"/{name}": {"get": {"security": [{"login": [scope]} for scope in any_of.split()]}}
        for name, any_of in scopes.items()
    }
    return f"{HEAD}paths: {json.dumps(paths)}\n"


def test_every_entry_of_an_operation_moves_with_all_its_details(tmp_path: Path) -> None:
    mine = of(
        "  old:\n"
        "    - {request: GET /v2/a, name: By mail, query: {by: mail}}\n"
        "    - request: GET /v2/a\n"
        "      name: By state\n"
        "      description: |\n"
        "        # not a comment\n"
        "\n"
        "        text\n"
        "        # nor this\n"
        "    # of the next\n"
        "    - GET /v2/b\n"
        "  older:\n"
        "  - GET /v2/a\n"
    )
    text, printed = updated(tmp_path, document=document(a="new", b="old"), mine=mine)

    assert printed == (
        "changed  GET /v2/a  old or older -> new\n"
        "0 new, 0 no longer in the document, 1 with other scopes\n"
    )
    assert text == of(
        "  old:\n"
        "    # of the next\n"
        "    - GET /v2/b\n"
        "  new:\n"
        "  - {request: GET /v2/a, name: By mail, query: {by: mail}}\n"
        "  - request: GET /v2/a\n"
        "    name: By state\n"
        "    description: |\n"
        "      # not a comment\n"
        "\n"
        "      text\n"
        "      # nor this\n"
    )


def test_endpoints_without_a_scope_are_kept_and_not_added_again(tmp_path: Path) -> None:
    mine = of("  a.b:\n    - GET /v2/a\n") + "public:\n  - GET /v2/b\ntoken_only: [GET /v2/c]\n"
    newer = document(a="a.b", b="b.read", c="c.read")
    assert updated(tmp_path, "--prune", document=newer, mine=mine) == (mine, "nothing changed\n")


def test_a_manifest_without_a_scope_map_gets_one(tmp_path: Path) -> None:
    mine = MINE.partition("scopes:")[0] + "token_only:\n  - GET /v2/c\n"
    text, _ = updated(tmp_path, document=document(a="a.b", b="a.b d"), mine=mine)
    assert text.startswith(f"{mine}scopes:\n  a.b:\n")
    requests = {each.endpoint.path: each.scopes for each in manifest(text).requests}
    assert requests == {"/v2/c": (), "/v2/a": ("a.b",), "/v2/b": ("a.b",)}


def test_only_the_comments_directly_above_an_entry_move_with_it(tmp_path: Path) -> None:
    mine = of(
        "  a.b:\n"
        "    # -- a section\n"
        "\n"
        "    # about gone\n"
        "    - GET /v2/gone # yes\n"
        "    -\n"
        "      GET /v2/gone/too\n"
        "    - GET /v2/a\n"
        "    # TODO: more\n"
        "\n"
        "# The end.\n"
    )
    text, _ = updated(tmp_path, "--prune", document=document(a="a.b"), mine=mine)
    assert text == of(
        "  a.b:\n    # -- a section\n\n    - GET /v2/a\n    # TODO: more\n\n# The end.\n"
    )


def test_an_entry_that_would_say_something_else_elsewhere_is_not_moved(tmp_path: Path) -> None:
    mine = of(
        "  old:\n"
        "    - {request: GET /v2/b, query: &q {limit: 9}}\n"
        "    - {request: GET /v2/a, query: *q}\n"
        "  new:\n"
        "    - {request: GET /v2/c, query: &q {limit: 2}}\n"
    )
    (tmp_path / "mine.yaml").write_text(mine, encoding="utf-8")
    newer = document(a="new", b="old", c="new")
    (tmp_path / "newer.yaml").write_text(newer, encoding="utf-8")
    done = okta_postman("import", "openapi", "newer.yaml", "--update", "mine.yaml", cwd=tmp_path)
    assert done.code == 2
    assert "cannot be edited as it is written" in done.stderr
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == mine


@pytest.mark.parametrize(
    ("under", "takes", "said", "after"),
    [
        ("a.read", "a.read a.manage", "nothing changed", "a.read"),
        ("a.read a.manage", "a.read", "nothing changed", "a.read a.manage"),
        ("a.read a.manage", "a.manage", "changed  GET /v2/a", "a.manage"),
        ("a.manage", "a.manage a.read", "changed  GET /v2/a", "a.manage a.read"),
        ("a.read", "b.read a.manage", "changed  GET /v2/a", "b.read a.manage"),
    ],
)
def test_a_request_asks_for_the_least_that_is_enough(
    tmp_path: Path, under: str, takes: str, said: str, after: str
) -> None:
    mine = of("".join(f"  {scope}:\n    - GET /v2/a\n" for scope in under.split()))
    text, printed = updated(tmp_path, document=document(a=takes), mine=mine)
    assert printed.startswith(said)
    assert text == of("".join(f"  {scope}:\n    - GET /v2/a\n" for scope in after.split()))
    assert updated(tmp_path, document=document(a=takes), mine=text) == (text, "nothing changed\n")


def test_an_entry_with_details_replaces_a_bare_endpoint(tmp_path: Path) -> None:
    mine = of("  a.read:\n    - {request: GET /v2/a, name: Mine}\n  a.manage:\n    - GET /v2/a\n")
    text, _ = updated(tmp_path, document=document(a="a.manage"), mine=mine)
    assert text == of("  a.manage:\n    - {request: GET /v2/a, name: Mine}\n")


def test_openid_scopes_move_too(tmp_path: Path) -> None:
    mine = of("  openid old offline_access:\n    - GET /v2/a\n    - GET /v2/b\n")
    text, _ = updated(tmp_path, document=document(a="new", b="old"), mine=mine)
    assert text.endswith("    - GET /v2/b\n  new offline_access openid:\n    - GET /v2/a\n")


def test_a_key_keeps_its_spelling_and_a_list_in_brackets_its_comments(tmp_path: Path) -> None:
    mine = of(
        "  'b.x a.x': [GET /v2/a, # first\n"
        "    # between\n"
        "    GET /v2/b]  # why\n"
        "  c.x: [GET /v2/c] # here\n"
    )
    newer = document(a="q", b="q", c="c.x", d="q").replace('["q"]', "[a.x, b.x]")
    text, _ = updated(tmp_path, document=newer, mine=mine)
    assert text == of(
        "    # between\n"
        "  b.x a.x:  # why\n"
        "    - GET /v2/a\n"
        "    - GET /v2/b\n"
        "    - request: GET /v2/d\n"
        "      name: GET /v2/d\n"
        "  c.x: [GET /v2/c] # here\n"
    ).replace("      name: GET /v2/d\n", "").replace("- request: GET /v2/d", "- GET /v2/d")


def test_a_mark_at_the_beginning_and_a_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    (tmp_path / "mine.yaml").symlink_to(real)
    text, _ = updated(tmp_path, document=ORDERS, mine="\ufeff" + MINE)
    assert text.startswith("\ufeff# What we do")
    assert (tmp_path / "mine.yaml").is_symlink()
    assert "DELETE" in real.read_text(encoding="utf-8")


def test_an_update_takes_no_connection(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    done = imported(tmp_path, "--update", "mine.yaml")
    assert done.code == 2
    assert "keeps its connection" in done.stderr


@pytest.mark.parametrize(
    "flows",
    [
        "implicit: {authorizationUrl: https://a.example.com/x, ",
        "clientCredentials: {tokenUrl: /t, ",
    ],
)
def test_what_a_document_does_not_say_of_the_server_is_asked_for(
    tmp_path: Path, flows: str
) -> None:
    begun = ORDERS.index("authorizationCode:")
    end = ORDERS.index("scopes: {orders.read")
    text = f"{ORDERS[:begun]}{flows}{ORDERS[end:].replace('Change}', 'Change}}', 1)}"
    done = imported(tmp_path, document=text)
    assert done.code == 2
    assert "the document does not have it" in done.stderr
    urls = ("--authorize-url", "https://b.example.com/a", "--token-url", "https://b.example.com/t")
    (only,) = described(imported(tmp_path, *urls, document=text).stdout).environments
    assert only.authorization_server[1:] == ("https://b.example.com/a", "https://b.example.com/t")


def test_a_reference_cannot_leave_the_folder_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("get: {security: [{login: [a.b]}]}\n", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    done = imported(inside, document=f"{ORDERS}  /s: {{$ref: link.yaml}}\n")
    assert "link.yaml: is outside the folder" in done.stderr
    assert "a.b" not in done.stdout


def test_an_update_keeps_the_line_ends_of_the_file(tmp_path: Path) -> None:
    text, _ = updated(tmp_path, document=ORDERS, mine=MINE.replace("\n", "\r\n"))
    assert not re.search(r"(?<!\r)\n", text)


def test_an_update_writes_out_the_entries_of_all_to_add_one(tmp_path: Path) -> None:
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
    assert updated(tmp_path, document=newer, mine=text) == (text, "nothing changed\n")
    assert printed == (
        "added    HEAD /api/v1/logs  okta.logs.read\n"
        "1 new, 0 no longer in the document, 0 with other scopes\n"
    )


def test_an_update_from_one_release_of_okta_to_the_next_reports_every_difference(
    tmp_path: Path,
) -> None:
    older, newer = path_of("management-2025.08.0"), path_of("management-2026.06.3")
    made = okta_postman("import", "openapi", str(older), *CONNECTION, "-o", "d.yaml", cwd=tmp_path)
    assert made.code == 0

    done = okta_postman(
        "import", "openapi", str(newer), "--update", "d.yaml", "--prune", cwd=tmp_path
    )

    def scoped(name: str) -> dict[str, list[set[str]]]:
        found = scopes_by_endpoint(loaded(name))
        shapes = {re.sub(r"\{.*?\}", "{}", " ".join(key)): value for key, value in found.items()}
        return {key: value for key, value in shapes.items() if value and key not in elsewhere}

    elsewhere = {each.endpoint.shape for each in catalog.operations() if each.host}
    assert len(elsewhere) == 4
    before, after = scoped("management-2025.08.0"), scoped("management-2026.06.3")
    printed = {
        kind: {
            re.sub(r"\{.*?\}", "{}", each)
            for each in re.findall(rf"^{kind} +(\S+ \S+)", done.stdout, re.MULTILINE)
        }
        for kind in ("added", "removed", "changed")
    }
    assert printed["added"] == set(after) - set(before)
    assert printed["removed"] == set(before) - set(after)
    assert printed["changed"] == {
        key for key in set(before) & set(after) if before[key] != after[key]
    }
    assert len(printed["added"]) > 35
    again = check("d.yaml", (tmp_path / "d.yaml").read_bytes())[0]
    assert again is not None
    assert {re.sub(r"\{.*?\}", "{}", str(each.endpoint)) for each in again.requests} == set(after)


def test_openid_scopes_do_not_count(tmp_path: Path) -> None:
    mine = of("  a.read:\n    - GET /v2/a\n  openid a.manage:\n    - GET /v2/a\n")
    text, _ = updated(tmp_path, document=document(a="a.manage"), mine=mine)
    assert text == of("  openid a.manage:\n    - GET /v2/a\n")


def test_a_flow_of_the_org_server_is_not_written(tmp_path: Path) -> None:
    text = ORDERS.replace("https://login.example.com/authorize", "/oauth2/v1/authorize")
    text = text.replace("orders.read", "openid").replace("orders.manage", "profile")
    text = text.replace("[profile", "[openid, profile")
    (only,) = described(
        imported(tmp_path, "--path", "/v2/orders", document=text).stdout
    ).environments
    assert only.authorization_server.name == "org"


OKTA_ORDERS = ORDERS.replace(
    "https://login.example.com/authorize", "https://acme.okta.com/oauth2/default/v1/authorize"
)
MIXED = (
    "  /profile: {get: {security: [{login: [email]}]}}\n"
    "  /all: {get: {security: [{login: [email]}, {login: [orders.read]}]}}\n"
    "  /users: {get: {security: [{login: [okta.users.read]}]}}\n"
    '  /pair: {get: {security: [{login: ["a,b"]}]}}\n'
)


def test_what_okta_refuses_costs_its_operation_and_is_told_where_the_document_has_it(
    tmp_path: Path,
) -> None:
    done = imported(
        tmp_path, "--org", "https://acme.okta.com", "--client-id", "0oan47pj9BsB30h7",
        document=OKTA_ORDERS + MIXED,
    )  # fmt: skip
    assert done.code == 0
    found = {str(each.endpoint) for each in described(done.stdout).requests}
    assert found == {
        "GET /v2/orders", "POST /v2/orders", GET_ONE, "DELETE /v2/orders/{id}", "GET /v2/all"
    }  # fmt: skip
    first = ORDERS.count("\n") + 1
    for line, said in (
        (first, "`GET /v2/profile`, `GET /v2/all` are not imported with `email`: Okta refuses"),
        (first + 2, "`GET /v2/users` is not imported with `okta.users.read`: `default` can't"),
        (first + 3, "`GET /v2/pair` is not imported with `a,b`: scopes are not separated"),
    ):
        assert re.search(
            rf"orders\.yaml:{line}:\d+: warning\[O014\]: {re.escape(said)}", done.stderr
        )


def test_elsewhere_scopes_of_openid_and_commas_are_like_all_others(tmp_path: Path) -> None:
    done = imported(tmp_path, document=ORDERS + MIXED.replace("okta.", ""))
    assert done.stderr == "8 operations; 1 operation without a scope left out\n"
    scopes = {each.scopes for each in described(done.stdout).requests}
    assert scopes >= {("email",), ("a,b",)}


def test_if_nothing_is_left_the_document_is_refused(tmp_path: Path) -> None:
    done = imported(
        tmp_path, "--path", "/v2/profile", "--org", "https://acme.okta.com",
        "--client-id", "0oan47pj9BsB30h7", document=OKTA_ORDERS + MIXED,
    )  # fmt: skip
    assert (done.code, done.stdout) == (2, "")
    assert "orders.yaml:" in done.stderr
    assert "error[O014]: `GET /v2/profile` is not imported with `email`" in done.stderr


def test_a_wrong_value_is_told_by_its_option_and_not_by_a_file_that_was_not_written(
    tmp_path: Path,
) -> None:
    done = imported(tmp_path, "--org", "https://acme-admin.okta.com", "-o", "new.yaml")
    assert done.stderr.startswith("--org: error[R002]: `acme-admin.okta.com` is the Admin Console")
    assert "new.yaml" not in done.stderr


def test_another_provider_may_have_its_endpoints_where_okta_has_them(tmp_path: Path) -> None:
    text = ORDERS.replace("login.example.com/", "api.example.com/oauth2/v1/")
    (only,) = described(imported(tmp_path, document=text).stdout).environments
    assert only.authorization_server.authorize_url == "https://api.example.com/oauth2/v1/authorize"


def test_of_alternatives_the_narrowest_is_requested_or_the_first_with_a_remark(
    tmp_path: Path,
) -> None:
    newer = document(
        files="drive drive.readonly", me="User.ReadWrite.All User.Read.All User.Read",
        repos="write:repo read:repo", first="beta", shop="alpha beta",
    )  # fmt: skip
    requests = described(imported(tmp_path, document=newer).stdout).requests
    by_path = {each.endpoint.path: each for each in requests}
    assert {path: each.scopes for path, each in by_path.items()} == {
        "/v2/files": ("drive.readonly",),
        "/v2/me": ("User.Read",),
        "/v2/repos": ("read:repo",),
        "/v2/first": ("beta",),
        "/v2/shop": ("alpha",),
    }
    assert {path: each.description for path, each in by_path.items() if each.description} == {
        "/v2/shop": "`alpha` is requested; names don't tell whether `beta` allows less."
    }
