"""Look up the schema by the path of the data: which keys there are, and which one was meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from okta_postman.documents.data import Data, Path
from okta_postman.documents.scalars import scalar_text

_SYNONYMS: Final = {
    "domain": "org",
    "okta_domain": "org",
    "url": "org",
    "org_url": "org",
    "base_url": "org",
    "issuer": "authorization_server",
    "auth_request_params": "sign_in_parameters",
    "authorization_parameters": "sign_in_parameters",
    "extra_parameters": "sign_in_parameters",
    "callback": "redirect_uri",
    "callback_url": "redirect_uri",
    "redirect": "redirect_uri",
    "endpoints": "scopes",
    "requests": "scopes",
    "no_scope": "token_only",
    "without_scope": "token_only",
    "any_token": "token_only",
    "no_token": "public",
    "without_token": "public",
    "anonymous": "public",
    "unauthenticated": "public",
    "title": "name",
    "params": "query",
    "json": "body",
    "payload": "body",
    "data": "body",
}
"""What other tools call a key, and what a manifest calls it."""


Nearest = Callable[[str, list[str]], str | None]
"""The nearest of some words to a word, or None."""


class SchemaLookup:
    """The parts of a JSON Schema by the path of the data that they describe."""

    def __init__(self, schema: dict[str, Any], nearest: Nearest) -> None:
        self._schema, self._nearest = schema, nearest
        self._meant: dict[tuple[Path, str], Path | None] = {}

    def at(self, path: Path) -> dict[str, Any]:
        """The part for a path; an empty one where the schema has none."""
        part = self._schema
        for step in path:
            inner = part.get("items") if isinstance(step, int) else self._property(part, step)
            part = self._resolved(inner or {})
        return part

    def keys(self, path: Path) -> list[str]:
        """The keys that a mapping may have."""
        return list(self.at(path).get("properties", {}))

    def example(self, path: Path) -> Data:
        """A value that would be right at a path."""
        return self.at(path).get("examples", [""])[0]

    def example_text(self, path: Path) -> str:
        """The example as a message shows it."""
        return in_yaml(self.example(path))

    def meant(self, path: Path, key: str) -> Path | None:
        """Where an unknown key of a mapping most likely belongs, under its right name."""
        if (path, key) not in self._meant:
            self._meant[path, key] = self._likely_meant(path, key)
        return self._meant[path, key]

    def _likely_meant(self, path: Path, key: str) -> Path | None:
        synonym = _SYNONYMS.get(key.lower().replace("-", "_"))
        allowed = self.keys(path)
        near = synonym if synonym in allowed else self._nearest(key, allowed)
        if key not in self.keys(("app",)) and near:
            return (*path, near)
        top: Path = () if path[:1] != ("environments",) else path[:2]
        if path == top and key in self.keys((*top, "app")):
            return (*top, "app", key)
        if path == top and "collection" in allowed and key in self.keys(("collection",)):
            return ("collection", key)
        return ("scopes",) if path == () and key.startswith("okta.") else None

    def _property(self, part: dict[str, Any], key: str) -> dict[str, Any] | None:
        properties: dict[str, Any] = part.get("properties", {})
        return properties.get(key) or part.get("additionalProperties") or None

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        name = part.get("$ref", "").rpartition("/")[2]
        resolved: dict[str, Any] = self._schema["definitions"][name] if name else part
        return resolved


def in_yaml(value: Data) -> str:
    """A value as one would write it in a line of YAML."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {in_yaml(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_yaml, value))}]"
    return scalar_text(value)
