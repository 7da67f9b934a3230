"""Says in sentences what a JSON Schema validator found: one for each keyword."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.documents.scalars import scalar_text
from okta_postman.manifest.names import slug
from okta_postman.manifest.schema.lookup import Parts
from okta_postman.wording import listed, nearest

_KINDS: Final = {
    "string": "a text",
    "boolean": "`true` or `false`",
    "object": "a mapping",
    "array": "a list",
}
_TEXT: Final = ["string", "number", "boolean", "null"]
_IN_A_MAP: Final = 2  # ("scopes", its key) and then the index of the endpoint
_LIST_ENDPOINTS: Final = "begin each endpoint with `- `: `- GET /api/v1/users`"


class Violation(NamedTuple):
    """A keyword of the schema that the value at a path violates."""

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


class Told(NamedTuple):
    """A problem without its place."""

    code: str
    message: str
    hint: str


def sentence(document: Document, violation: Violation, parts: Parts) -> Told:
    """What is wrong with a value, and what to write instead."""
    if violation.path[:1] == ("scopes",) and len(violation.path) == _IN_A_MAP:
        return _no_endpoints(document, violation)
    return _SENTENCES[violation.keyword](document, violation, parts)


def _no_endpoints(document: Document, violation: Violation) -> Told:
    name = where(violation.path)
    if violation.value in (None, []):
        return Told("G006", f"{name} has no endpoints", _LIST_ENDPOINTS)
    hint = _LIST_ENDPOINTS
    if isinstance(violation.value, str) and violation.value.strip().lower() == "all":
        hint = "write `all`, in small letters"
    message = f"{name} must be a list of endpoints, not {_shown(document, violation)}"
    return Told("G003", message, hint)


def _wrong_type(document: Document, violation: Violation, parts: Parts) -> Told:
    wanted = violation.wanted
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    names = ["a text"] if kinds == _TEXT else [_KINDS[kind] for kind in kinds if kind in _KINDS]
    message = f"{where(violation.path)} must be {' or '.join(names)}, not {_kind(violation.value)}"
    return Told("G003", message, _hint_for_type(document, violation, parts, kinds))


def _hint_for_type(document: Document, violation: Violation, parts: Parts, kinds: list[str]) -> str:
    value, example = violation.value, parts.shown(violation.path)
    if kinds == ["boolean"] and not isinstance(value, dict | list):
        typed = document.text(violation.path, value).strip().lower()
        return f"write `{'true' if typed in _YES else 'false'}`, without quotes"
    if kinds == _TEXT and isinstance(value, list):
        return f"write one text: `{','.join(map(str, value))}`"
    if "string" in kinds and value is not None and not isinstance(value, dict | list):
        return f'put quotes around it: "{document.text(violation.path, value)}"'
    return f"write it like `{example}`" if example else "give it a value, or leave it out"


_YES: Final = frozenset(("true", "yes", "on", "y", "1"))


def _not_a_choice(document: Document, violation: Violation, _parts: Parts) -> Told:
    choices = [scalar_text(choice) for choice in violation.wanted]
    shown = _shown(document, violation)
    typed = shown.strip("`")
    guess = _TYPE_CALLED.get(typed.lower()) or nearest(typed, choices)
    if typed in choices:
        shown, hint = f"the text {shown}", f"leave out the quotes: `{typed}`"
    else:
        hint = f"did you mean `{guess}`?" if guess else f"write {listed(choices, 'or')}"
    return Told("G004", f"{where(violation.path)} cannot be {shown}", hint)


_TYPE_CALLED: Final = {"spa": "browser", "single-page": "browser", "desktop": "native"}
"""What Okta's pages call an app's type, and what its API and this file call it."""


def _wrong_form(document: Document, violation: Violation, _parts: Parts) -> Told:
    hint = "write `org`, `default`, or the id that Security > API shows in the Admin Console"
    if violation.path[-1] == "id":
        rule = (
            "an id has up to 64 letters, digits, `-` and `_`, and begins with one of the first two"
        )
        made = slug(violation.value).replace(".", "-")
        hint = f"write `{made}`: {rule}" if made else rule
    message = f"{where(violation.path)} cannot be {_shown(document, violation)}"
    return Told("G005", message, hint)


def _empty(_document: Document, violation: Violation, parts: Parts) -> Told:
    hint = f"write it like `{parts.shown(violation.path)}`"
    return Told("G006", f"{where(violation.path)} is empty", hint)


_SENTENCES: Final[dict[str, Callable[[Document, Violation, Parts], Told]]] = {
    "type": _wrong_type,
    "enum": _not_a_choice,
    "pattern": _wrong_form,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
}


def where(path: Path) -> str:
    """How a sentence calls the value at a path."""
    if not path:
        return "the description"
    if path[0] == "scopes" and len(path) > _IN_A_MAP:
        inner = ".".join(map(str, path[_IN_A_MAP + 1 :]))
        return f"`{inner}` of an endpoint" if inner else "an endpoint"
    if isinstance(path[-1], int):
        return f"an entry of `{'.'.join(map(str, path[:-1]))}`"
    return f"`{'.'.join(map(str, path))}`"


def _shown(document: Document, violation: Violation) -> str:
    """A value as a sentence quotes it."""
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
    return "nothing" if value is None else "a number"
