"""The grammar, asked by the path of the data: what may stand there, and what was meant."""

from __future__ import annotations

from typing import Any, Final

from okta_postman.documents.data import Data, Path
from okta_postman.documents.scalars import scalar_text
from okta_postman.wording import nearest

_CALLED: Final = {
    "domain": "org",
    "okta_domain": "org",
    "url": "org",
    "org_url": "org",
    "base_url": "org",
    "issuer": "authorization_server",
    "callback": "redirect_uri",
    "callback_url": "redirect_uri",
    "redirect": "redirect_uri",
    "endpoints": "scopes",
    "requests": "scopes",
    "title": "name",
    "params": "query",
    "json": "body",
    "payload": "body",
    "data": "body",
}
"""What other tools call a key, and what it is called here."""


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

    def keys(self, path: Path) -> list[str]:
        """The keys that a mapping may have."""
        return list(self.at(path).get("properties", {}))

    def example(self, path: Path) -> Data:
        """A value that would be right at a path."""
        return self.at(path).get("examples", [""])[0]

    def shown(self, path: Path) -> str:
        """The example as a sentence shows it."""
        return in_yaml(self.example(path))

    def meant(self, path: Path, key: str) -> list[Path]:
        """Where an unknown key of a mapping was most likely meant to stand: one path, or none."""
        called = _CALLED.get(key.lower().replace("-", "_"))
        allowed = self.keys(path)
        near = called if called in allowed else nearest(key, allowed)
        if key not in self.keys(("app",)) and near:
            return [(*path, near)]
        top: Path = () if path[:1] != ("environments",) else path[:2]
        if path == top and key in self.keys((*top, "app")):
            return [(*top, "app", key)]
        if path == top and "collection" in allowed and key in self.keys(("collection",)):
            return [("collection", key)]
        return [("scopes",)] if path == () and key.startswith("okta.") else []

    def _property(self, part: dict[str, Any], key: str) -> dict[str, Any] | None:
        known: dict[str, Any] = part.get("properties", {})
        return known.get(key) or part.get("additionalProperties") or None

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        name = part.get("$ref", "").rpartition("/")[2]
        found: dict[str, Any] = self._schema["definitions"][name] if name else part
        return found


def in_yaml(value: Data) -> str:
    """A value as one would write it in a line of YAML."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {in_yaml(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_yaml, value))}]"
    return scalar_text(value)
