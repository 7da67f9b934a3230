"""A workspace in format v2.1.0."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from tests.support.manifests import collection, only_request
from tests.support.program import BASE
from tests.support.samples import COLLECTIONS, ROOT

POSTMANS_SCHEMA = ROOT.parent / "shared" / "data" / "postman-collection-2.1.0.schema.json"


@pytest.mark.skipif(not POSTMANS_SCHEMA.exists(), reason="Postman's schema is not at hand")
@pytest.mark.parametrize(
    "name", sorted(path.name for path in COLLECTIONS.glob("*.postman_collection.json"))
)
def test_postmans_own_schema_accepts_every_sample(name: str) -> None:
    schema = json.loads(POSTMANS_SCHEMA.read_text(encoding="utf-8"))
    data = json.loads((COLLECTIONS / name).read_text(encoding="utf-8"))
    jsonschema_rs.validate(schema, data)


def test_keys_stand_in_the_order_in_which_postman_shows_them() -> None:
    made = collection(BASE)
    assert list(made) == ["info", "item", "event", "variable"]
    assert list(made["info"]) == ["_postman_id", "name", "description", "schema"]
    assert [field["key"] for field in only_request(BASE)["auth"]["oauth2"]] == [
        "tokenName",
        "grant_type",
        "authUrl",
        "accessTokenUrl",
        "redirect_uri",
        "useBrowser",
        "clientId",
        "scope",
        "state",
        "challengeAlgorithm",
        "code_verifier",
        "client_authentication",
        "addTokenTo",
        "headerPrefix",
        "accessToken",
    ]
