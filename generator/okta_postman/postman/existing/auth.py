"""The auth that a collection, a folder or a request has of its own.

Source: schema.getpostman.com/json/collection, v2.1.0 and v2.0.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.postman.existing.shapes import elements, part, text


class Auth(NamedTuple):
    """The type of auth, its parameters, and where it and each of them is in the data."""

    path: Path
    type: str
    parameters: Mapping[str, Data]
    paths: Mapping[str, Path]


class Holder(NamedTuple):
    """What may have auth for itself and for everything in it; most have none."""

    path: Path
    name: str
    auth: Auth | None


def own_auth(data: Data, path: Path) -> Auth | None:
    """The auth of the object at a path; without a type it inherits, as if there were none."""
    auth = part(data, "auth")
    kind = text(part(auth, "type"))
    if not kind:
        return None
    path = (*path, "auth")
    listed = part(auth, kind)
    if isinstance(listed, dict):  # format v2.0.0
        return Auth(path, kind, listed, {key: (*path, kind, key) for key in listed})
    pairs = {
        text(part(pair, "key")): (index, pair["value"])
        for index, pair in enumerate(elements(listed))
        if isinstance(pair, dict) and "value" in pair
    }
    return Auth(
        path,
        kind,
        {key: value for key, (_, value) in pairs.items()},
        {key: (*path, kind, index, "value") for key, (index, _) in pairs.items()},
    )


def pairs(parameters: Mapping[str, Data]) -> list[dict[str, Data]]:
    """The parameters of format v2.0.0 as format v2.1.0 lists them."""
    return [{"key": key, "value": value, "type": _type(value)} for key, value in parameters.items()]


def _type(value: Data) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "any"
