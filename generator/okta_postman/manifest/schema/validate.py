"""The shape of a manifest: a JSON Schema, and whether data fits it."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any, Final, TypeGuard

import jsonschema_rs

from okta_postman.documents.data import Data
from okta_postman.manifest.schema.types import ManifestKeys

SCHEMA_FILE: Final = "okta-postman.schema.json"


def schema_text() -> str:
    """The JSON Schema of a manifest, as it ships with the program."""
    return resources.files("okta_postman.manifest.schema").joinpath(SCHEMA_FILE).read_text("utf-8")


@functools.cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    loaded: dict[str, Any] = json.loads(schema_text())
    return loaded


def fits(data: Data) -> TypeGuard[ManifestKeys]:
    """Whether data has the shape of a manifest: a quick answer, without reasons."""
    return bool(jsonschema_rs.Draft7Validator(schema()).is_valid(data))
