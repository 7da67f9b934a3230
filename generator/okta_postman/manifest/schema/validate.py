"""The shape of a description: a JSON Schema, and a quick yes or no."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any, Final

import jsonschema_rs

from okta_postman.documents.data import Data

SCHEMA_FILE: Final = "okta-postman.schema.json"


def schema_text() -> str:
    """The JSON Schema of the description, as it ships with the program."""
    return resources.files("okta_postman.manifest.schema").joinpath(SCHEMA_FILE).read_text("utf-8")


@functools.cache
def schema() -> dict[str, Any]:
    """The JSON Schema of the description."""
    loaded: dict[str, Any] = json.loads(schema_text())
    return loaded


def fits(data: Data) -> bool:
    """Whether data has the shape of a description; the quick answer, without reasons."""
    return bool(jsonschema_rs.Draft7Validator(schema()).is_valid(data))
