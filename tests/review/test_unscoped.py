"""What reports say of requests without a scope, in manifests and in their collections."""

from __future__ import annotations

import json

import pytest

from okta_postman.reports.diff.rows import rows
from okta_postman.reports.matrix import as_csv, as_markdown
from okta_postman.review.collection import collection_inventory
from okta_postman.review.compare import compare
from okta_postman.review.inventory import Inventory, inventory
from okta_postman.review.matrix import matrix
from tests.support.manifests import ALBUMS, generated, manifest


def of(text: str) -> Inventory:
    return inventory(manifest(text))


def test_the_matrix_tells_no_scope_from_no_token() -> None:
    table = as_markdown(matrix(of(ALBUMS)))
    assert "| `GET /albums` | `without scope` | sign-in | needs no grant |" in table
    assert "| `GET /health` | `without token` | none | needs no token |" in table
    assert "GET,/health,GET /health,Health,without token,none," in as_csv(matrix(of(ALBUMS)))


@pytest.mark.parametrize("level", ["request", "folder"])
@pytest.mark.parametrize("folder", ["", ", folder: All"])
def test_a_collection_says_the_same_as_its_manifest(level: str, folder: str) -> None:
    text = ALBUMS
    for path in ("/me", "/albums", "/health"):
        text = text.replace(f"[GET {path}]", f"[{{request: GET {path}{folder}}}]")
    text = f"{text}collection: {{auth: {level}}}\n"
    data = json.dumps(generated(text)["albums.postman_collection.json"]).encode()
    assert compare(of(text), collection_inventory("a.json", data)).requests == ()


def test_an_endpoint_that_becomes_public_is_a_change() -> None:
    after = ALBUMS.replace("token_only: [GET /albums]\n", "")
    after = after.replace("[GET /health]", "[GET /health, GET /albums]")
    changes = compare(of(ALBUMS), of(after))
    (row,) = rows(changes)
    assert (row.word, row.before, row.after) == ("scopes", ("without scope",), ("without token",))
    assert not changes.broader_access
