"""Messages for what a JSON Schema validator found: one for each keyword."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.documents.scalars import scalar_text
from okta_postman.manifest.names import slug
from okta_postman.manifest.schema.lookup import SchemaLookup
from okta_postman.manifest.schema.types import UNSCOPED, entry_path
from okta_postman.wording import listed, nearest

INIT: Final = "`okta-postman init` writes a manifest to begin with"

_KINDS: Final = {
    "string": "a string",
    "boolean": "`true` or `false`",
    "object": "a mapping",
    "array": "a list",
}
_TEXT: Final = ["string", "number", "boolean", "null"]
_LIST_ENDPOINTS: Final = "begin each endpoint with `- `: `- GET /api/v1/users`"
_TRUE: Final = frozenset(("true", "yes", "on", "y", "1"))
_APP_TYPES: Final = {"spa": "browser", "single-page": "browser", "desktop": "native"}
"""What Okta's pages call an app's type, and what its API and a manifest call it."""


class Violation(NamedTuple):
    """A keyword of the schema that the value at a path violates; `wanted` is what it says."""

    path: Path
    keyword: str
    wanted: Any
    value: Data
    schema: dict[str, Any]

    @property
    def unknown_keys(self) -> list[str]:
        """What `additionalProperties` does not allow."""
        return [key for key in self.value if key not in self.schema.get("properties", {})]

    @property
    def missing_keys(self) -> list[str]:
        """What `required` misses."""
        return [key for key in self.wanted if key not in self.value]


class Message(NamedTuple):
    """A problem without its place."""

    code: str
    text: str
    hint: str


def message_of(document: Document, violation: Violation, lookup: SchemaLookup) -> Message:
    """What is wrong with a value, and what to write instead."""
    if entry_path((*violation.path, 0)) == (*violation.path, 0):
        return _no_endpoints(document, violation)
    return _MESSAGES[violation.keyword](document, violation, lookup)


def _no_endpoints(document: Document, violation: Violation) -> Message:
    name = name_of(violation.path)
    if violation.value in (None, []):
        return Message("G006", f"{name} has no endpoints", _LIST_ENDPOINTS)
    hint = _LIST_ENDPOINTS
    if isinstance(violation.value, str) and violation.value.strip().lower() == "all":
        in_map = violation.path[0] not in UNSCOPED
        hint = "write `all` in lower case" if in_map else f"`all` is for scopes; {hint}"
    text = f"{name} must be a list of endpoints, not {_shown(document, violation)}"
    return Message("G003", text, hint)


def _wrong_type(document: Document, violation: Violation, lookup: SchemaLookup) -> Message:
    wanted = violation.wanted
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    names = (
        [_KINDS["string"]] if kinds == _TEXT else [_KINDS[kind] for kind in kinds if kind in _KINDS]
    )
    text = f"{name_of(violation.path)} must be {' or '.join(names)}, not {_kind(violation.value)}"
    return Message("G003", text, _hint_for_type(document, violation, lookup, kinds))


def _hint_for_type(
    document: Document, violation: Violation, lookup: SchemaLookup, kinds: list[str]
) -> str:
    value, example = violation.value, lookup.example_text(violation.path)
    if kinds == ["boolean"] and not isinstance(value, dict | list):
        typed = document.text(violation.path, value).strip().lower()
        return f"write `{'true' if typed in _TRUE else 'false'}`, without quotes"
    if kinds == _TEXT and isinstance(value, list):
        return f"write one string: `{','.join(map(str, value))}`"
    if "string" in kinds and value is not None and not isinstance(value, dict | list):
        return f'put quotes around it: "{document.text(violation.path, value)}"'
    return f"write it like `{example}`" if example else INIT


def _not_a_choice(document: Document, violation: Violation, _lookup: SchemaLookup) -> Message:
    choices = [scalar_text(choice) for choice in violation.wanted]
    shown = _shown(document, violation)
    typed = shown.strip("`")
    guess = _APP_TYPES.get(typed.lower()) or nearest(typed, choices)
    if typed in choices:
        shown, hint = f"the string {shown}", f"remove the quotes: `{typed}`"
    else:
        hint = f"did you mean `{guess}`?" if guess else f"write {listed(choices, 'or')}"
    return Message("G004", f"{name_of(violation.path)} can't be {shown}", hint)


def _wrong_form(document: Document, violation: Violation, _lookup: SchemaLookup) -> Message:
    hint = "write `org`, `default`, or the ID shown under Security > API in the Admin Console"
    if violation.path[-1] == "id":
        rule = (
            "an ID has at most 64 letters, digits, `-` and `_`, and begins with a letter or digit"
        )
        dashed = slug(violation.value).replace(".", "-")
        hint = f"write `{dashed}`: {rule}" if dashed else rule
    text = f"{name_of(violation.path)} can't be {_shown(document, violation)}"
    return Message("G005", text, hint)


def _empty(_document: Document, violation: Violation, lookup: SchemaLookup) -> Message:
    hint = f"write it like `{lookup.example_text(violation.path)}`"
    return Message("G006", f"{name_of(violation.path)} is empty", hint)


def _too_many(_document: Document, violation: Violation, _lookup: SchemaLookup) -> Message:
    """Every environment has every variable: a bound for both is one for what is generated."""
    text = f"{name_of(violation.path)} has {len(violation.value):,} entries"
    return Message("G008", text, f"write several manifests, each with at most {violation.wanted:,}")


_MESSAGES: Final[dict[str, Callable[[Document, Violation, SchemaLookup], Message]]] = {
    "type": _wrong_type,
    "enum": _not_a_choice,
    "pattern": _wrong_form,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "maxProperties": _too_many,
}


def name_of(path: Path) -> str:
    """What a message calls the value at a path."""
    if not path:
        return "the manifest"
    entry = entry_path(path)
    if entry:
        inner = ".".join(map(str, path[len(entry) :]))
        return f"`{inner}` of an endpoint" if inner else "an endpoint"
    if isinstance(path[-1], int):
        return f"an entry of `{'.'.join(map(str, path[:-1]))}`"
    return f"`{'.'.join(map(str, path))}`"


def _shown(document: Document, violation: Violation) -> str:
    """A value as a message quotes it."""
    if isinstance(violation.value, dict | list):
        return _kind(violation.value)
    typed = document.text(violation.path, violation.value)
    return f"`{typed}`" if typed else "empty"


def _kind(value: Data) -> str:
    if isinstance(value, bool):
        return _KINDS["boolean"]
    for kind, name in ((str, "string"), (dict, "object"), (list, "array")):
        if isinstance(value, kind):
            return _KINDS[name]
    return "empty" if value is None else "a number"
