"""A collection becomes the text of a description, connected as another description is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from okta_postman.documents.data import Data
from okta_postman.documents.yaml_text import block
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.migrate.decide import Decision
from okta_postman.migrate.entry import Entry, entry
from okta_postman.migrate.formats import File
from okta_postman.migrate.requests import lines_of
from okta_postman.migrate.tree import child, elements, text
from okta_postman.okta.credentials import find_credentials
from okta_postman.okta.scopes import joined
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER
from okta_postman.postman.variables import CONNECTION_VARIABLES, REFERENCE
from okta_postman.problems import Problem, UserError

_LONGEST: Final = 120
_NOT_IN_A_NAME: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069{}\ud800-\udfff]+"
)
_HALF: Final = re.compile(r"[\ud800-\udfff]")
_HEAD: Final = "# yaml-language-server: $schema=okta-postman.schema.json\n"


class Described(NamedTuple):
    """The text of a description, and a warning for everything of the collection it is without."""

    text: str
    problems: tuple[Problem, ...]
    requests: int


def describe(
    file: File,
    decided: Sequence[Decision],
    connection: Manifest,
    values: Mapping[str, str],
) -> Described:
    """The description of a collection; requests whose scopes are not known are left out."""
    scopes: dict[str, list[Data]] = {}
    problems: list[Problem] = []
    taken: set[tuple[str, str]] = set()
    for decision in decided:
        said, lost = _safe(entry(decision.request, decision.target))
        if decision.outcome != "migrated" or said is None:
            why = decision.reason if decision.outcome != "migrated" else lost[0]
            problems.append(_lost(file, decision, f"is not in the description: {why}"))
            continue
        if lost:
            problems.append(_lost(file, decision, f"is described without {' and '.join(lost)}"))
        named = _named(decision, said, taken)
        if named["name"] != _label(decision.request.name) and decision.request.name:
            problems.append(_lost(file, decision, f"is called `{named['name']}` there"))
        scopes.setdefault(joined(decision.scopes), []).append(named)
    if not scopes:
        why = f": {problems[0].message}" if problems else ""
        raise UserError(f"{file.source.name}: none of its requests can be described{why}")
    problems += _scripts(file)
    data = {**_connection(file, connection), "scopes": scopes}
    data |= _variables(scopes, connection, values)
    count = sum(map(len, scopes.values()))
    return Described(f"{_HEAD}{''.join(block(data))}", tuple(problems), count)


def _safe(found: Entry) -> Entry:
    """An entry with nothing that must not or cannot be written: without its body, or not at all."""
    said, lost = found
    for without in ("body", "form", "request"):
        held = _unwritable(said)
        if said is None or not held:
            break
        lost = (f"its {without}, which holds {held}", *lost) if without in said else lost
        said = None if without == "request" else {**said, **dict.fromkeys({without} & {*said})}
    return Entry(said, lost)


def _unwritable(said: dict[str, Data] | None) -> str:
    """What an entry holds that no description may have, in a few words."""
    written = "".join(block(said or {}))
    credential = next(find_credentials(written), None)
    return credential.kind if credential else "half a character" if _HALF.search(written) else ""


def _named(
    decision: Decision, said: dict[str, Data], taken: set[tuple[str, str]]
) -> dict[str, Data]:
    """An entry with a name that no other has in its folder, nor of the same endpoint."""
    request = decision.request
    folder = _label(" / ".join(request.folders))
    shape = f"{request.method} {decision.target.shape}"
    name = _label(request.name) or str(said["request"]).replace("{", "").replace("}", "")
    free, number = name, 1
    while {(folder, free), (shape, free)} & taken:
        number += 1
        free = f"{name} ({number})"
    taken |= {(folder, free), (shape, free), ("", folder)}
    made: dict[str, Data] = {"request": said["request"], "name": free}
    made |= {"folder": folder} if folder else {}
    return made | said


def _label(name: str) -> str:
    return " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:_LONGEST].strip()


def _connection(file: File, connection: Manifest) -> dict[str, Data]:
    """Everything above the scope map: names from the collection, the rest from the description."""
    about = child(file.root, "info", "description")
    layout = connection.layout
    head: dict[str, Data] = {
        "version": 1,
        "name": _label(text(child(file.root, "info", "name"))) or connection.name,
        "description": _HALF.sub("\ufffd", text(about) or text(child(about, "content"))),
    }
    if len(connection.environments) == 1:
        head |= _environment(connection.environments[0])
    else:
        head["environments"] = {
            each.name: {**_environment(each), "variables": dict(each.variables)}
            for each in connection.environments
        }
    collection: dict[str, Data] = {} if layout.auth == "folder" else {"folders": "none"}
    collection |= {} if layout.auth == "request" else {"auth": layout.auth}
    collection |= {} if layout.scripts else {"scripts": False}
    head["collection"] = collection
    return {key: value for key, value in head.items() if value not in ("", {})}


def _environment(environment: Environment) -> dict[str, Data]:
    server, app = environment.authorization_server, environment.app
    said: dict[str, Data] = {"org": environment.org}
    if server.name == OTHER_ISSUER:
        said["authorization_server"] = {
            "authorize_url": server.authorize_url,
            "token_url": server.token_url,
        }
    elif server.name != ORG_SERVER:
        said["authorization_server"] = server.name
    made: dict[str, Data] = {"client_id": app.client_id}
    made |= {} if app.type == "native" else {"type": app.type}
    made |= {} if app.grants is None else {"grants": sorted(app.grants)}
    return {**said, "app": made, "redirect_uri": environment.redirect_uri}


def _variables(
    scopes: Mapping[str, Data], connection: Manifest, values: Mapping[str, str]
) -> dict[str, Data]:
    """What the requests ask for and connects to no org, with the values that it has."""
    asked = dict.fromkeys(REFERENCE.findall("".join(block(dict(scopes)))))
    parameters = re.findall(r"request: \S+ (.*)", "".join(block(dict(scopes))))
    asked |= dict.fromkeys(re.findall(r"\{([^{}]+)\}", "\n".join(parameters)))
    said = connection.environments[0].variables
    names = [each for each in asked if each not in CONNECTION_VARIABLES and each[:1] != "$"]
    found = {name: said.get(name) or values.get(name, "") for name in names}
    return {"variables": found} if found else {}


def _lost(file: File, decision: Decision, what: str) -> Problem:
    place = file.position(child(decision.request.item, "name") or decision.request.item)
    hint = "generated requests are what the description says, and nothing else"
    return Problem("P024", f"`{decision.request.name}` {what}", hint, place, "warning")


def _scripts(file: File) -> Iterator[Problem]:
    """A warning if the collection has scripts of its own."""
    for event in elements(child(file.root, "event")):
        if any(text(line).strip() for line in lines_of(event)):
            message = "the scripts of the collection are not in the description"
            hint = "generated collections have scripts of their own, or none"
            yield Problem("P024", message, hint, file.position(event), "warning")
