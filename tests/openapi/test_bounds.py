"""What a document refers to often, or nests deeply, makes a manifest of a size that can be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okta_postman.commands.check import check
from okta_postman.commands.import_openapi import ConnectionOptions, api, new_manifest, selection
from okta_postman.documents.data import LARGEST_EXPANSION

OPTIONS = ConnectionOptions(
    org="https://acme.okta.com",
    client_id="0oan47pj9BsB30h7",
    authorize_url="https://login.example.com/authorize",
    token_url="https://login.example.com/token",  # noqa: S106 - a URL
)


def document(media: Any, paths: int = 1) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A document with operations of one media type, which is at `components`."""
    body = {"content": {"application/json": media}}
    flow = {"authorizationUrl": "/authorize", "tokenUrl": "/token", "scopes": {"orders": ""}}
    login = {"type": "oauth2", "flows": {"authorizationCode": flow}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Orders", "version": "1"},
        "security": [{"login": ["orders"]}],
        "paths": {f"/orders/{n}": {"post": {"requestBody": body}} for n in range(paths)},
        "components": {"securitySchemes": {"login": login}},
    }


def imported(data: dict[str, Any]) -> tuple[str, list[str]]:
    """The manifest of a document, and the codes of its problems."""
    read, checked = api("orders.json", json.dumps(data).encode(), lambda _: b"")
    codes = [problem.code for each in checked for problem in each.problems]
    if read is None:
        return "", codes
    choice = selection((), (), (), deprecated=False)
    made = new_manifest(read, choice, OPTIONS, lambda *_: "", None)
    assert made.value is not None, made.checked
    return made.value.text, codes


def test_an_example_of_many_operations_is_used_until_all_of_it_is_large() -> None:
    example = {"text": "x" * 40_000}
    examples = {"a": {"$ref": "#/components/examples/A"}}
    data = document({"schema": {"type": "object"}, "examples": examples}, paths=300)
    data["components"]["examples"] = {"A": {"value": example}}
    text, codes = imported(data)
    assert set(codes) == {"O015"}
    assert LARGEST_EXPANSION // 2 < len(text) < 2 * LARGEST_EXPANSION


@pytest.mark.parametrize("levels", [51, 90])
def test_a_deep_example_is_left_out(levels: int) -> None:
    deep: Any = 1
    for _ in range(levels):
        deep = [deep]
    text, codes = imported(document({"example": deep}))
    assert codes == ["O015"]
    assert check("orders.yaml", text.encode()).value is not None


def test_a_document_deeper_than_any_manifest_is_refused() -> None:
    data = document({"example": 1})
    text = json.dumps(data).replace('"example": 1', f'"example": {"[" * 600}{"]" * 600}')
    read, checked = api("orders.json", text.encode(), lambda _: b"")
    assert read is None
    assert [problem.code for each in checked for problem in each.problems] == ["Y008"]
