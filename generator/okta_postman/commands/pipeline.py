"""Calls the hops in order: a file becomes a description, and a description becomes artifacts."""

from __future__ import annotations

from okta_postman.compose.workspace import compose
from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.documents.document import load
from okta_postman.manifest.model import Manifest
from okta_postman.manifest.read import read
from okta_postman.manifest.rules.credentials import credentials_in
from okta_postman.okta.credentials import safe
from okta_postman.postman.formats import Artifact, artifacts
from okta_postman.problems import Checked, InvalidSource, Source, in_order
from okta_postman.review.collection import collection_inventory, is_collection
from okta_postman.review.inventory import NOTHING, Inventory, inventory


def check(name: str, data: bytes) -> tuple[Manifest | None, Checked]:
    """The description in a file, if it can be used, and everything found in it.

    What comes out is safe to show: credentials are masked in the source and in every sentence.
    """
    source = decode(name, data)
    try:
        refuse_other_encodings(source, data)
        manifest, problems = read(load(source))
    except InvalidSource as refused:
        # What is not YAML has not been read, and may hold a credential all the same.
        found = dict.fromkeys([*refused.problems, *credentials_in(source)])
        return None, safe(source, in_order(found))
    return manifest, safe(source, problems)


def generate(manifest: Manifest) -> tuple[Artifact, ...]:
    """The files of a manifest. Raises InternalError if an audit refuses them."""
    return artifacts(compose(manifest))


def inventory_of(name: str, data: bytes | None) -> tuple[Inventory | None, Checked]:
    """What a reviewer judges of a description or a collection, or of a file that is not there.

    The inventory is None where a description is refused; Raises UserError if JSON is no collection.
    """
    if data is None:
        return NOTHING, Checked(Source(name, ""), ())
    if is_collection(data):
        return collection_inventory(name, data), Checked(Source(name, ""), ())
    manifest, checked = check(name, data)
    return manifest and inventory(manifest), checked
