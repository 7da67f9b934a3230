"""What is wrong with the shape of a manifest, and its data as if it were right.

jsonschema knows why data does not fit; jsonschema-rs says whether it does, a hundred times faster.
So this module is loaded only if that fails.
"""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any, Final, cast

from jsonschema import Draft7Validator

from okta_postman.documents.data import Data, Path
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.lookup import SchemaLookup
from okta_postman.manifest.schema.messages import INIT, Violation, message_of
from okta_postman.manifest.schema.types import ManifestKeys, entry_path
from okta_postman.manifest.schema.unknown_keys import KeyProblems
from okta_postman.manifest.schema.validate import schema
from okta_postman.problems import InvalidSource

_OPENAPI: Final = "`okta-postman import openapi` writes a manifest of it"
_COLLECTION: Final = f"`okta-postman migrate --to-manifest` writes a manifest of it; {INIT}"
_OTHER_FILES: Final = {
    ("info", "item"): ("a Postman collection", _COLLECTION),
    ("openapi", "paths"): ("an OpenAPI document", _OPENAPI),
    ("swagger", "paths"): ("an OpenAPI document", INIT),
    ("values", "_postman_variable_scope"): ("a Postman environment", INIT),
}
"""Two keys of a file that is no manifest, what it is, and what to do with it."""


def recovered(problems: Problems) -> ManifestKeys:
    """Ill-shaped data as if it were right, so that the rules can look at the rest of it.

    Adds every problem of shape. A wrong value is omitted, or replaced by the schema's own example.
    Raises InvalidSource if there is nothing valid.
    """
    _refuse_other_files(problems)
    data = copy.deepcopy(problems.document.data)
    lookup = SchemaLookup(schema(), problems.nearest)
    keys = KeyProblems(problems, lookup)
    for error in Draft7Validator(schema()).iter_errors(problems.document.data):
        violation = _violation(error)
        if not keys.collect(violation):
            message = message_of(problems.document, violation, lookup)
            problems.error(message.code, violation.path, message.text, message.hint)
        _recover(data, violation, lookup)
    keys.report()
    if not isinstance(data, dict):
        raise InvalidSource(problems.problems)
    return cast("ManifestKeys", data)


def _violation(error: Any) -> Violation:  # noqa: ANN401 - jsonschema has no types
    # One of several keys is missing: the first of them is the usual one.
    lacks_all = error.validator == "anyOf"
    return Violation(
        path=tuple(error.absolute_path),
        keyword="required" if lacks_all else error.validator,
        wanted=error.validator_value[0]["required"] if lacks_all else error.validator_value,
        value=error.instance,
        schema=error.schema,
    )


def _refuse_other_files(problems: Problems) -> None:
    """Raise InvalidSource with one problem, not one for each key, if this is no manifest at all."""
    data = problems.document.data
    for keys, (kind, hint) in _OTHER_FILES.items():
        if isinstance(data, dict) and set(keys) <= set(data):
            message = f"this is {kind}, not a manifest"
            problems.error_at_key("G007", (keys[0],), message, hint)
            raise InvalidSource(problems.problems)


def _recover(data: Data, violation: Violation, lookup: SchemaLookup) -> None:
    """Change what a violation is about into something that the schema allows."""
    path = violation.path
    entry = entry_path(path)
    if entry:
        _replace(data, entry, None)  # which keeps the indexes of the others
    elif entry_path((*path, 0)) == (*path, 0):
        _replace(data, path, [])
    elif path[-2:-1] == ("grants",):
        _parent(data, path[:-1]).pop("grants", None)
    elif violation.keyword == "additionalProperties":
        for key in violation.unknown_keys:
            _parent(data, (*path, key)).pop(key, None)
            meant = lookup.meant(path, key)
            if meant:  # so that nothing reports it as missing
                _parent(data, meant).setdefault(meant[-1], lookup.example(meant))
    elif violation.keyword == "required":
        for key in violation.missing_keys:
            example = {} if key == "scopes" else lookup.example((*path, key))
            _parent(data, (*path, key)).setdefault(key, example)
    elif path:
        _replace(data, path, lookup.example(path))


def _replace(data: Data, path: Path, value: Data) -> None:
    _parent(data, path)[path[-1]] = copy.deepcopy(value)


def _parent(data: Data, path: Path) -> Data:
    """The mapping or list around a path; where a mapping is missing, an empty one is put."""
    for step, next_step in pairwise(path):
        if isinstance(next_step, str):
            inner = data.get(step) if isinstance(data, dict) else data[step]
            if not isinstance(inner, dict):
                data[step] = {}
        data = data[step]
    return data
