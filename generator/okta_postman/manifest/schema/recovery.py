"""What is wrong with the shape of a description, and the data as if it were right.

jsonschema knows why; jsonschema-rs is a hundred times faster at saying that all is well. So this
room is entered only after it said no.
"""

from __future__ import annotations

import copy
from typing import Any, Final

from jsonschema import Draft7Validator

from okta_postman.documents.data import Data, Path
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.lookup import Parts
from okta_postman.manifest.schema.messages import Violation
from okta_postman.manifest.schema.unknown_keys import Keys
from okta_postman.manifest.schema.validate import schema
from okta_postman.problems import InvalidSource


def mended(findings: Problems) -> dict[str, Any]:
    """Ill-shaped data as if it were right, so that the rules can look at the rest of it.

    Every problem of shape is added to the findings. What is wrong is left out, or stands in as the
    schema's own example. Raises InvalidSource if there is nothing left to look at.
    """
    _refuse_other_kinds(findings)
    data = copy.deepcopy(findings.document.data)
    parts = Parts(schema())
    keys = Keys(findings, parts)
    for error in Draft7Validator(schema()).iter_errors(findings.document.data):
        found: Any = error
        violation = Violation(
            path=tuple(found.absolute_path),
            keyword=found.validator,
            wanted=found.validator_value,
            value=found.instance,
            schema=found.schema,
        )
        keys.add(violation)
        _mend(data, violation, parts)
    keys.tell()
    if not isinstance(data, dict):
        raise InvalidSource(findings.problems)
    return data


_INIT: Final = "`okta-postman init` writes a description to begin with"
_IMPORT: Final = "`okta-postman import openapi` writes a description of it"
_OTHER_KINDS: Final = {
    ("info", "item"): ("a Postman collection", f"{_INIT}, `migrate --to-manifest` one of this"),
    ("openapi", "paths"): ("an OpenAPI document", _IMPORT),
    ("swagger", "paths"): ("an OpenAPI document", _INIT),
    ("values", "_postman_variable_scope"): ("a Postman environment", _INIT),
}


def _refuse_other_kinds(findings: Problems) -> None:
    """Raise InvalidSource with one problem, not one a key, if this is another kind of file."""
    data = findings.document.data
    for keys, (kind, hint) in _OTHER_KINDS.items():
        if isinstance(data, dict) and set(keys) <= set(data):
            findings.add_at_key("G007", (keys[0],), f"this is {kind}, not a description", hint)
            raise InvalidSource(findings.problems)


def _mend(data: Data, violation: Violation, parts: Parts) -> None:
    """Change what a violation is about into something the schema allows."""
    path = violation.path
    if path[:1] == ("scopes",) and len(path) > 1:
        _stand_in(data, path[:3], None if path[2:] else [])
    elif path[-2:-1] == ("grants",):
        _stand_in(data, path[:-1], None)
    elif violation.keyword == "additionalProperties":
        inside = _inside(data, path)
        for key in violation.unknown_keys:
            del inside[key]
            for meant in parts.meant(path, key):  # so that nothing says it is missing
                _inside(data, meant[:-1]).setdefault(meant[-1], parts.example(meant))
    elif violation.keyword == "required":
        for key in violation.missing_keys:
            _inside(data, path).setdefault(key, parts.example((*path, key)))
    elif path:
        _stand_in(data, path, parts.example(path))


def _stand_in(data: Data, path: Path, value: Data) -> None:
    _inside(data, path[:-1])[path[-1]] = copy.deepcopy(value)


def _inside(data: Data, path: Path) -> Data:
    """The mapping or list at a path; a mapping that is missing is put in."""
    for step in path:
        if isinstance(step, str) and not isinstance(data.get(step), dict | list):
            data[step] = {}
        data = data[step]
    return data
