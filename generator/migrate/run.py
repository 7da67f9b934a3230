"""The door of the room: files go in, and come out migrated, with what was done and found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.migrate import collection
from generator.migrate.collection import Plan, Row
from generator.migrate.credentials import Credential
from generator.migrate.decide import Decision, decisions, known
from generator.migrate.describe import Described, describe
from generator.migrate.edits import Edit, applied
from generator.migrate.environment import (
    Needs,
    disagreements,
    environment_edits,
    needs,
    private_variables,
    secrets_in,
    tokens_that_stay,
    wanted_by,
)
from generator.migrate.findings import collection_problems, too_long
from generator.migrate.formats import File, open_file
from generator.migrate.levels import levels
from generator.migrate.requests import requests_of
from generator.migrate.tokens import outside, token_edits, token_problems, without
from generator.migrate.tree import Node, child, elements, text
from generator.model import Description
from generator.okta.credentials import masked
from generator.problems import Checked, Problem, Refused, Source, Unusable, in_order

_TELLING: Final = 4
"""Letters of a text that may be secret; a shorter one is a placeholder."""


class Migrated(NamedTuple):
    """A file before and after; `after` is None if it was refused.

    `secrets` are texts that nobody may be shown, although they do not look like tokens.
    """

    name: str
    before: bytes
    after: bytes | None
    rows: tuple[Row, ...]
    checked: Checked
    secrets: frozenset[str] = frozenset()


def migrate(
    inputs: Sequence[tuple[str, bytes]], description: Description, *, remove_unknown: bool = False
) -> list[Migrated]:
    """The files migrated, in their order; if one of them is refused, all are read all the same."""
    opened = [_opened(name, data) for name, data in inputs]
    files = [each for each in opened if isinstance(each, File)]
    collections = [each for each in files if each.kind == "collection"]
    if len(files) < len(inputs) or not collections:
        alone = len(files) == len(inputs)
        return [
            each if isinstance(each, Migrated) else _untouched(each, alone=alone) for each in opened
        ]
    values = _values(files)
    work = _Work(description, values, remove_unknown)
    plans = {id(each): work.plan(each) for each in collections}
    asked = needs(
        [applied(each.editor.text, work.edits(each, plans[id(each)])) for each in collections],
        frozenset(name for plan in plans.values() for name in _token_variables(plan)),
        list(values),
    )
    return [
        work.collection(each, plans[id(each)], asked)
        if each.kind == "collection"
        else work.environment(each, asked)
        for each in files
    ]


def to_description(
    inputs: Sequence[tuple[str, bytes]], connection: Description
) -> tuple[Described | None, list[Checked]]:
    """The description of one collection, if it can be read, and everything found in the files.

    Environments give the values of its variables. Raises Unusable if there are several collections.
    """
    opened = [_opened(name, data) for name, data in inputs]
    files = [each for each in opened if isinstance(each, File)]
    collections = [each for each in files if each.kind == "collection"]
    if len(files) < len(inputs) or not collections:
        return None, [each.checked for each in migrate(inputs, connection)]
    if len(collections) > 1:
        raise Unusable("a description is of one collection; give one, and its environments")
    (file,) = collections
    values = _values(files)
    decided = decisions(requests_of(file.root), known(connection, values))
    told = token_problems(file.source, token_edits(file.source))
    secret = {text(each) for other in files for each in _literals(other, decided)}
    private = {name for other in files for name, _ in private_variables(other.root)}
    public = {name: value for name, value in values.items() if name not in private}
    safe = {name: masked(value) for name, value in public.items() if value not in secret}
    made = describe(file, decided, connection, safe)
    problems = [*file.problems, *made.problems, *told]
    return made, [_shown(file.source, problems, frozenset(secret))]


def _literals(file: File, decided: Sequence[Decision]) -> Iterator[Node]:
    """The credentials that are written out in a file."""
    for key in ("variable", "values"):
        yield from secrets_in(child(file.root, key), (), frozenset())
    for decision in decided:
        if decision.outcome == "left":
            continue  # another service's own, perhaps: reported where it looks like a token
        for each in decision.credentials:
            if each.literal:
                yield _written_out(file, decision, each)


def _written_out(file: File, decision: Decision, credential: Credential) -> Node:
    """Where a credential is written out: its value or, in headers that are one text, a part."""
    headers = child(decision.request.node, "header")
    if headers is None or not isinstance(headers.value, str):
        return credential.node
    literal = credential.literal
    start = file.editor.text.find(literal, headers.start, headers.end)
    return Node(start - 1, start + len(literal) + 1, literal if start > 0 else "")


class _Work(NamedTuple):
    """What all files of a run have in common."""

    description: Description
    values: dict[str, str]
    remove_unknown: bool

    def plan(self, file: File) -> Plan:
        knowing = known(self.description, self.values)
        decided = decisions(requests_of(file.root), knowing)
        level = self.description.layout.auth
        placed = levels(file.root, decided, level, remove_unknown=self.remove_unknown)
        return Plan(file.root, self.description, decided, placed, self.remove_unknown)

    def edits(self, file: File, plan: Plan) -> list[Edit]:
        return list(collection.edits(plan, file.editor))

    def collection(self, file: File, plan: Plan, asked: Needs) -> Migrated:
        edits = self.edits(file, plan)
        edits += collection.variables_gone(file.root, file.editor, asked.gone)
        literal = list(_literals(file, plan.decisions))
        problems = [*collection_problems(file, plan), *too_long(plan)]
        rows = tuple(collection.rows(file.source.name, plan))
        return _finished(file, edits, literal, problems, rows)

    def environment(self, file: File, asked: Needs) -> Migrated:
        wanted = wanted_by(self.description, file.root, asked.named)
        edits = list(environment_edits(file.root, file.editor, wanted, asked.gone))
        secret = list(secrets_in(child(file.root, "values"), wanted, asked.gone))
        problems = [
            *disagreements(file.source, file.root, wanted),
            *tokens_that_stay(file.source, file.root, asked.named),
        ]
        return _finished(file, edits, secret, problems)


def _finished(
    file: File,
    edits: list[Edit],
    secret: Sequence[Node],
    problems: Sequence[Problem],
    rows: tuple[Row, ...] = (),
) -> Migrated:
    """A file with its edits made, and without the tokens that are written out in it."""
    anew = Source(file.source.name, file.editor.text)
    hidden = [node for node in secret if len(text(node)) >= _TELLING]
    spans = [(node.start + 1, node.end - 1) for node in hidden]
    tokens = list(token_edits(anew, spans))
    told = token_problems(anew, tokens)
    if file.rewritten:
        told = token_problems(file.source, token_edits(file.source))
    cleaned = [without(anew.text, tokens, edit) for edit in edits]
    after = applied(anew.text, [*cleaned, *outside(tokens, edits)])
    written = {anew.text[start:end] for start, end in spans}  # JSON may escape any letter
    secrets = frozenset({text(node) for node in hidden} | written)
    checked = _shown(file.source, [*file.problems, *problems, *told], secrets)
    return Migrated(file.source.name, file.data, file.encoded(after), rows, checked, secrets)


def _opened(name: str, data: bytes) -> File | Migrated:
    try:
        return open_file(name, data)
    except Refused as refused:
        source = Source(name, data.decode("utf-8-sig", errors="replace"))
        checked = _shown(source, refused.problems, frozenset())
        return Migrated(name, data, None, (), checked)


def _untouched(file: File, *, alone: bool) -> Migrated:
    """A file that was read, and cannot be migrated without the others."""
    problems: list[Problem] = []
    if alone:
        message = "this is an environment, and no collection is among the files"
        hint = "give the collections that are used with it, too: they say what it needs"
        problems.append(Problem("P012", message, hint, file.position(file.root)))
    return Migrated(
        file.source.name, file.data, None, (), _shown(file.source, problems, frozenset())
    )


def _shown(source: Source, problems: Sequence[Problem], secrets: frozenset[str]) -> Checked:
    """Problems as they may be shown: no line of the source has a credential."""
    text_shown = masked(source.text)
    for secret in sorted(secrets, key=len, reverse=True):
        text_shown = text_shown.replace(secret, "*" * len(secret))
    hidden = [
        each._replace(
            message=masked(each.message, elsewhere=source.text),
            hint=masked(each.hint, elsewhere=source.text),
        )
        for each in problems
    ]
    return Checked(Source(source.name, text_shown), in_order(hidden))


def _values(files: Sequence[File]) -> dict[str, str]:
    """The values of variables, by name, in environments and collections."""
    listed = [child(each.root, key) for each in files for key in ("variable", "values")]
    found: dict[str, str] = {}
    for each in (variable for values in listed for variable in elements(values)):
        found[text(child(each, "key"))] = text(child(each, "value"))
    return found


def _token_variables(plan: Plan) -> Iterator[str]:
    """The variables that made up API tokens in a collection."""
    for decision in plan.decisions:
        for credential in decision.credentials:
            if credential.scheme != "Bearer":
                yield from credential.variables
