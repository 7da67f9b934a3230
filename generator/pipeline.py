"""Calls the hops in order: a file becomes a description, and a description becomes artifacts."""

from __future__ import annotations

from generator.artifact import Artifact, json_text
from generator.compose.workspace import compose
from generator.description.read import credentials_in, read
from generator.document.decode import decode, refuse_other_encodings
from generator.document.load import load
from generator.model import Description
from generator.okta.credentials import safe
from generator.postman.audit import audit
from generator.postman.collection_v2 import spell_collection
from generator.postman.environment import spell_environment
from generator.problems import Checked, Refused, Source, in_order
from generator.review.collection import collection_inventory, is_collection
from generator.review.inventory import NOTHING, Inventory, inventory


def check(name: str, data: bytes) -> tuple[Description | None, Checked]:
    """The description in a file, if it can be used, and everything found in it.

    What comes out is safe to show: credentials are masked in the source and in every sentence.
    """
    source = decode(name, data)
    try:
        refuse_other_encodings(source, data)
        description, problems = read(load(source))
    except Refused as refused:
        # What is not YAML has not been read, and may hold a credential all the same.
        found = dict.fromkeys([*refused.problems, *credentials_in(source)])
        return None, safe(source, in_order(found))
    return description, safe(source, problems)


def generate(description: Description) -> tuple[Artifact, ...]:
    """The files of a description: the collection, then its environments.

    Raises Defect if the audit refuses them.
    """
    workspace = compose(description)
    collection = spell_collection(workspace.collection)
    environments = [spell_environment(environment) for environment in workspace.environments]
    audit(collection, environments)
    files = [(workspace.collection.file, workspace.collection.id, collection)]
    for environment, spelled in zip(workspace.environments, environments, strict=True):
        files.append((environment.file, environment.id, spelled))
    return tuple(Artifact(name, json_text(data), file_id) for name, file_id, data in files)


def inventory_of(name: str, data: bytes | None) -> tuple[Inventory | None, Checked]:
    """What a reviewer judges of a description or a collection, or of a file that is not there.

    The inventory is None where a description is refused; Raises Unusable if JSON is no collection.
    """
    if data is None:
        return NOTHING, Checked(Source(name, ""), ())
    if is_collection(data):
        return collection_inventory(name, data), Checked(Source(name, ""), ())
    description, checked = check(name, data)
    return description and inventory(description), checked
