"""A collection becomes the text of a manifest, connected as another manifest is."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from okta_postman.documents.json_style import HALF_CHARACTER
from okta_postman.documents.yaml_text import block
from okta_postman.manifest import write
from okta_postman.manifest.model import Layout, Manifest, Request
from okta_postman.migrate.decide import Decision
from okta_postman.migrate.entry import entry_of
from okta_postman.postman.existing.collection import Collection, Content
from okta_postman.postman.existing.file import PathProblem
from okta_postman.postman.variables import REFERENCE, is_connection_variable
from okta_postman.problems import UserError

_LONGEST: Final = 120
_NOT_IN_A_NAME: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069{}\ud800-\udfff]+"
)
_PRIVATE: Final = re.compile(
    r"pass[-_ ]?(?:word|wd|phrase|code)|pwd|secret|token|credential|private|api[-_ ]?key|ssws",
    re.IGNORECASE,
)


class NewManifest(NamedTuple):
    """The text of a manifest, how many requests it has, and what of the collection it has not."""

    text: str
    requests: int
    problems: tuple[PathProblem, ...]


def to_manifest(
    collection: Collection,
    decisions: Sequence[Decision],
    connection: Manifest,
    values: Mapping[str, str],
) -> NewManifest:
    """The manifest of a collection; requests whose scopes are unknown are not in it.

    Raises UserError if none can be.
    """
    requests: list[Request] = []
    problems: list[PathProblem] = []
    taken: set[tuple[str, str]] = set()
    for decision in decisions:
        entry, left_out = entry_of(decision.request, decision.scopes)
        if decision.outcome != "migrated" or entry is None:
            reason = decision.reason if decision.outcome != "migrated" else left_out[0]
            problems.append(_problem(decision, f"is not in the manifest: {reason}"))
            continue
        if left_out:
            without = " and ".join(left_out)
            problems.append(_problem(decision, f"is in the manifest without {without}"))
        request = _named(decision, entry, taken)
        if request.name != _label(decision.request.name) and decision.request.name:
            problems.append(_problem(decision, f"is `{request.name}` in the manifest"))
        requests.append(request)
    if not requests:
        reason = f": {problems[0].message}" if problems else ""
        raise UserError(f"none of the requests can be in a manifest{reason}")
    problems += _scripts(collection)
    head = write.head(
        _label(collection.name) or connection.name,
        write.connections(connection.environments),
        description=HALF_CHARACTER.sub("\ufffd", collection.description),
        layout=_layout(connection.layout),
    )
    entries = (((request.scopes,), write.request_to_entry(request)) for request in requests)
    listed = write.endpoint_lists(entries)
    variables = _variables(requests, "".join(block(listed)), connection, values)
    text = write.text({**head, **listed, **variables})
    return NewManifest(text, len(requests), tuple(problems))


def private_variables(contents: Sequence[Content]) -> set[str]:
    """The variables whose values are in no manifest, by their type or by their name."""
    private = set()
    for content in contents:
        for variable in content.variables:
            if variable.type == "secret" or _PRIVATE.search(variable.key):
                private.add(variable.key)
    return private


def halves(content: Content, public: Container[str]) -> Iterator[PathProblem]:
    """An error for each value that no manifest can hold: YAML is written in whole characters."""
    for variable in content.variables:
        if variable.key in public and HALF_CHARACTER.search(variable.value):
            message = f"the value of `{variable.key}` holds half a character"
            hint = "no manifest can hold it: type the value again, or empty it"
            yield PathProblem("P024", message, hint, (*variable.path, "value"), "error")


def _named(decision: Decision, entry: Request, taken: set[tuple[str, str]]) -> Request:
    """An entry with a name that no other has in its folder, nor of the same endpoint."""
    folder = _label(" / ".join(decision.request.folders))
    shape = entry.endpoint.shape
    name = _label(decision.request.name) or re.sub("[{}]", "", str(entry.endpoint))
    free, number = name, 1
    while {(folder, free), (shape, free)} & taken:
        number += 1
        free = f"{name} ({number})"
    taken |= {(folder, free), (shape, free), ("", folder)}
    return entry._replace(name=free, folder=folder)


def _label(name: str) -> str:
    """A name on one line, of what the name of a request, folder or collection may have."""
    return " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:_LONGEST].strip()


def _layout(layout: Layout) -> Layout:
    """The layout of a manifest without folders of its own, except those of their tokens."""
    return layout._replace(folders="resource" if layout.auth == "folder" else "none")


def _variables(
    requests: Sequence[Request], written: str, connection: Manifest, values: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The variables that requests ask for, without those that connect to an org, in their order.

    That is the order of the scope map, whose text is `written`: parameters of paths come last.
    """
    by_scopes: dict[tuple[str, ...], list[str]] = {}
    for request in requests:
        by_scopes.setdefault(request.scopes, []).extend(request.endpoint.parameters)
    parameters = [name for names in by_scopes.values() for name in names]
    given = connection.environments[0].variables
    found = {
        name: given.get(name) or values.get(name, "")
        for name in dict.fromkeys([*REFERENCE.findall(written), *parameters])
        if not is_connection_variable(name) and name[:1] != "$"
    }
    return {"variables": found} if found else {}


def _problem(decision: Decision, message: str) -> PathProblem:
    hint = "generated requests are what the manifest says, and nothing else"
    message = f"`{decision.request.name}` {message}"
    return PathProblem("P024", message, hint, decision.request.path_of_name)


def _scripts(collection: Collection) -> Iterator[PathProblem]:
    """A warning if the collection has scripts of its own."""
    for script in collection.scripts:
        if script.path[:-1] == (*collection.path, "event") and script.code.strip():
            message = "the scripts of the collection are not in the manifest"
            hint = "generated collections have scripts of their own, or none"
            yield PathProblem("P024", message, hint, script.path)
