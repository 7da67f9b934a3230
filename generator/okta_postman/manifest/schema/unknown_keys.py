"""Report unknown and missing keys mapping by mapping: a misspelled key is both, and one problem."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.lookup import SchemaLookup
from okta_postman.manifest.schema.messages import Violation, name_of
from okta_postman.manifest.schema.types import TOKEN_ONLY, entry_path
from okta_postman.operation import METHODS
from okta_postman.wording import listed

_INSTEAD: Final = {"scopes": ("scopes", TOKEN_ONLY)}
"""A key that is required unless another is there."""


class KeyProblems:
    """The violations about keys, collected until all of a mapping are known."""

    def __init__(self, problems: Problems, lookup: SchemaLookup) -> None:
        self._problems, self._lookup = problems, lookup
        self._unknown: dict[Path, list[str]] = {}
        self._missing: dict[Path, list[str]] = {}

    def collect(self, violation: Violation) -> bool:
        """Keep a violation if it is about keys; whether it is."""
        if violation.keyword == "additionalProperties":
            self._unknown[violation.path] = violation.unknown_keys
        elif violation.keyword == "required":
            self._missing.setdefault(violation.path, []).extend(violation.missing_keys)
        else:
            return False
        return True

    def report(self) -> None:
        """Add a problem for each key that is unknown, and for each that is missing besides."""
        for path in {**self._unknown, **self._missing}:
            unknown, missing = self._unknown.get(path, []), self._missing.get(path, [])
            if entry_path(path) == path and self._report_split_request(path, unknown):
                continue
            for key in unknown:
                if not self._problems.has_credential((*path, key)):  # no suggestion fits there
                    message = f"`{key}` is not a key of {name_of(path)}"
                    hint = self._hint(path, key)
                    self._problems.error_at_key("G001", (*path, key), message, hint)
            meant = {self._lookup.meant(path, key) for key in unknown}
            for key in missing:
                if not meant & {(*path, other) for other in _INSTEAD.get(key, (key,))}:
                    hint = f"add `{key}: {self._lookup.example_text((*path, key))}`"
                    message = f"{name_of(path)} has no `{key}`"
                    self._problems.error_at_key("G002", path, message, hint)

    def _report_split_request(self, path: Path, unknown: list[str]) -> bool:
        """Report an endpoint that was taken apart, `GET: /x` or `method: GET`, as one problem."""
        keys = reduce(getitem, path, self._problems.document.data)
        for key in unknown:
            value = keys[key]
            if " /" in key:
                hint = f"write `request: {key}`, and its other keys below"
            elif key.upper() in METHODS and isinstance(value, str):
                hint = f"write `{key.upper()} {value}`, without the colon"
            elif key.lower() in ("method", "path", "url"):
                hint = "write both in one string: `request: GET /api/v1/users`"
            else:
                continue
            message = "an endpoint must be one string: a method, a space and a path"
            self._problems.error_at_key("G001", (*path, key), message, hint)
            return True
        return False

    def _hint(self, path: Path, key: str) -> str:
        meant = self._lookup.meant(path, key)
        if meant is None:
            return f"valid keys: {listed(self._lookup.keys(path))}"
        if meant[:-1] != path:
            return f"indent it, so that it is below `{meant[-2]}:`"
        if key.startswith("okta."):
            return "indent it, so that it is below `scopes:`"
        return f"did you mean `{meant[-1]}`?"
