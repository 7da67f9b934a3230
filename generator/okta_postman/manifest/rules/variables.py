"""Variables: those a description declares, and those its texts ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from okta_postman.documents.data import Path, texts_of
from okta_postman.manifest.problem_list import Problems
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE, parameter_variable
from okta_postman.wording import nearest

_DYNAMIC: Final = "$"

Pairs = tuple[tuple[str, str], ...]


def texts(findings: Problems, path: Path, mapping: dict[str, Any] | None) -> Pairs:
    """A mapping of texts, each value as it was typed."""
    said = (mapping or {}).items()
    return tuple((key, findings.document.text((*path, key), value)) for key, value in said)


def declared(findings: Problems, data: dict[str, Any], parameters: Iterable[str]) -> set[str]:
    """The names that a text may put between double braces; adds a problem for each bad name."""
    named = data.get("environments") or {}
    mappings: list[tuple[Path, dict[str, Any]]] = [(("variables",), data.get("variables") or {})]
    for environment, said in named.items():
        path: Path = ("environments", environment, "variables")
        mappings.append((path, (said or {}).get("variables") or {}))
    asked = set(parameters)
    names = {*CONNECTION_VARIABLES, *asked}
    if not _has_secret(data):
        names.discard("clientSecret")
    for where, mapping in mappings:
        for name in mapping:
            _check_variable(findings, (*where, name), name)
            same = {each for each in asked if each.casefold() == name.casefold()}
            if same and name not in asked:
                message = f"no path has the parameter `{name}`"
                hint = f"did you mean `{min(same)}`?"
                findings.warn_at_key("R039", (*where, name), message, hint)
            names.add(name)
    for where, mapping in mappings:
        for name, value in texts(findings, where, mapping):
            check_references(findings, (*where, name), value, names)
    return names


def _has_secret(data: dict[str, Any]) -> bool:
    """Whether an app is confidential, so that there is a variable for its secret."""
    places = [data, *((said or {}) for said in (data.get("environments") or {}).values())]
    return any((place.get("app") or {}).get("type") == "web" for place in places)


def _check_variable(findings: Problems, path: Path, name: str) -> None:
    if name in CONNECTION_VARIABLES:
        hint = (
            "the keys org, app and redirect_uri set it, and no file a token; a path parameter of "
            f"that name takes the variable `{parameter_variable(name)}`"
        )
        findings.add_at_key("R031", path, f"`{name}` is set by this tool", hint)
    elif not name.strip() or name != name.strip() or re.search(r"[{}\"\\\x00-\x1f\x7f]", name):
        inner = name.strip("{} ")
        hint = f"write `{inner}`" if inner.isidentifier() else "use letters, digits, `-` and `_`"
        findings.add_at_key("R031", path, f"`{name}` cannot be the name of a variable", hint)


def check_references(findings: Problems, path: Path, value: Any, names: set[str]) -> None:  # noqa: ANN401
    """Add a problem for each `{{name}}` in a value that nothing declares."""
    for place, text, at_key in texts_of(path, value) if value else ():
        for name in REFERENCE.findall(text) if "{{" in text else ():
            if name not in names and not name.startswith(_DYNAMIC):
                add = findings.add_at_key if at_key else findings.add
                add("R025", place, f"no variable is called `{name}`", _declare(name, names))


def _declare(name: str, names: set[str]) -> str:
    if not name.strip():
        return "put a name between the braces"
    if name.strip() in names:
        return f"write `{{{{{name.strip()}}}}}`: white space is part of a name"
    hint = f'add it to `variables`: `{name.strip()}: ""`'
    guess = nearest(name, names)
    return f"did you mean `{{{{{guess}}}}}`? Otherwise {hint}" if guess else hint
