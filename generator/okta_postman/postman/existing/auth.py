"""The auth that a collection, a folder or a request has of its own.

Source: schema.getpostman.com/json/collection, v2.1.0 and v2.0.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.postman.existing.shapes import elements, part, text


class Auth(NamedTuple):
    """The type of auth, its parameters, and its path in the data.

    In format v2.1.0 parameters are a list, in which each has one of the `positions`.
    """

    path: Path
    type: str
    parameters: Mapping[str, Data]
    positions: Mapping[str, int]

    def path_of(self, key: str) -> Path:
        """The path of the value of a parameter, or of all auth if there is none."""
        if key in self.positions:
            return (*self.path, self.type, self.positions[key], "value")
        return (*self.path, self.type, key) if key in self.parameters else self.path


class Holder(NamedTuple):
    """What may have auth for itself and for everything in it; most have none."""

    path: Path
    name: str
    auth: Auth | None


def holder_of(data: Data, path: Path) -> Holder:
    """The folder, or another item with auth of its own, at a path."""
    return Holder(path, text(part(data, "name")), own_auth(data, path))


def own_auth(data: Data, path: Path) -> Auth | None:
    """The auth of the object at a path; without a type it inherits, as if there were none."""
    auth = part(data, "auth")
    kind = text(part(auth, "type"))
    if not kind:
        return None
    path = (*path, "auth")
    listed = part(auth, kind)
    if isinstance(listed, dict):  # format v2.0.0
        return Auth(path, kind, listed, {})
    parameters, positions = {}, {}
    for index, pair in enumerate(elements(listed)):
        if isinstance(pair, dict) and "value" in pair:
            key = text(pair.get("key"))
            parameters[key], positions[key] = pair["value"], index
    return Auth(path, kind, parameters, positions)


def pairs(parameters: Mapping[str, Data]) -> list[dict[str, Data]]:
    """The parameters of format v2.0.0 as format v2.1.0 lists them."""
    return [{"key": key, "value": value, "type": _type(value)} for key, value in parameters.items()]


def _type(value: Data) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "any"
