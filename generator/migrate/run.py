"""The door of the room: files go in, and come out migrated, with what was done and found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.migrate import collection
from generator.migrate.collection import Plan, Row
from generator.migrate.decide import decisions, known
from generator.migrate.describe import Described, describe
from generator.migrate.edits import Edit, applied
from generator.migrate.environment import (
    disagreements,
    environment_edits,
    private_variables,
    secrets_in,
    tokens_that_stay,
    wanted_by,
)
from generator.migrate.findings import collection_problems, too_long, undefined
from generator.migrate.formats import File, open_file
from generator.migrate.levels import levels
from generator.migrate.literals import Literals, found_again, literals, whole
from generator.migrate.needs import Needs, names_in_blocks, needs
from generator.migrate.place import place_of, place_problems
from generator.migrate.requests import requests_of, unsent_of
from generator.migrate.tokens import credential_spans, outside, token_edits, token_problems, without
from generator.migrate.tree import Node, child, elements, text
from generator.model import Description
from generator.okta.credentials import masked, safe
from generator.problems import Checked, Problem, Refused, Source, Unusable, in_order


class Migrated(NamedTuple):
    """A file before and after; `after` is None if it was refused.

    `secrets` are texts that nobody may be shown, although they do not look like tokens; `lost` and
    `gained` are variables.
    """

    name: str
    before: bytes
    after: bytes | None
    rows: tuple[Row, ...]
    checked: Checked
    secrets: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


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
    plans = {id(each): _plan(each, description, values, remove_unknown) for each in collections}
    used = [used for plan in plans.values() for used in (*plan.decisions, *plan.unsent)]
    renamed = names_in_blocks(used)
    plans = {key: plan._replace(renamed=renamed) for key, plan in plans.items()}
    edits = {id(each): list(collection.edits(plans[id(each)], each.editor)) for each in collections}
    edited = [applied(each.editor.text, edits[id(each)]) for each in collections]
    asked = needs(edited, used, values)
    return [
        _collection(each, plans[id(each)], edits[id(each)], asked, alone=len(files) == len(plans))
        if each.kind == "collection"
        else _environment(each, description, asked, renamed)
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
    plan = _plan(file, connection, values, remove_unknown=False)
    tokens = needs([file.editor.text], (*plan.decisions, *plan.unsent), values).tokens
    found = _literals(file, plan, tokens)
    private = {name for other in files for name, _ in private_variables(other.root)}
    public = {name: value for name, value in values.items() if name not in private | tokens}
    secrets = _secrets(file, found)
    carried = {name: masked(value) for name, value in public.items() if value not in secrets}
    made = describe(file, plan.decisions, connection, carried)
    problems = [*file.problems, *made.problems, *_token_problems(file, found, described=True)]
    return made, [safe(file.source, in_order(problems), secrets)]


def _plan(
    file: File,
    description: Description,
    values: dict[str, str],
    remove_unknown: bool,  # noqa: FBT001
) -> Plan:
    knowing = known(description, values)
    decided = decisions(requests_of(file.root), knowing)
    level = description.layout.auth
    placed = levels(file.root, decided, level, remove_unknown=remove_unknown)
    unsent = decisions(unsent_of(file.root), knowing)
    return Plan(file.root, description, decided, unsent, placed, remove_unknown, renamed={})


def _collection(
    file: File, plan: Plan, edits: list[Edit], asked: Needs, *, alone: bool
) -> Migrated:
    gone = collection.variables_gone(file.root, file.editor, asked.gone)
    problems = [*collection_problems(file, plan), *too_long(plan)]
    found = _literals(file, plan, asked.tokens)
    rows = tuple(collection.rows(file.source.name, plan, _secrets(file, found)))
    if alone and any(row.done == "migrated" for row in rows):
        problems += undefined(file, plan)
    finished = _finished(file, [*edits, *gone], found, problems, rows)
    return finished._replace(lost=_named(child(file.root, "variable"), asked.gone))


def _environment(
    file: File, description: Description, asked: Needs, renamed: Mapping[str, str]
) -> Migrated:
    place = place_of(description, file.root)
    wanted = wanted_by(description, place, asked.named, renamed)
    edits = list(environment_edits(file.root, file.editor, wanted, asked.gone))
    secret = asked.tokens | {each.key for each in wanted if each.secret}
    problems = [
        *place_problems(file.source, file.root, place),
        *disagreements(file.source, file.root, wanted),
        *tokens_that_stay(file.source, file.root, asked),
    ]
    found = whole(secrets_in(child(file.root, "values"), secret))
    there = _named(child(file.root, "values"), (each.key for each in wanted))
    return _finished(file, edits, found, problems)._replace(
        lost=_named(child(file.root, "values"), asked.gone),
        gained=tuple(each.key for each in wanted if each.key not in there),
    )


def _named(variables: Node | None, names: Iterable[str]) -> tuple[str, ...]:
    """Those of some names that a list of variables has, in its order."""
    wanted = frozenset(names)
    there = (text(child(each, "key")) for each in elements(variables))
    return tuple(dict.fromkeys(each for each in there if each in wanted))


def _literals(file: File, plan: Plan, tokens: frozenset[str]) -> Literals:
    """The credentials that are written out in a collection, its variables among them."""
    found = literals(file.editor.text, file.root, (*plan.decisions, *plan.unsent))
    variables = whole(secrets_in(child(file.root, "variable"), tokens))
    return Literals(found.cut | variables.cut, found.kept)


def _secrets(file: File, found: Literals) -> frozenset[str]:
    """What nobody may be shown of a file, and how it is spelled there."""
    text_edited = file.editor.text
    return Literals(found.cut, found.kept | credential_spans(text_edited)).secrets(text_edited)


def _finished(
    file: File,
    edits: list[Edit],
    found: Literals,
    problems: Sequence[Problem],
    rows: tuple[Row, ...] = (),
) -> Migrated:
    """A file with its edits made, and without the tokens that are written out in it."""
    before = file.editor.text
    tokens = list(token_edits(before, found))
    cleaned = [without(before, tokens, edit) for edit in edits]
    after = applied(before, [*cleaned, *outside(tokens, edits)])
    secrets = _secrets(file, found)
    told = [*file.problems, *problems, *_token_problems(file, found)]
    checked = safe(file.source, in_order(told), secrets)
    return Migrated(file.source.name, file.data, file.encoded(after), rows, checked, secrets)


def _token_problems(file: File, found: Literals, *, described: bool = False) -> Iterator[Problem]:
    """What is said of tokens, at the places where the user has them."""
    if file.rewritten:
        found = found_again(file.source, file.editor.text, found)
    return token_problems(file.source, found, described=described)


def _opened(name: str, data: bytes) -> File | Migrated:
    try:
        return open_file(name, data)
    except Refused as refused:
        source = Source(name, data.decode("utf-8-sig", errors="replace"))
        checked = safe(source, in_order(refused.problems))
        return Migrated(name, data, None, (), checked)


def _untouched(file: File, *, alone: bool) -> Migrated:
    """A file that was read, and cannot be migrated without the others."""
    problems: list[Problem] = []
    if alone:
        message = "this is an environment, and no collection is among the files"
        hint = "give the collections that are used with it, too: they say what it needs"
        problems.append(Problem("P012", message, hint, file.position(file.root)))
    return Migrated(file.source.name, file.data, None, (), safe(file.source, problems))


def _values(files: Sequence[File]) -> dict[str, str]:
    """The values of variables, by name, in environments and collections."""
    listed = [child(each.root, key) for each in files for key in ("variable", "values")]
    found: dict[str, str] = {}
    for each in (variable for values in listed for variable in elements(values)):
        found[text(child(each, "key"))] = text(child(each, "value"))
    return found
