"""The edits that take the API token out of an environment, and put in what OAuth 2.0 needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from generator.compose.variables import connection_variables
from generator.migrate.edits import Edit, Editor
from generator.migrate.tree import Node, child, elements, text
from generator.model import Description, Environment
from generator.postman.environment import spell_value
from generator.problems import Problem, Source
from generator.workspace import REFERENCE, Variable

_API_TOKEN: Final = re.compile(
    r"(?:okta[-_ ]?)?(?:api[-_ ]?(?:key|token)|ssws(?:[-_ ]?(?:key|token))?)", re.IGNORECASE
)
_PRIVATE: Final = re.compile(
    r"pass[-_ ]?(?:word|wd|phrase|code)|pwd|secret|token|credential|private|api[-_ ]?key|ssws",
    re.IGNORECASE,
)
_MUST_AGREE: Final = frozenset(("authUrl", "accessTokenUrl", "clientId", "redirectUri"))


class Needs(NamedTuple):
    """The variables that migrated collections ask for, and those of API tokens that none does."""

    named: frozenset[str]
    gone: frozenset[str]


def needs(texts: Sequence[str], replaced: frozenset[str], held: Sequence[str]) -> Needs:
    """What collections ask for; `replaced` held their API tokens, `held` are all names so far."""
    sent = [
        json.dumps(_sent(json.loads(each, parse_int=float)), ensure_ascii=False) for each in texts
    ]
    named = frozenset(name for each in sent for name in REFERENCE.findall(each))
    tokens = replaced | {name for name in held if _API_TOKEN.fullmatch(name)}
    return Needs(named, tokens - named)


def _sent(data: Any) -> Any:  # noqa: ANN401 - what JSON can say
    """A collection without its saved responses, whose requests nobody sends."""
    if isinstance(data, list):
        return [_sent(each) for each in data]
    if not isinstance(data, dict):
        return data
    saved = "response" if "request" in data else ""
    return {key: _sent(each) for key, each in data.items() if key != saved}


def environment_edits(
    root: Node, editor: Editor, wanted: Sequence[Variable], gone: frozenset[str]
) -> Iterator[Edit]:
    """Everything that changes in an environment; values that people set stay."""
    values = child(root, "values")
    if values is None:
        return
    there = {text(child(each, "key")): each for each in elements(values)}
    new = [spell_value(each) for each in wanted if each.key not in there]
    yield from editor.changed(values, {there[key].start for key in gone & there.keys()}, new)
    for variable in wanted:
        value = child(there.get(variable.key), "value")
        if value and variable.value and text(value) == "":
            yield editor.replaced(value, variable.value, there[variable.key])


def disagreements(source: Source, root: Node, wanted: Sequence[Variable]) -> Iterator[Problem]:
    """A warning for each value that is not what the description says, and stays all the same."""
    said = {each.key: each.value for each in wanted if each.key in _MUST_AGREE}
    for each in elements(child(root, "values")):
        key, value = text(child(each, "key")), child(each, "value")
        if key in said and value and text(value) not in ("", said[key]):
            message = f"`{key}` is not what the description says, and stays as it is"
            hint = f"the migrated requests sign in with it; the description says `{said[key]}`"
            place = source.position(value.start, value.end)
            yield Problem("P020", message, hint, place, "warning")


def tokens_that_stay(source: Source, root: Node, named: frozenset[str]) -> Iterator[Problem]:
    """A warning for each API token that requests which were not migrated still use."""
    for each in elements(child(root, "values")):
        key = child(each, "key")
        if key and text(key) in named and _API_TOKEN.fullmatch(text(key)):
            message = f"the variable `{text(key)}` stays: requests that keep their API token use it"
            hint = "the report lists them as left or unknown"
            yield Problem("P023", message, hint, source.position(key.start, key.end), "warning")


def secrets_in(
    variables: Node | None, wanted: Sequence[Variable], gone: frozenset[str]
) -> Iterator[Node]:
    """The values in a list of variables that are secret by the name of their variable."""
    secret = gone | {each.key for each in wanted if each.secret}
    for each in elements(variables):
        value = child(each, "value")
        key = text(child(each, "key"))
        literal = REFERENCE.sub("", text(value)).strip()
        if (key in secret or _API_TOKEN.fullmatch(key)) and value and literal:
            yield value


def private_variables(root: Node) -> Iterator[tuple[str, str]]:
    """Names and values of variables that are nobody's business, by their type or by their name."""
    for each in (*elements(child(root, "variable")), *elements(child(root, "values"))):
        key, kind = text(child(each, "key")), text(child(each, "type"))
        if kind == "secret" or _PRIVATE.search(key):
            yield key, text(child(each, "value"))


def wanted_by(description: Description, root: Node, named: frozenset[str]) -> list[Variable]:
    """The connection variables that collections ask for, with the values for this environment."""
    environment = _of(description, root)
    return [each for each in connection_variables(description, environment) if each.key in named]


def _of(description: Description, root: Node) -> Environment:
    """The environment of the description with the same org or name, or else the first."""
    values = [text(child(each, "value")) for each in elements(child(root, "values"))]
    name = text(child(root, "name"))
    for each in description.environments:
        if any(value == each.org or value.startswith(f"{each.org}/") for value in values):
            return each
    named = (each for each in description.environments if each.name in (name, name.lower()))
    return next(named, description.environments[0])
