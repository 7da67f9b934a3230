"""The door of the room: files go in, and come out migrated, with what was done and found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.migrate import collection
from generator.migrate.collection import Plan, Row
from generator.migrate.decide import decisions, known
from generator.migrate.describe import Described, describe
from generator.migrate.edits import Edit
from generator.migrate.environment import (
    disagreements,
    environment_edits,
    private_variables,
    secrets_in,
    tokens_that_stay,
    wanted_by,
)
from generator.migrate.findings import collection_problems, too_long, undefined
from generator.migrate.finish import edited, secrets_of, shown
from generator.migrate.formats import File, open_file
from generator.migrate.levels import levels
from generator.migrate.literals import Literals, literals, whole
from generator.migrate.needs import Needs, names_in_blocks, needs
from generator.migrate.place import place_of, place_problems
from generator.migrate.requests import (
    requests_of,
    scripts_of,
    unsent_of,
    variable_name,
    variables_of,
)
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
    variables = _variables(files)
    plans = {id(each): _plan(each, description, variables, remove_unknown) for each in collections}
    used = [used for plan in plans.values() for used in (*plan.decisions, *plan.unsent)]
    renamed = names_in_blocks(used)
    plans = {key: plan._replace(renamed=renamed) for key, plan in plans.items()}
    edits = {id(each): list(collection.edits(plans[id(each)], each.editor)) for each in collections}
    asked = needs(
        [collection.sent(each.root, each.editor.text, edits[id(each)]) for each in collections],
        [code for each in collections for code in _code(each)],
        used,
        variables,
    )
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
    variables = _variables(files)
    plan = _plan(file, connection, variables, remove_unknown=False)
    tokens = needs([file.editor.text], [], (*plan.decisions, *plan.unsent), variables).tokens
    secrets = secrets_of(file, _literals(file, plan, tokens))
    private = {name for other in files for name, _ in private_variables(other.root)} | tokens
    carried = {
        name: masked(values[-1])
        for name, values in variables.items()
        if name not in private and values[-1] not in secrets.texts
    }
    made = describe(file, plan.decisions, connection, carried)
    return made, [shown(file, made.problems, secrets, described=True)]


def _plan(
    file: File,
    description: Description,
    variables: Mapping[str, list[str]],
    remove_unknown: bool,  # noqa: FBT001
) -> Plan:
    knowing = known(description, {name: values[-1] for name, values in variables.items()})
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
    secrets = secrets_of(file, _literals(file, plan, asked.tokens))
    rows = tuple(collection.rows(file.source.name, plan, secrets.texts))
    if alone and any(row.done == "migrated" for row in rows):
        problems += undefined(file, plan)
    return Migrated(
        file.source.name,
        file.data,
        edited(file, [*edits, *gone], secrets),
        rows,
        shown(file, problems, secrets),
        secrets.texts,
        lost=_named(child(file.root, "variable"), asked.gone),
    )


def _environment(
    file: File, description: Description, asked: Needs, renamed: Mapping[str, str]
) -> Migrated:
    place = place_of(description, file.root)
    wanted = wanted_by(description, place, asked.named, renamed)
    edits = list(environment_edits(file.root, file.editor, wanted, asked.gone))
    secret = asked.tokens | {each.key for each in wanted if each.secret}
    problems = [
        *place_problems(file.position, file.root, place),
        *disagreements(file.position, file.root, wanted),
        *tokens_that_stay(file.position, file.root, asked),
    ]
    values = child(file.root, "values")
    secrets = secrets_of(file, whole(secrets_in(values, secret)))
    there = _named(values, (each.key for each in wanted))
    return Migrated(
        file.source.name,
        file.data,
        edited(file, edits, secrets),
        (),
        shown(file, problems, secrets),
        secrets.texts,
        lost=_named(values, asked.gone),
        gained=tuple(each.key for each in wanted if each.key not in there),
    )


def _named(variables: Node | None, names: Iterable[str]) -> tuple[str, ...]:
    """Those of some names that a list of variables has, in its order."""
    wanted = frozenset(names)
    there = map(variable_name, elements(variables))
    return tuple(dict.fromkeys(each for each in there if each in wanted))


def _literals(file: File, plan: Plan, tokens: frozenset[str]) -> Literals:
    """The credentials that are written out in a collection, its variables among them."""
    found = literals(file.editor.text, file.root, (*plan.decisions, *plan.unsent))
    variables = whole(secrets_in(child(file.root, "variable"), tokens))
    return Literals(found.cut | variables.cut, found.kept)


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


def _variables(files: Sequence[File]) -> dict[str, list[str]]:
    """The values of variables, by name, in environments and collections."""
    found: dict[str, list[str]] = {}
    for each in (each for file in files for each in variables_of(file.root)):
        found.setdefault(variable_name(each), []).append(text(child(each, "value")))
    return found


def _code(file: File) -> Iterator[str]:
    """The code of each script of a collection."""
    for lines in scripts_of(file.root):
        yield "\n".join(map(text, lines))
