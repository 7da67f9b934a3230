"""The door of the room: files go in, and come out migrated, with what was done and found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from okta_postman.manifest.model import Manifest
from okta_postman.migrate import collection
from okta_postman.migrate.clean import Clean, clean, shown
from okta_postman.migrate.collection import Plan, Row
from okta_postman.migrate.decide import decisions, known
from okta_postman.migrate.describe import Described, describe
from okta_postman.migrate.edits import Edit, applied
from okta_postman.migrate.environment import (
    disagreements,
    environment_edits,
    mistaken,
    private_variables,
    tokens_that_stay,
    wanted_by,
)
from okta_postman.migrate.findings import collection_problems, too_long, undefined
from okta_postman.migrate.formats import File, open_file
from okta_postman.migrate.levels import levels
from okta_postman.migrate.needs import Needs, names_in_blocks, needs, token_variables, variables_in
from okta_postman.migrate.place import place_of, place_problems
from okta_postman.migrate.requests import requests_of, scripts_of, unsent_of, variable_name
from okta_postman.migrate.tree import Node, child, elements, text
from okta_postman.okta.credentials import safe
from okta_postman.problems import Checked, InvalidSource, Problem, Source, UserError, in_order


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
    inputs: Sequence[tuple[str, bytes]], manifest: Manifest, *, remove_unknown: bool = False
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
    cleaned = clean(files, manifest)
    files = [each.file for each in cleaned]
    variables = variables_in(files)
    plans = _plans(files, manifest, variables, remove_unknown=remove_unknown)
    used = [used for plan in plans.values() for used in (*plan.decisions, *plan.unsent)]
    renamed = names_in_blocks(used, variables)
    planned = {id(each): each for each in files if id(each) in plans}
    plans = {key: plan._replace(renamed=renamed) for key, plan in plans.items()}
    edits = {key: list(collection.edits(plans[key], each.editor)) for key, each in planned.items()}
    asked = needs(
        [collection.sent(each, edits[key]) for key, each in planned.items()],
        [code for each in planned.values() for code in _code(each)],
        used,
        variables,
    )
    alone = len(planned) == len(files)
    return [
        _collection(each, plans[id(each.file)], edits[id(each.file)], asked, alone=alone)
        if id(each.file) in plans
        else _environment(each, manifest, asked, renamed)
        for each in cleaned
    ]


def to_description(
    inputs: Sequence[tuple[str, bytes]], connection: Manifest
) -> tuple[Described | None, list[Checked]]:
    """The description of one collection, if it can be read, and everything found in the files.

    Environments give the values of its variables. Raises UserError for several collections.
    """
    opened = [_opened(name, data) for name, data in inputs]
    files = [each for each in opened if isinstance(each, File)]
    collections = [each for each in files if each.kind == "collection"]
    if len(files) < len(inputs) or not collections:
        return None, [each.checked for each in migrate(inputs, connection)]
    if len(collections) > 1:
        raise UserError("a description is of one collection; give one, and its environments")
    cleaned = clean(files, connection)
    (made_of,) = [each for each in cleaned if each.file.kind == "collection"]
    files = [each.file for each in cleaned]
    variables = variables_in(files)
    (plan,) = _plans(files, connection, variables, remove_unknown=False).values()
    private = {name for each in files for name, _ in private_variables(each.root)}
    private |= token_variables((*plan.decisions, *plan.unsent), variables)
    public = {name: values[-1] for name, values in variables.items() if name not in private}
    made = describe(made_of.file, plan.decisions, connection, public)
    told = {id(made_of): made.problems}
    return made, [shown(each, told.get(id(each), ()), described=True) for each in cleaned]


def _plans(
    files: Sequence[File],
    manifest: Manifest,
    variables: Mapping[str, Sequence[str]],
    *,
    remove_unknown: bool,
) -> dict[int, Plan]:
    """What is decided about each collection, by the identity of its file."""
    knowing = known(manifest, variables)
    level = manifest.layout.auth
    plans = {}
    for file in files:
        if file.kind == "collection":
            decided = decisions(requests_of(file.root), knowing)
            placed = levels(file.root, decided, level, remove_unknown=remove_unknown)
            unsent = decisions(unsent_of(file.root), knowing)
            plans[id(file)] = Plan(
                file.root, manifest, decided, unsent, placed, remove_unknown, renamed={}
            )
    return plans


def _collection(
    cleaned: Clean, plan: Plan, edits: list[Edit], asked: Needs, *, alone: bool
) -> Migrated:
    file = cleaned.file
    gone = collection.variables_gone(file.root, file.editor, asked.gone)
    problems = [*collection_problems(file, plan), *too_long(plan)]
    rows = tuple(collection.rows(file.source.name, plan, cleaned.secrets))
    if alone and any(row.result == "migrated" for row in rows):
        problems += undefined(file, plan)
    return Migrated(
        file.source.name,
        file.data,
        file.encoded(applied(file.editor.text, [*edits, *gone])),
        rows,
        shown(cleaned, problems),
        cleaned.secrets,
        lost=_named(child(file.root, "variable"), asked.gone),
    )


def _environment(
    cleaned: Clean, manifest: Manifest, asked: Needs, renamed: Mapping[str, str]
) -> Migrated:
    file = cleaned.file
    place = place_of(manifest, file.root)
    wanted = wanted_by(manifest, place, asked.named, renamed)
    edits = environment_edits(file.root, file.editor, wanted, asked.gone)
    problems = [
        *place_problems(file.position, file.root, place),
        *disagreements(file.position, file.root, wanted),
        *mistaken(file.position, file.root, wanted, renamed),
        *tokens_that_stay(file.position, file.root, asked),
    ]
    values = child(file.root, "values")
    there = _named(values, (each.key for each in wanted))
    return Migrated(
        file.source.name,
        file.data,
        file.encoded(applied(file.editor.text, edits)),
        (),
        shown(cleaned, problems),
        cleaned.secrets,
        lost=_named(values, asked.gone),
        gained=tuple(each.key for each in wanted if each.key not in there),
    )


def _named(variables: Node | None, names: Iterable[str]) -> tuple[str, ...]:
    """Those of some names that a list of variables has, in its order."""
    wanted = frozenset(names)
    there = map(variable_name, elements(variables))
    return tuple(dict.fromkeys(each for each in there if each in wanted))


def _opened(name: str, data: bytes) -> File | Migrated:
    try:
        return open_file(name, data)
    except InvalidSource as refused:
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


def _code(file: File) -> Iterator[str]:
    """The code of each script of a collection."""
    for lines in scripts_of(file.root):
        yield "\n".join(map(text, lines))
