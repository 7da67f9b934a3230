"""Values of variables: they arrive as they were typed wherever a request puts them.

Postman inserts them as they are, into a URL before it takes the URL apart, into JSON before it is
read: what stands in a request itself is encoded for that, and the value of a variable is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from okta_postman.documents.data import Path, texts_of
from okta_postman.manifest.draft import Draft, Entry
from okta_postman.manifest.keys import pairs
from okta_postman.manifest.model import Environment
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules.variables import declared
from okta_postman.operation import PARAMETER, FormBody, JsonBody
from okta_postman.postman.quoting import Place, unfit
from okta_postman.postman.variables import REFERENCE, parameter_variable, reference

Values: TypeAlias = dict[str, list[tuple[Path, str]]]
"""The values of each variable, the shared one and those of environments, and their paths."""

_LEVELS: Final = 18
"""Variables that Postman follows from one to the next. Source: see REFERENCE."""

_DOTS: Final = re.compile(r"(?:\.|%2[eE]){1,2}")
_ONLY_PARAMETERS: Final = re.compile(r"(?:\.|%2[eE]|\{[^{}]*\})+")
_SPACES: Final = " \t"
_EFFECTS: Final[Mapping[str, str]] = {
    "/": "begin another path segment",
    "?": "begin the query",
    "#": "end the URL",
    "\\": "become `/`",
    "&": "begin another query parameter",
    "+": "arrive as a space",
    "=": "end the parameter's name",
    "%": "begin an escape",
    "{{": "begin a variable",
    "}}": "end a variable",
}


class Use(NamedTuple):
    """A string that a request sends, its path in the manifest, and its place in the request."""

    place: Place
    path: Path
    text: str


def values_fit_their_places(draft: Draft, problems: Problems) -> None:
    """R042: no variable holds what would arrive as something else from where it is used."""
    values = _values(draft)
    uses = _uses(draft, values)
    checked: set[Path] = set()
    for (place, name), used_at in uses.items():
        for path, value in values.get(name) or _connection_values(draft, name, used_at):
            part = unfit(place, value)
            if part and path not in checked:
                checked.add(path)
                is_elsewhere = any((other, name) in uses for other in ("header", "JSON", "form"))
                hint = _hint(place, part, is_elsewhere=is_elsewhere)
                if path == used_at:
                    hint = "write the value itself instead of the variable"
                problems.error("R042", path, _message(place, part, name), hint)


def values_have_an_end(draft: Draft, problems: Problems) -> None:
    """R042: no variable refers to itself, through others either; Postman gives up on those."""
    shared, *others = (
        {name: ((*path, name), value) for name, value in pairs(draft.document, path, variables)}
        for path, variables in declared(draft)
    )
    for own in others:
        values = shared | own
        waiting = {name: set(REFERENCE.findall(value)) for name, (_, value) in values.items()}
        for _ in range(_LEVELS):
            waiting = {
                name: inner
                for name, inner in waiting.items()
                if any(other in waiting for other in inner)
            }
        for name in waiting:
            message = f"the value of `{name}` leads back to `{name}`, or through too many variables"
            problems.error("R042", values[name][0], message, "write the value itself")


def segments_are_no_dots(draft: Draft, problems: Problems) -> None:
    """R042: `.` and `..` would move a request to another path. Source: RFC 3986, 5.2.4."""
    values = _values(draft)
    for scoped in draft.scoped:
        entry = scoped.entry
        for segment in entry.endpoint.path.split("/"):
            if "{" in segment and _ONLY_PARAMETERS.fullmatch(segment):
                for environment in draft.environments:
                    path = _path_of_dots(entry, segment, environment, values)
                    if path:
                        message = f"`{segment}` would become a segment of dots"
                        hint = "give it another value: `.` and `..` lead to other paths"
                        problems.error("R042", path, message, hint)


def _path_of_dots(
    entry: Entry, segment: str, environment: Environment, values: Values
) -> Path | None:
    """Where the first parameter of a segment gets its value, if all of them together are dots."""
    own = dict(entry.variables)
    names = PARAMETER.findall(segment)
    text = PARAMETER.sub(
        lambda match: own.get(match[1], reference(parameter_variable(match[1]))), segment
    )
    for _ in range(_LEVELS):
        if len(text) > 100 or "{{" not in text:  # noqa: PLR2004 - dots and names are shorter
            break
        text = REFERENCE.sub(lambda match: environment.variables.get(match[1], ""), text)
    if not _DOTS.fullmatch(text):
        return None
    if names[0] in own:
        return (*entry.path, "variables", names[0])
    variable = parameter_variable(names[0])
    typed = environment.variables.get(variable)
    return next((path for path, value in values.get(variable, ()) if value == typed), entry.path)


def _values(draft: Draft) -> Values:
    values: Values = {}
    for path, variables in declared(draft):
        for name, value in pairs(draft.document, path, variables):
            values.setdefault(name, []).append(((*path, name), value))
    return values


def _connection_values(draft: Draft, name: str, used_at: Path) -> list[tuple[Path, str]]:
    """The values of a variable that connects to an org, to be reported where it is used."""
    connections = [
        {
            "baseUrl": environment.org,
            "authUrl": environment.authorization_server.authorize_url,
            "accessTokenUrl": environment.authorization_server.token_url,
            "clientId": environment.app.client_id,
            "redirectUri": environment.redirect_uri,
        }
        for environment in draft.environments
    ]
    return [(used_at, variables[name]) for variables in connections if name in variables]


def _uses(draft: Draft, values: Values) -> dict[tuple[Place, str], Path]:
    """Each variable with each place that it gets to, through others too, and where that begins."""
    waiting = [
        (use.place, name, use.path)
        for scoped in draft.scoped
        for use in _texts(scoped.entry)
        for name in REFERENCE.findall(use.text)
    ]
    uses: dict[tuple[Place, str], Path] = {}
    while waiting:
        place, name, path = waiting.pop()
        if (place, name) not in uses:
            uses[place, name] = path
            for _, value in values.get(name, ()):
                waiting += [(place, inner, path) for inner in REFERENCE.findall(value)]
    return uses


def _texts(entry: Entry) -> Iterator[Use]:
    """The texts of a request that may refer to variables."""
    own = dict(entry.variables)
    for parameter in entry.endpoint.parameters:
        if parameter not in own:
            yield Use("path", entry.path, reference(parameter_variable(parameter)))
    for name, value in entry.variables:
        yield Use("path", (*entry.path, "variables", name), value)
    for name, value in entry.query:
        yield Use("query name", (*entry.path, "query", name), name)
        yield Use("query", (*entry.path, "query", name), value)
    for name, value in entry.headers:
        yield Use("header", (*entry.path, "headers", name), value)
    if isinstance(entry.body, JsonBody):
        for path, text, _ in texts_of((*entry.path, "body"), entry.body.data):
            yield Use("JSON", path, text)
    elif isinstance(entry.body, FormBody):
        for name, value in entry.body.fields:
            yield Use("form", (*entry.path, "form", name), name + value)


def _message(place: Place, part: str, name: str) -> str:
    """What would happen to a part of a variable's value in a place."""
    shown = f"`{part}`" if part.isprintable() else f"U+{ord(part):04X}"
    if place == "JSON":
        return f"{shown} in the value of `{name}` would not be part of a JSON string"
    if place != "header":
        return f"{shown} in the value of `{name}` would {_EFFECTS[part]}"
    if part in _SPACES:
        return f"the spaces at the ends of the value of `{name}` would be lost in a header"
    return f"{shown} in the value of `{name}` can't be sent in a header"


def _hint(place: Place, part: str, *, is_elsewhere: bool) -> str:
    """What to write instead; `is_elsewhere` is whether the variable is used outside URLs too."""
    if place == "JSON":
        return "write the value itself into `body`"
    if place == "header":
        return "delete them" if part in _SPACES else "write it on one line, in ASCII characters"
    escape = "".join(f"%{ord(character):02X}" for character in part)
    other = "; use another variable for headers and bodies" if is_elsewhere else ""
    return f"percent-encode it: `{part}` is `{escape}`{other}"
