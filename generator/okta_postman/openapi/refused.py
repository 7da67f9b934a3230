"""Operations that a manifest can't have, reported where the user reads.

A new manifest is checked as any other. What is wrong with it is no place in a file that nobody
wrote, but an operation of the document, or the value of an option.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from okta_postman.documents.data import Path
from okta_postman.documents.document import Document
from okta_postman.okta.credentials import safe
from okta_postman.okta.scopes import is_okta_scope, joined
from okta_postman.openapi.entries import scope_sets_of
from okta_postman.openapi.nodes import Node
from okta_postman.operation import Endpoint, Operation, ScopeSet
from okta_postman.problems import Checked, Position, Problem, Severity, Source, in_order
from okta_postman.wording import named

_OPTIONS: Final[Mapping[Path, str]] = {
    ("org",): "--org",
    ("authorization_server", "authorize_url"): "--authorize-url",
    ("authorization_server", "token_url"): "--token-url",
    ("app", "client_id"): "--client-id",
    ("redirect_uri",): "--redirect-uri",
}
_ONLY_ORG_SERVER: Final = "R007"
_NOWHERE: Final = Position(1, 1)


class Refusal(NamedTuple):
    """A scope set of an operation that a manifest can't have, and the rule that it breaks."""

    operation: Operation
    scopes: ScopeSet
    problem: Problem


def refusals(
    manifest: Document, problems: Iterable[Problem], operations: Sequence[Operation]
) -> list[Refusal]:
    """The parts of operations that the errors in their manifest are about."""
    owners = list(_owners(manifest))
    lines = [line for line, _ in owners]
    blamed: dict[str, Problem] = {}
    for problem in problems:
        if problem.code == _ONLY_ORG_SERVER:
            for scopes in filter(_has_okta_scope, scope_sets_of(operations)):
                blamed.setdefault(joined(scopes), problem)
        elif problem.severity == "error" and problem.position.line >= lines[0]:
            owner = owners[bisect_right(lines, problem.position.line) - 1][1]
            blamed.setdefault(owner, problem)
    return [
        Refusal(operation, scopes, problem)
        for operation in operations
        for scopes in operation.scope_sets
        for problem in [blamed.get(joined(scopes)) or blamed.get(str(operation.endpoint))]
        if problem
    ]


def without(operations: Iterable[Operation], refused: Iterable[Refusal]) -> list[Operation]:
    """Operations with the scope sets that are not refused; those that keep none are left out."""
    taken = {(refusal.operation.endpoint, refusal.scopes) for refusal in refused}
    left = []
    for operation in operations:
        kept = [each for each in operation.scope_sets if (operation.endpoint, each) not in taken]
        if kept:
            left.append(operation._replace(scope_sets=tuple(kept)))
    return left


def reports(
    refused: Iterable[Refusal], nodes: Mapping[Endpoint, Node], severity: Severity
) -> tuple[Checked, ...]:
    """A problem in the document for each rule and scope set, at the first of its operations."""
    alike: dict[tuple[str, ScopeSet], list[Refusal]] = {}
    for refusal in refused:
        alike.setdefault((refusal.problem.message, refusal.scopes), []).append(refusal)
    by_source: dict[int, tuple[Source, list[Problem]]] = {}
    for same in alike.values():
        node = nodes[same[0].operation.endpoint]
        source = node.document.source
        problem = _problem(same, node.document.key(node.path), severity)
        by_source.setdefault(id(source), (source, []))[1].append(problem)
    return tuple(safe(source, in_order(problems)) for source, problems in by_source.values())


def by_option(manifest: Document, problems: Iterable[Problem]) -> tuple[Checked, ...]:
    """The errors above the scope map of a new manifest, by the options that give the values."""
    options = {manifest.value(path).line: option for path, option in _OPTIONS.items()}
    return tuple(
        Checked(Source(options[problem.position.line], ""), (problem._replace(position=_NOWHERE),))
        for problem in problems
        if problem.severity == "error" and problem.position.line in options
    )


def _owners(manifest: Document) -> Iterator[tuple[int, str]]:
    """The line on which each key and entry of a scope map begins, and its scopes or endpoint."""
    for key, entries in manifest.data["scopes"].items():
        yield manifest.key(("scopes", key)).line, key
        for index, entry in enumerate(entries):
            endpoint = entry if isinstance(entry, str) else entry["request"]
            yield manifest.value(("scopes", key, index)).line, endpoint


def _problem(same: Sequence[Refusal], position: Position, severity: Severity) -> Problem:
    names = named(str(refusal.operation.endpoint) for refusal in same)
    problem, scopes = same[0].problem, joined(same[0].scopes)
    verb = "is" if len(same) == 1 else "are"
    message = f"{names} {verb} not imported with `{scopes}`: {problem.message}"
    return Problem("O014", message, problem.hint, position, severity)


def _has_okta_scope(scopes: ScopeSet) -> bool:
    return any(map(is_okta_scope, scopes))
