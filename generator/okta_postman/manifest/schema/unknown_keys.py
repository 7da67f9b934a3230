"""Keys that are unknown or missing, told mapping by mapping: a misspelt one is both, told once."""

from __future__ import annotations

from okta_postman.documents.data import Path
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.lookup import Parts
from okta_postman.manifest.schema.messages import Violation, sentence, where
from okta_postman.operation import METHODS
from okta_postman.wording import listed


class Keys:
    """Tells each violation; unknown and missing keys when all of a mapping are known."""

    def __init__(self, findings: Problems, parts: Parts) -> None:
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
            told = sentence(self._findings.document, violation, self._parts)
            self._findings.add(told.code, violation.path, told.message, told.hint)

    def tell(self) -> None:
        """Tell what was kept; a misspelt key is unknown and missing, and is told once."""
        for path in {**self._unknown, **self._missing}:
            unknown, missing = self._unknown.get(path, []), self._missing.get(path, [])
            if path[:1] == ("scopes",) and self._split_request(path, unknown):
                continue
            for key in unknown:
                if self._findings.holds_credential((*path, key)):
                    continue  # which is said already, and no suggestion fits
                message = f"`{key}` is not a key of {where(path)}"
                self._findings.add_at_key("G001", (*path, key), message, self._hint(path, key))
            meant = [place for key in unknown for place in self._parts.meant(path, key)]
            for key in missing:
                if (*path, key) not in meant:
                    hint = f"add `{key}: {self._parts.shown((*path, key))}`"
                    message = f"{where(path)} has no `{key}`"
                    self._findings.add_at_key("G002", path, message, hint)

    def _split_request(self, path: Path, unknown: list[str]) -> bool:
        """Tell an endpoint that was taken apart, `GET: /x` or `method: GET`, as one mistake."""
        for key in unknown:
            value = self._findings.document.data[path[0]][path[1]][path[2]][key]
            if " /" in key:
                hint = f"write `request: {key}`, and its other keys below"
            elif key.upper() in METHODS and isinstance(value, str):
                hint = f"write `{key.upper()} {value}`, without the colon"
            elif key.lower() in ("method", "path", "url"):
                hint = "write both in one: `request: GET /api/v1/users`"
            else:
                continue
            message = "an endpoint is one text: a method, a space and a path"
            self._findings.add_at_key("G001", (*path, key), message, hint)
            return True
        return False

    def _hint(self, path: Path, key: str) -> str:
        allowed = self._parts.keys(path)
        for meant in self._parts.meant(path, key):
            if meant[:-1] == path and meant[-1] in allowed and key.startswith("okta."):
                return "indent it, so that it stands below `scopes:`"
            if meant[:-1] == path:
                return f"did you mean `{meant[-1]}`?"
            return f"indent it, so that it stands below `{meant[-2]}:`"
        return f"it has {listed(allowed)}"
