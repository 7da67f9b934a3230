"""What a manifest says of endpoints without a scope counts in a migration, too."""

from __future__ import annotations

import json

from okta_postman.migrate.run import to_manifest
from tests.support.manifests import ALBUMS, generated, manifest
from tests.support.migration import SSWS, collection, item, migrated, only
from tests.support.program import BASE


def test_a_request_to_a_public_endpoint_is_left() -> None:
    data = collection(item("{{url}}/api/v1/ours", SSWS))
    (after,) = migrated(data, text=f"{BASE}public: [GET /api/v1/ours]\n")
    assert only(json.loads(after.after or b"")) == only(data)


def test_a_request_that_any_token_is_enough_for_gets_one() -> None:
    data = collection(item("{{baseUrl}}/albums", SSWS))
    (after,) = migrated(data, text=ALBUMS)
    fields = only(json.loads(after.after or b""))["auth"]["oauth2"]
    assert {"key": "scope", "value": "", "type": "string"} in fields


def test_a_manifest_of_a_collection_lists_it_without_a_scope() -> None:
    data = collection(item("{{baseUrl}}/albums", SSWS))
    new, _ = to_manifest([("old.json", json.dumps(data).encode())], manifest(ALBUMS))
    assert new is not None
    assert "token_only:" in new.text
    assert list(generated(new.text))
