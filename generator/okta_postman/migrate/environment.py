"""The edits that take the API token out of an environment, and put in what OAuth 2.0 needs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from okta_postman.compose.variables import connection_variables
from okta_postman.manifest.model import Manifest
from okta_postman.migrate.edits import Edit, Editor
from okta_postman.migrate.needs import Needs
from okta_postman.migrate.place import Place
from okta_postman.migrate.requests import variable_name, variables_of
from okta_postman.migrate.tree import At, Node, child, elements, text
from okta_postman.postman.environment import variable_to_json
from okta_postman.postman.model import Variable
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE
from okta_postman.problems import Problem

_PRIVATE: Final = re.compile(
    r"pass[-_ ]?(?:word|wd|phrase|code)|pwd|secret|token|credential|private|api[-_ ]?key|ssws",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"(?:SSWS|Bearer)(?![\w-])\s*", re.IGNORECASE)
_OF_AN_ORG: Final = ("baseUrl", "authUrl", "accessTokenUrl", "clientId")
_MAY_DIFFER: Final = ("baseUrl", "state")


def environment_edits(
    root: Node, editor: Editor, wanted: Sequence[Variable], gone: frozenset[str]
) -> Iterator[Edit]:
    """Everything that changes in an environment; values that people set stay."""
    values = child(root, "values")
    if values is None:
        return
    there = {variable_name(each): each for each in elements(values)}
    new = [variable_to_json(each) for each in wanted if each.key not in there]
    old = {each.start for each in elements(values) if variable_name(each) in gone}
    yield from editor.changed(values, old, new)
    for variable in wanted:
        if variable.value and (entry := there.get(variable.key)):
            value = child(entry, "value")
            if value is None:
                yield editor.with_member(entry, "value", variable.value, after="key")
            elif text(value) == "":
                yield editor.replaced(value, variable.value, entry)


def disagreements(at: At, root: Node, wanted: Sequence[Variable]) -> Iterator[Problem]:
    """A warning for each value that is not what the description says, and stays all the same."""
    names = {each.key for each in wanted}
    said = {each.key: each.value for each in wanted if each.key not in _MAY_DIFFER}
    for each in elements(child(root, "values")):
        key, value = text(child(each, "key")), child(each, "value")
        off = child(each, "enabled")
        if key in names and off and off.value is False:
            message = f"`{key}` is switched off, and the migrated requests sign in with it"
            yield Problem("P020", message, "switch it on in Postman", at(off), "warning")
        if said.get(key) and value and text(value) not in ("", said[key]):
            message = f"`{key}` is not what the description says, and stays as it is"
            hint = (
                f"the migrated requests sign in with it; to have `{said[key]}`, empty it and "
                "migrate again"
            )
            yield Problem("P020", message, hint, at(value), "warning")


def mistaken(
    at: At, root: Node, wanted: Sequence[Variable], renamed: Mapping[str, str]
) -> Iterator[Problem]:
    """A warning for each variable of a path that has the value with which the blocks sign in."""
    said = {each.key: each.value for each in wanted}
    own = {name: said.get(other) for name, other in renamed.items()}
    for each in elements(child(root, "values")):
        key, value = variable_name(each), child(each, "value")
        if value and text(value) and text(value) == own.get(key):
            message = f"`{key}` stands in the path of a request, and is that of the app itself"
            hint = f"empty it, so that nobody changes the app; the blocks use `{renamed[key]}` now"
            yield Problem("P020", message, hint, at(value), "warning")


def tokens_that_stay(at: At, root: Node, asked: Needs) -> Iterator[Problem]:
    """A warning for each API token that requests which were not migrated still use."""
    for each in elements(child(root, "values")):
        key = child(each, "key")
        if key and text(key) in (asked.tokens & asked.named).difference(CONNECTION_VARIABLES):
            message = f"the variable `{text(key)}` stays, because something still uses it"
            hint = (
                "a request that is left or unknown, a script, or another part of a request, like "
                "its URL; if its value is gone, type it in Postman again"
            )
            yield Problem("P023", message, hint, at(key), "warning")


def secrets_in(variables: Node | None, secret: Collection[str]) -> Iterator[Node]:
    """The values that variables of these names have in a list."""
    for each in elements(variables):
        value = child(each, "value")
        if value and variable_name(each) in secret and _literal(text(value)):
            yield value


def _literal(value: str) -> str:
    """What is written out in a value: no variable, and more than the name of a scheme."""
    return _SCHEME.sub("", REFERENCE.sub("", value).strip())


def private_variables(root: Node) -> Iterator[tuple[str, str]]:
    """Names and values of variables that are nobody's business, by their type or by their name."""
    for each in variables_of(root):
        key, kind = variable_name(each), text(child(each, "type"))
        if kind == "secret" or _PRIVATE.search(key):
            yield key, text(child(each, "value"))


def wanted_by(
    manifest: Manifest, place: Place, named: Collection[str], renamed: Mapping[str, str]
) -> list[Variable]:
    """The connection variables that blocks ask for, with the values for an environment."""
    variables = connection_variables(manifest, place.environment)
    if place.org:
        variables = tuple(
            each._replace(value="") if each.key in _OF_AN_ORG else each for each in variables
        )
    called = [each._replace(key=renamed.get(each.key, each.key)) for each in variables]
    return [each for each in called if each.key in named]
