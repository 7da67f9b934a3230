"""Says in sentences what a JSON Schema validator found: one for each keyword."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from generator.description.findings import Findings
from generator.description.wording import listed, nearest
from generator.document.reader import Data, Path
from generator.document.scalars import spelled

_KINDS: Final = {
    "string": "a text",
    "boolean": "`true` or `false`",
    "object": "a mapping",
    "array": "a list",
}
_TEXT: Final = ["string", "number", "boolean", "null"]
_IN_A_MAP: Final = 2  # ("scopes", its key) and then the index of the endpoint


@dataclass(frozen=True)
class Violation:
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


class Parts:
    """The parts of a schema by the path of the data that they speak of."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema

    def at(self, path: Path) -> dict[str, Any]:
        """The part for a path; an empty one where the schema says nothing."""
        part = self._schema
        for step in path:
            inside = part.get("items") if isinstance(step, int) else self._property(part, step)
            part = self._resolved(inside or {})
        return part

    def example(self, path: Path) -> Data:
        """A value that would be right at a path."""
        return self.at(path).get("examples", [""])[0]

    def shown(self, path: Path) -> str:
        """The example as a sentence shows it."""
        return json.dumps(self.example(path)).strip('"')

    def meant(self, path: Path, key: str) -> str | None:
        """The key that an unknown key of a mapping was most likely to be."""
        return nearest(key, self.at(path).get("properties", {}))

    def _property(self, part: dict[str, Any], key: str) -> dict[str, Any] | None:
        known: dict[str, Any] = part.get("properties", {})
        return known.get(key) or part.get("additionalProperties") or None

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        name = part.get("$ref", "").rpartition("/")[2]
        found: dict[str, Any] = self._schema["definitions"][name] if name else part
        return found


class Keys:
    """Tells each violation, and keeps unknown and missing keys until a mapping's are all known."""

    def __init__(self, findings: Findings, parts: Parts) -> None:
        self._findings, self._parts = findings, parts
        self._unknown: dict[Path, list[str]] = {}
        self._missing: dict[Path, list[str]] = {}

    def add(self, violation: Violation) -> None:
        """Tell a violation now, or keep it."""
        if violation.keyword == "additionalProperties":
            self._unknown[violation.path] = violation.unknown_keys
        elif violation.keyword == "required":
            self._missing[violation.path] = violation.missing_keys
        else:
            sentence = _SENTENCES[violation.keyword]
            code, message, hint = sentence(self._findings, violation, self._parts)
            self._findings.add(code, violation.path, message, hint)

    def tell(self) -> None:
        """Tell what was kept; a misspelt key is unknown and missing, and is told once."""
        for path in {**self._unknown, **self._missing}:
            unknown, missing = self._unknown.get(path, []), self._missing.get(path, [])
            for key in unknown:
                if self._findings.holds_credential((*path, key)):
                    continue  # which is said already, and no suggestion fits
                message = f"`{key}` is not a key of {_where(path)}"
                self._findings.add_at_key("G001", (*path, key), message, self._hint(path, key))
            meant = {nearest(key, missing) for key in unknown}
            for key in missing:
                if key not in meant:
                    hint = f"add `{key}: {self._parts.shown((*path, key))}`"
                    message = f"{_where(path)} has no `{key}`"
                    self._findings.add_at_key("G002", path, message, hint)

    def _hint(self, path: Path, key: str) -> str:
        if path[:1] == ("scopes",) and " /" in key:
            return f"write `request: {key}`, and its other keys below"
        guess = self._parts.meant(path, key)
        allowed = self._parts.at(path).get("properties", {})
        return f"did you mean `{guess}`?" if guess else f"it has {listed(allowed)}"


_Told = tuple[str, str, str]


def _wrong_type(findings: Findings, violation: Violation, parts: Parts) -> _Told:
    kinds = violation.wanted
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    names = ["a text"] if kinds == _TEXT else [_KINDS[kind] for kind in kinds if kind in _KINDS]
    message = f"{_where(violation.path)} must be {' or '.join(names)}, not {_kind(violation.value)}"
    if violation.value is None:
        hint = "give it a value, or leave it out"
    elif "string" in kinds and not isinstance(violation.value, dict | list):
        hint = f'put quotes around it: "{findings.document.text(violation.path, violation.value)}"'
    elif parts.example(violation.path) != "":
        hint = f"write it like `{parts.shown(violation.path)}`"
    else:
        hint = f"write {' or '.join(names)}; `body` can hold the rest"
    return "G003", message, hint


def _not_a_choice(findings: Findings, violation: Violation, _parts: Parts) -> _Told:
    choices = [spelled(choice) for choice in violation.wanted]
    if isinstance(violation.value, dict | list):
        typed, shown = "", _kind(violation.value)
    else:
        typed = findings.document.text(violation.path, violation.value)
        shown = f"`{typed}`"
    guess = nearest(typed, choices)
    if typed in choices:
        hint = f"leave out the quotes: `{typed}`"
    else:
        hint = f"did you mean `{guess}`?" if guess else f"write {listed(choices, 'or')}"
    return "G004", f"{_where(violation.path)} cannot be {shown}", hint


def _wrong_form(_findings: Findings, violation: Violation, _parts: Parts) -> _Told:
    if violation.path[0] == "scopes":
        hint = "begin each endpoint with `- ` on a line of its own, or write the word `all`"
        return "G003", f"{_where(violation.path)} must be a list of endpoints", hint
    if violation.path[-1] == "id":
        hint = "use up to 64 letters, digits, `-` and `_`: it becomes part of file names"
    else:
        hint = "write `org`, `default`, or the id that Security > API shows in the Admin Console"
    return "G005", f"{_where(violation.path)} cannot be `{violation.value}`", hint


def _empty(_findings: Findings, violation: Violation, parts: Parts) -> _Told:
    return (
        "G006",
        f"{_where(violation.path)} is empty",
        f"write it like `{parts.shown(violation.path)}`",
    )


_SENTENCES: Final[dict[str, Callable[[Findings, Violation, Parts], _Told]]] = {
    "type": _wrong_type,
    "enum": _not_a_choice,
    "pattern": _wrong_form,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
}


def _where(path: Path) -> str:
    """How a sentence calls the value at a path."""
    if not path:
        return "the description"
    if path[0] == "scopes" and len(path) > _IN_A_MAP:
        inner = ".".join(map(str, path[_IN_A_MAP + 1 :]))
        return f"`{inner}` of an endpoint" if inner else "an endpoint"
    return f"`{'.'.join(map(str, path))}`"


def _kind(value: Data) -> str:
    if isinstance(value, bool):
        return _KINDS["boolean"]
    for kind, name in ((str, "string"), (dict, "object"), (list, "array")):
        if isinstance(value, kind):
            return _KINDS[name]
    return "nothing" if value is None else "a number"
