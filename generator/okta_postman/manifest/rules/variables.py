"""Variables: those that a manifest declares, and those that its strings refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from okta_postman.documents.data import Path, texts_of
from okta_postman.manifest.draft import Draft, Entry
from okta_postman.manifest.keys import pairs
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules.requests import AUTHORIZATION
from okta_postman.manifest.schema.types import Texts
from okta_postman.operation import FormBody, JsonBody
from okta_postman.postman.variables import (
    CONNECTION_VARIABLES,
    JAVASCRIPT_NAMES,
    REFERENCE,
    is_connection_variable,
    parameter_variable,
)

_CLIENT_SECRET: Final = "clientSecret"  # noqa: S105 - the name of a variable
_SECRETS: Final = (_CLIENT_SECRET, "accessToken")
_DYNAMIC: Final = "$"
_NOT_IN_A_NAME: Final = re.compile(r"[{}\"\\\x00-\x1f\x7f]")


def variables_have_free_names(draft: Draft, problems: Problems) -> None:
    """R031: a variable needs a name that Postman takes and the connection to the org does not."""
    for path, variables in declared(draft):
        for name in variables:
            if is_connection_variable(name):
                hint = "delete it, and set `org`, `app`, `redirect_uri` or `sign_in_parameters`"
                if name in _SECRETS:
                    hint = "delete it: its value is typed in Postman, never into a file"
                hint += f"; for a path parameter of that name, use `{parameter_variable(name)}`"
                message = f"`{name}` is set by okta-postman"
                problems.error_at_key("R031", (*path, name), message, hint)
            elif name in JAVASCRIPT_NAMES:
                hint = (
                    "use another name; for a path parameter of that name, use "
                    f"`{parameter_variable(name)}`"
                )
                message = f"Postman can't look up a variable called `{name}`"
                problems.error_at_key("R031", (*path, name), message, hint)
            elif not name.strip() or name != name.strip() or _NOT_IN_A_NAME.search(name):
                inner = name.strip("{} ")
                hint = "use letters, digits, `-` and `_`"
                hint = f"write `{inner}`" if inner.isidentifier() else hint
                message = f"`{name}` is not a valid variable name"
                problems.error_at_key("R031", (*path, name), message, hint)


def variables_match_parameters(draft: Draft, problems: Problems) -> None:
    """R039: warn of a variable that is a path parameter in all but upper and lower case."""
    parameters = _parameters(draft)
    folded: dict[str, str] = {}
    for name in sorted(parameters):
        folded.setdefault(name.casefold(), name)
    for path, variables in declared(draft):
        for name in variables:
            meant = folded.get(name.casefold())
            if meant and name not in parameters:
                message = f"no path has a parameter `{name}`"
                hint = f"did you mean `{meant}`?"
                problems.warning_at_key("R039", (*path, name), message, hint)


def references_are_declared(draft: Draft, problems: Problems) -> None:
    """R025: every `{{name}}` must be a variable."""
    names = _names(draft)
    for path, variables in declared(draft):
        for name, value in pairs(draft.document, path, variables):
            _check_references(problems, (*path, name), value, names)
    for scoped in draft.scoped:
        for path, value in _values(scoped.entry):
            _check_references(problems, path, value, names)


def declared(draft: Draft) -> Iterator[tuple[Path, Texts]]:
    """Each mapping of variables with its path: the shared one, and those of environments."""
    yield ("variables",), draft.data.get("variables") or {}
    for settings in draft.settings:
        yield (*settings.path, "variables"), settings.own.get("variables") or {}


def _parameters(draft: Draft) -> set[str]:
    """The variables that fill path parameters for which their request has no value of its own."""
    return {
        parameter_variable(name)
        for scoped in draft.scoped
        for name in scoped.entry.endpoint.parameters
        if name not in dict(scoped.entry.variables)
    }


def _names(draft: Draft) -> set[str]:
    """Every variable there is; one for the client secret only if an app has one."""
    names = {*CONNECTION_VARIABLES, *_parameters(draft)}
    if not any(settings.app_type == "web" for settings in draft.settings):
        names.discard(_CLIENT_SECRET)
    return names.union(*(variables for _, variables in declared(draft)))


def _values(entry: Entry) -> Iterator[tuple[Path, Any]]:
    """What a request sends, part by part; `Any` is the body, which may be any data."""
    headers = [(name, value) for name, value in entry.headers if name.lower() != AUTHORIZATION]
    for key, part in (("query", entry.query), ("headers", headers), ("variables", entry.variables)):
        if part:
            yield (*entry.path, key), dict(part)
    if isinstance(entry.body, JsonBody):
        yield (*entry.path, "body"), entry.body.data
    elif isinstance(entry.body, FormBody):
        yield (*entry.path, "form"), dict(entry.body.fields)


def _check_references(problems: Problems, path: Path, value: Any, names: set[str]) -> None:  # noqa: ANN401
    for place, text, is_key in texts_of(path, value):
        if "{{" in text and REFERENCE.search(REFERENCE.sub("", text)):
            add = problems.error_at_key if is_key else problems.error
            message = "a variable inside the name of a variable"
            add("R025", place, message, "write `{{name}}` with the whole name")
        for name in REFERENCE.findall(text) if "{{" in text else ():
            if name not in names and not name.startswith(_DYNAMIC):
                add = problems.error_at_key if is_key else problems.error
                add(
                    "R025",
                    place,
                    f"no variable is called `{name}`",
                    _declaration(problems, name, names),
                )


def _declaration(problems: Problems, name: str, names: set[str]) -> str:
    """What to write for a variable that is not declared."""
    stripped = name.strip()
    if not stripped:
        return "put a name between the braces"
    if stripped in names:
        return f"write `{{{{{stripped}}}}}`: spaces are part of a name"
    hint = f'add it to `variables`: `{stripped}: ""`'
    guess = problems.nearest(name, names)
    return f"did you mean `{{{{{guess}}}}}`? Otherwise {hint}" if guess else hint
