"""What is written is a manifest, and says what it was written from."""

from __future__ import annotations

import pytest

from okta_postman.manifest import write
from okta_postman.manifest.model import Request
from okta_postman.manifest.names import label
from okta_postman.okta import catalog
from okta_postman.operation import Endpoint, JsonBody
from tests.support.manifests import manifest as read
from tests.support.program import BASE

ONE = BASE + "  okta.users.manage:\n    - GET /api/v1/users\n"
SEVERAL = """
version: 1
name: Orders
description: All of them.
authorization_server:
  authorize_url: https://login.example.com/authorize
  token_url: https://login.example.com/token
redirect_uri: https://oauth.pstmn.io/v1/callback
collection: {folders: none, auth: collection, scripts: false}
environments:
  preview: {org: https://preview.example.com, app: {client_id: orders-preview, type: web}}
  production:
    org: https://api.example.com:8443
    app: {client_id: orders, type: web, grants: []}
    variables: {orderId: "7"}
scopes:
  orders.manage:
    - request: POST /orders
      name: Order
      folder: Daily
      description: Orders a thing.
      query: {dry: "true"}
      headers: {If-Match: x}
      body: [1, null, {a: b}]
    - {request: "PUT /orders/{orderId}", variables: {orderId: "9"}, form: {a: b}}
    - DELETE /orders/{orderId}
"""


@pytest.mark.parametrize("text", [ONE, SEVERAL])
def test_a_written_manifest_reads_as_the_one_it_was_written_from(text: str) -> None:
    manifest = read(text)
    connection = write.connections(manifest.environments)
    entries = [
        ((each.scopes, *each.alternatives), write.request_to_entry(each))
        for each in manifest.requests
    ]
    head = write.head(
        manifest.name, connection, description=manifest.description, layout=manifest.layout
    )
    assert read(write.text(head, write.endpoint_lists(entries))) == manifest


def test_what_the_catalog_knows_is_not_written() -> None:
    known = catalog.by_id("listUsers")
    assert known is not None
    request = Request(known.endpoint, ("okta.users.read",), name="List users", folder=known.tag)
    assert write.request_to_entry(request, known) == "GET /api/v1/users"
    assert write.request_to_entry(request) == {
        "request": "GET /api/v1/users",
        "name": "List users",
        "folder": known.tag,
    }


def test_a_body_of_null_is_written() -> None:
    request = Request(Endpoint("POST", "/x"), ("a",), name="", body=JsonBody(None))
    assert write.request_to_entry(request) == {"request": "POST /x", "body": None}


def test_comments_stand_below_the_line_for_editors_and_sections_apart() -> None:
    assert write.text({"a": 1}, {"b": [2]}, comments=["hello"]) == (
        "# yaml-language-server: $schema=okta-postman.schema.json\n# hello\na: 1\n\nb:\n  - 2\n"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" a\n {b}\u2028c ", "a b c"),
        ("\ud83d", ""),
        ("\N{FAMILY}\u200d\N{FAMILY}", "\N{FAMILY}\u200d\N{FAMILY}"),
        ("\u00e9" * 100, "\u00e9" * 60),
    ],
)
def test_a_label_is_a_name_that_postman_can_keep(text: str, name: str) -> None:
    assert label(text) == name
