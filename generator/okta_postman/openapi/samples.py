"""Sample values of schemas: their examples, or values made from their keywords.

A sample is as small as its schema allows: an object has its required properties, or all of them if
none is required; properties that only the server writes are left out; cycles, deep levels and very
long samples are cut. A manifest takes a sample without credentials.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import LARGEST_EXPANSION, Data, is_deeper, length
from okta_postman.okta.credentials import find_credentials
from okta_postman.openapi.nodes import Documents, Node

DEEPEST: Final = 5
"""Levels of a sample; below them an object is empty."""

DEEPEST_OPTIONAL: Final = 3
"""Levels on which an object without required properties has all of them."""

DEEPEST_VALUE: Final = 50
"""Levels of an example; a manifest, where it is put four levels deep, has a hundred."""

LARGEST: Final = 400
"""Values of a sample; those after them are cut, since schemas can allow endless samples."""

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
    """The properties of an object, and the names of the required ones."""

    by_name: dict[str, Node]
    required: set[str]


class Sampler:
    """Makes samples of the schemas of some documents; `examples` tells whether to use theirs."""

    def __init__(self, documents: Documents, *, examples: bool) -> None:
        self._documents, self._examples = documents, examples
        self._known: dict[int, _Properties] = {}
        self._left = 0
        self._characters = LARGEST_EXPANSION

    def of_media(self, media: Node) -> Data:
        """A sample of a media type or a parameter: its example, or one made from its schema."""
        if self._examples:
            for example in (media.get("example"), *self._named_examples(media)):
                if example.data is not None and self._takes(example, example.data):
                    return example.data
        self._left = LARGEST
        return self._of(media.get("schema"))

    def _of(self, schema: Node, inside: tuple[int, ...] = ()) -> Data:
        """A sample of a schema; `inside` are the schemas around it, which end a cycle."""
        resolved = self._documents.resolve(schema)
        if resolved is None or not isinstance(resolved.data, dict) or id(resolved.data) in inside:
            return None
        keywords = resolved.data
        self._left -= 1
        # A default may be prose, as an example may.
        for key in ("const", *(("default", "example") if self._examples else ())):
            if keywords.get(key) is not None and self._takes(resolved.get(key), keywords[key]):
                return keywords[key]
        for key in (*(("examples",) if self._examples else ()), "enum"):
            values = keywords.get(key)
            if isinstance(values, list) and values and self._takes(resolved.get(key), values[0]):
                return values[0]
        deeper = (*inside, id(keywords))
        alternative = None if "properties" in keywords else self._alternative(resolved)
        if alternative:
            return self._of(alternative, deeper) if self._left > 0 else None
        return self._by_type(resolved, _type(keywords), deeper)

    def _takes(self, node: Node, value: Data) -> bool:
        """Whether a value of the document can be in a body; a problem if it cannot.

        Many operations can refer to one example, and all of them together have an end.
        """
        if not isinstance(value, dict | list | str):
            return True
        if is_deeper(value, DEEPEST_VALUE):
            message = f"the example has more than {DEEPEST_VALUE} levels"
        else:
            self._characters -= length(value)
            if self._characters >= 0:
                return True
            size = LARGEST_EXPANSION // 1024 // 1024
            message = f"the examples are more than {size} MB where they are used, together"
        self._documents.warn("O015", node, message, "the body is a sample of the schema instead")
        return False

    def _is_cut(self, inside: tuple[int, ...]) -> bool:
        """Whether to leave a list or an object empty."""
        return len(inside) > DEEPEST or self._left <= 0

    def _alternative(self, schema: Node) -> Node | None:
        """The schema to use instead: the first that is not null, or a simple type of `allOf`."""
        for key in ("oneOf", "anyOf"):
            alternatives = [part for part in schema.get(key).entries() if not _is_null(part)]
            if alternatives:
                return alternatives[0]
        parts = [self._documents.resolve(part) for part in schema.get("allOf").entries()]
        kinds = [_type(part.data) for part in parts if part and isinstance(part.data, dict)]
        simple = [kind for kind in kinds if kind not in ("object", "")]
        return parts[kinds.index(simple[0])] if simple and len(kinds) == len(parts) else None

    def _named_examples(self, media: Node) -> list[Node]:
        examples = [self._documents.resolve(node) for _, node in media.get("examples").pairs()]
        return [example.get("value") for example in examples if example]

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
        writable = {name: node for name, node in properties.items() if not _is_read_only(node)}
        names = [name for name in writable if name in required]
        if not names and len(inside) <= DEEPEST_OPTIONAL:
            names = [name for name, node in writable.items() if not node.data.get("deprecated")]
        samples = {name: self._of(properties[name], inside) for name in names}
        return {name: value for name, value in samples.items() if value is not None}

    def _properties(self, schema: Node) -> _Properties:
        """The properties of an object and of its `allOf`, collected once for each schema."""
        known = self._known.get(id(schema.data))
        if known is None:
            known = self._known[id(schema.data)] = _Properties({}, set())
            for part in self._parts(schema):
                for name, node in part.get("properties").pairs():
                    resolved = self._documents.resolve(node)
                    if resolved and isinstance(resolved.data, dict):
                        known.by_name[name] = resolved
                names = [entry.data for entry in part.get("required").entries()]
                known.required.update(name for name in names if isinstance(name, str))
        return known

    def _parts(self, schema: Node) -> list[Node]:
        """The parts of a schema's `allOf` and theirs, then the schema, each of them once."""
        parts: list[Node] = []
        seen: set[int] = set()
        waiting = [(schema, False)]
        while waiting:
            part, is_complete = waiting.pop()
            if is_complete:
                parts.append(part)
            elif id(part.data) not in seen:
                seen.add(id(part.data))
                waiting.append((part, True))
                for node in reversed([*part.get("allOf").entries()]):
                    inner = self._documents.resolve(node)
                    if inner and isinstance(inner.data, dict):
                        waiting.append((inner, False))
        return parts


def _type(keywords: dict[str, Any]) -> str:
    """The type of a schema; 3.1 allows several, and many documents leave it out."""
    kind = keywords.get("type")
    if isinstance(kind, list):
        kind = next((name for name in kind if name != "null"), "null")
    if isinstance(kind, str):
        return kind
    if keywords.keys() & {"properties", "allOf", "additionalProperties"}:
        return "object"
    return "array" if "items" in keywords else ""


def _is_null(schema: Node) -> bool:
    return isinstance(schema.data, dict) and schema.data.get("type") == "null"


def _is_read_only(schema: Node) -> bool:
    return schema.data.get("readOnly") is True


def without_credentials(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any JSON
    """A sample with an empty string for each credential, and without double braces.

    `key` is the key that the value belongs to: a string can be a credential because of its key.
    """
    if isinstance(value, dict):
        return {_unbraced(name): without_credentials(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_credentials(entry, key) for entry in value]
    if not isinstance(value, str):
        return value
    is_credential = any(find_credentials(value)) or any(find_credentials(f'"{key}": "{value}"'))
    return "" if is_credential else _unbraced(value)


def _unbraced(text: str) -> str:
    # Postman has no escape for double braces: it would look for a variable of that name.
    return text.replace("{{", "{ {").replace("}}", "} }")
