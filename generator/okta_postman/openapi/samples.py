"""Sample values: what a schema allows, made from its examples or from its own words.

A sample is as small as the schema lets it be: an object has its required properties, or all of them
where none is required; what only the server writes is left out; cycles, depth and what would be
far too long for a person are cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Data
from okta_postman.openapi.nodes import Documents, Node

DEEPEST: Final = 5
"""Levels of a sample; beyond them an object is empty."""

DEEPEST_OPTIONAL: Final = 3
"""Levels on which an object that requires nothing shows what it may have."""

LARGEST: Final = 400
"""Values of a sample; those after them are cut, as what schemas allow can be endless."""

# Source: OpenAPI 3.1.1, 4.4 and its format registry.
_FORMATS: Final[Mapping[str, str]] = {
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    "email": "ada@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "00:00:00Z",
    "uri": "https://example.com",
    "url": "https://example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
_SIMPLE: Final[Mapping[str, Data]] = {
    "string": "string",
    "boolean": False,
    "integer": 0,
    "number": 0,
    "null": None,
}


class _Properties(NamedTuple):
    """The properties of an object, and the names of those that it requires."""

    by_name: dict[str, Node]
    required: set[str]


class Sampler:
    """Makes samples of the schemas of some documents, with or without the examples in them."""

    def __init__(self, documents: Documents, *, examples: bool) -> None:
        self._documents, self._examples = documents, examples
        self._known: dict[int, _Properties] = {}
        self._left = 0

    def of_media(self, media: Node) -> Data:
        """A sample of a media type or a parameter: its example, or one of its schema."""
        if self._examples:
            for example in (media.get("example"), *self._named_examples(media)):
                if example.data is not None:
                    return example.data
        self._left = LARGEST
        return self._of(media.get("schema"))

    def _of(self, schema: Node, inside: tuple[int, ...] = ()) -> Data:
        """A sample of a schema; `inside` are the schemas around it, so that none holds itself."""
        found = self._documents.resolve(schema)
        if found is None or not isinstance(found.data, dict) or id(found.data) in inside:
            return None
        said = found.data
        self._left -= 1
        # A default may be prose too.
        for key in ("const", *(("default", "example") if self._examples else ())):
            if said.get(key) is not None:
                return said[key]
        listed = said.get("examples")
        if self._examples and isinstance(listed, list) and listed:
            return listed[0]
        if isinstance(said.get("enum"), list) and said["enum"]:
            return said["enum"][0]
        deeper = (*inside, id(said))
        chosen = None if "properties" in said else self._choice(found)
        if chosen:
            return self._of(chosen, deeper) if self._left > 0 else None
        return self._by_type(found, _type(said), deeper)

    def _is_cut(self, inside: tuple[int, ...]) -> bool:
        """Whether a list or an object is to be empty."""
        return len(inside) > DEEPEST or self._left <= 0

    def _choice(self, schema: Node) -> Node | None:
        """The part that says what a schema is, where it does not say so itself."""
        for key in ("oneOf", "anyOf"):
            choices = [each for each in schema.get(key).entries() if not _is_null(each)]
            if choices:
                return choices[0]
        parts = [self._documents.resolve(each) for each in schema.get("allOf").entries()]
        kinds = [_type(part.data) for part in parts if part and isinstance(part.data, dict)]
        simple = [kind for kind in kinds if kind not in ("object", "")]
        return parts[kinds.index(simple[0])] if simple and len(kinds) == len(parts) else None

    def _named_examples(self, media: Node) -> list[Node]:
        named = [self._documents.resolve(each) for _, each in media.get("examples").pairs()]
        return [each.get("value") for each in named if each]

    def _by_type(self, schema: Node, kind: str, inside: tuple[int, ...]) -> Data:
        if kind == "object":
            return self._object(schema, inside)
        if kind == "array":
            item = None if self._is_cut(inside) else self._of(schema.get("items"), inside)
            return [] if item is None else [item]
        if kind == "string":
            return _FORMATS.get(schema.text("format"), _SIMPLE["string"])
        minimum = schema.data.get("minimum")
        if kind in ("integer", "number") and isinstance(minimum, int | float) and minimum > 0:
            return minimum
        return _SIMPLE.get(kind)

    def _object(self, schema: Node, inside: tuple[int, ...]) -> Data:
        if self._is_cut(inside):
            return {}
        properties, required = self._properties(schema)
        writable = {name: each for name, each in properties.items() if not _is_read_only(each)}
        names = [name for name in writable if name in required]
        if not names and len(inside) <= DEEPEST_OPTIONAL:
            names = [name for name, each in writable.items() if not each.data.get("deprecated")]
        samples = {name: self._of(properties[name], inside) for name in names}
        return {name: value for name, value in samples.items() if value is not None}

    def _properties(self, schema: Node) -> _Properties:
        """The properties of an object, those of its `allOf` included; found once for a schema."""
        known = self._known.get(id(schema.data))
        if known is None:
            known = self._known[id(schema.data)] = _Properties({}, set())
            for part in self._parts(schema):
                for name, each in part.get("properties").pairs():
                    found = self._documents.resolve(each)
                    if found and isinstance(found.data, dict):
                        known.by_name[name] = found
                required = part.get("required").entries()
                known.required.update(each.data for each in required if _is_text(each))
        return known

    def _parts(self, schema: Node) -> list[Node]:
        """A schema after the parts of its `allOf` and theirs, each of them once."""
        found: list[Node] = []
        seen: set[int] = set()
        waiting = [(schema, False)]
        while waiting:
            part, is_complete = waiting.pop()
            if is_complete:
                found.append(part)
            elif id(part.data) not in seen:
                seen.add(id(part.data))
                waiting.append((part, True))
                inner = [self._documents.resolve(each) for each in part.get("allOf").entries()]
                waiting += [
                    (each, False)
                    for each in reversed(inner)
                    if each and isinstance(each.data, dict)
                ]
        return found


def _type(said: dict[str, Any]) -> str:
    """The type of a schema; 3.1 lists several, and many people leave it out."""
    kind = said.get("type")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    if isinstance(kind, str):
        return kind
    if said.keys() & {"properties", "allOf", "additionalProperties"}:
        return "object"
    return "array" if "items" in said else ""


def _is_text(node: Node) -> bool:
    return isinstance(node.data, str)


def _is_null(schema: Node) -> bool:
    return isinstance(schema.data, dict) and schema.data.get("type") == "null"


def _is_read_only(schema: Node) -> bool:
    return schema.data.get("readOnly") is True
