"""The types of a manifest are those of its JSON Schema."""

from __future__ import annotations

import types as builtin
import typing
from typing import Any, NotRequired

import pytest

from okta_postman.manifest.schema import types
from okta_postman.manifest.schema.validate import schema

DEFINITIONS: dict[str, Any] = schema()["definitions"]
TYPES = {
    types.ManifestKeys: schema(),
    types.LayoutKeys: schema()["properties"]["collection"],
    types.ServerUrls: DEFINITIONS["authorization_server"],
    types.AppKeys: DEFINITIONS["app"],
    types.EnvironmentKeys: DEFINITIONS["environment"],
    types.EntryKeys: DEFINITIONS["endpoint"],
}
JSON_TYPES: dict[Any, set[str]] = {
    str: {"string"},
    int: {"number"},
    float: {"number"},
    bool: {"boolean"},
    type(None): {"null"},
    list: {"array"},
    dict: {"object"},
}


def json_types(annotation: Any) -> set[str]:  # noqa: ANN401 - any annotation
    """The names that JSON Schema has for the types of an annotation."""
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, builtin.UnionType):
        return set[str]().union(*map(json_types, typing.get_args(annotation)))
    if origin is typing.Literal:
        return set[str]().union(*(JSON_TYPES[type(each)] for each in typing.get_args(annotation)))
    return {"object"} if typing.is_typeddict(annotation) else JSON_TYPES[origin or annotation]


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    return DEFINITIONS[name] if name else part


def allowed(part: dict[str, Any]) -> set[str]:
    """The types that a part of the schema allows."""
    if "enum" in part:
        return set[str]().union(*(JSON_TYPES[type(each)] for each in part["enum"]))
    kinds = part["type"]
    return {kinds} if isinstance(kinds, str) else set(kinds)


@pytest.mark.parametrize("keys", TYPES, ids=lambda keys: keys.__name__)
def test_the_keys_of_a_type_are_those_of_the_schema(keys: Any) -> None:  # noqa: ANN401
    part = TYPES[keys]
    hints = typing.get_type_hints(keys, include_extras=True)
    optional = {key for key, hint in hints.items() if typing.get_origin(hint) is NotRequired}
    assert set(hints) == set(part["properties"])
    assert set(hints) - optional == set(part.get("required", ()))


@pytest.mark.parametrize("keys", TYPES, ids=lambda keys: keys.__name__)
def test_the_values_of_a_type_are_those_of_the_schema(keys: Any) -> None:  # noqa: ANN401
    for key, annotation in typing.get_type_hints(keys).items():
        part = resolved(TYPES[keys]["properties"][key])
        if annotation is not Any:
            assert json_types(annotation) == allowed(part), key
        else:
            assert "type" not in part
