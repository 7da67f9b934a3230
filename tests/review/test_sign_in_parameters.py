"""Changes of the parameters that a manifest adds to the authorization request."""

from __future__ import annotations

import json

from okta_postman.review.collection import collection_inventory
from okta_postman.review.compare import compare
from okta_postman.review.inventory import inventory
from tests.support.manifests import COLLECTION, generated, manifest
from tests.support.program import BASE

ADDED = f"{BASE}sign_in_parameters: {{idp: 0oaidp, prompt: ''}}\n"


def test_another_value_is_a_change_of_the_environment() -> None:
    changes = compare(inventory(manifest(BASE)), inventory(manifest(ADDED)))
    ((change,),) = (connection.fields for connection in changes.connections)
    assert change.field.label == "sign-in parameters"
    assert (change.before, change.after) == ((), ("idp=0oaidp",))
    assert changes.broader_access


def test_a_collection_has_those_of_its_manifest() -> None:
    text = ADDED + "environments: {a: {sign_in_parameters: {idp: x}}, b: {}}\n"
    data = json.dumps(generated(text)[COLLECTION]).encode()
    (connection,) = collection_inventory("a.json", data).connections
    assert connection.sign_in_parameters == ("idp=x",)
    assert inventory(manifest(text)).connections[0].sign_in_parameters == ("idp=x",)
