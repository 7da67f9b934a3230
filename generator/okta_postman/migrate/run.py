"""Migrates the files of a run: reads and redacts them, decides, changes copies, writes those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from okta_postman.documents.data import Data, Path
from okta_postman.documents.json_style import HALF_CHARACTER
from okta_postman.manifest.model import Manifest
from okta_postman.migrate import edit_collection, environments, warnings
from okta_postman.migrate import to_manifest as manifests
from okta_postman.migrate.auth_placement import placement
from okta_postman.migrate.credentials import Credential
from okta_postman.migrate.decide import Decision, Knowledge, decide, knowledge
from okta_postman.migrate.destinations import Destination, destinations
from okta_postman.migrate.edit_collection import Plan
from okta_postman.migrate.redaction import Redacted, content_of, redact
from okta_postman.migrate.rows import Row, rows_of
from okta_postman.migrate.variables import (
    Values,
    VariableUse,
    renamed_variables,
    token_variables,
    values_of,
    variable_use,
)
from okta_postman.okta.credentials import safe
from okta_postman.postman.existing.collection import Collection, Content, Environment
from okta_postman.postman.existing.file import File, PathProblem, open_file
from okta_postman.problems import Checked, InvalidSource, Source, UserError, in_order


class Migrated(NamedTuple):
    """A file before and after; `after` is None if it was refused.

    `secrets` are strings that nobody may be shown, although they do not look like tokens; `lost`
    and `gained` are variables. A file `is_reformatted` if its layout could not be kept.
    """

    name: str
    before: bytes
    after: bytes | None
    checked: Checked
    rows: tuple[Row, ...] = ()
    secrets: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    is_reformatted: bool = False


class _Decided(NamedTuple):
    """What becomes of the requests of a file, and of those that are only kept with them."""

    requests: list[Decision]
    unsent: list[Decision]


class _Edited(NamedTuple):
    """A collection's plan, and its data after everything in the plan."""

    plan: Plan
    data: Data


def migrate(
    inputs: Sequence[tuple[str, bytes]], manifest: Manifest, *, remove_unknown: bool = False
) -> list[Migrated]:
    """The files migrated, in their order; if one of them is refused, all are read all the same.

    What one file holds tells about another, so each step is taken for all before the next one.
    """
    files, refused = _opened(inputs)
    if refused:
        return refused
    contents = [content_of(file) for file in files]
    known = knowledge(manifest)
    places = destinations(contents, known.requests, known.orgs)
    redacted = redact(files, contents, places, manifest)
    values = values_of(file.content for file in redacted)
    decided = [
        _decided(file.content, each, known) for file, each in zip(redacted, places, strict=True)
    ]
    decisions = [each for requests, unsent in decided for each in (*requests, *unsent)]
    renamed = renamed_variables(decisions, values)
    edited: dict[int, _Edited] = {}
    for number, file in enumerate(redacted):
        if isinstance(file.content, Collection):
            requests = decided[number].requests
            level = manifest.layout.auth
            placed = placement(file.content, requests, level, remove_unknown=remove_unknown)
            plan = Plan(file.content, manifest, requests, placed, remove_unknown, renamed)
            edited[number] = _Edited(plan, edit_collection.migrated(file.data, plan))
    use = _use_of_variables(edited.values(), decisions, values)
    is_alone = len(edited) == len(redacted)
    return [
        _collection(file, *edited[number], use, is_alone=is_alone)
        if number in edited
        else _environment(file, manifest, use, renamed)
        for number, file in enumerate(redacted)
    ]


def to_manifest(
    inputs: Sequence[tuple[str, bytes]], connection: Manifest
) -> tuple[manifests.NewManifest | None, list[Checked]]:
    """The manifest of one collection, if it can be read, and everything found in the files.

    Environments give the values of its variables. Raises UserError for several collections.
    """
    files, refused = _opened(inputs)
    if refused:
        return None, [file.checked for file in refused]
    contents = [content_of(file) for file in files]
    known = knowledge(connection)
    places = destinations(contents, known.requests, known.orgs)
    redacted = redact(files, contents, places, connection)
    contents = [file.content for file in redacted]
    values = values_of(contents)
    collection, *others = [each for each in contents if isinstance(each, Collection)]
    if others:
        raise UserError("a manifest is made of one collection; give one, and its environments")
    decisions, unsent = _decided(collection, places[contents.index(collection)], known)
    private = manifests.private_variables(contents)
    private |= token_variables(_of_the_org([*decisions, *unsent]), values)
    public = {name: listed[-1] for name, listed in values.items() if name not in private}
    made = manifests.to_manifest(collection, decisions, connection, public)
    if HALF_CHARACTER.search(made.text):
        return None, [_checked(file, manifests.halves(file.content, public)) for file in redacted]
    return made, [
        _checked(file, made.problems if file.content is collection else (), in_manifest=True)
        for file in redacted
    ]


def _opened(inputs: Sequence[tuple[str, bytes]]) -> tuple[list[File], list[Migrated]]:
    """The files that could be read; and all of them as refused, if they cannot be migrated.

    That is if some could not be read, or if all are environments.
    """
    files: list[File] = []
    done: list[Migrated] = []
    for name, read in inputs:
        try:
            files.append(open_file(name, read))
            checked = safe(files[-1].source, [])
        except InvalidSource as refusal:
            source = Source(name, read.decode("utf-8-sig", errors="replace"))
            checked = safe(source, in_order(refusal.problems))
        done.append(Migrated(name, read, None, checked))
    if len(files) < len(inputs):
        return files, done
    if any(file.kind == "collection" for file in files):
        return files, []
    message = "this is an environment, and no collection is among the files"
    hint = "add the collections that are used with it: they tell what it needs"
    problem = PathProblem("P012", message, hint, (), "error")
    checks = [safe(file.source, file.located([problem])) for file in files]
    return files, [each._replace(checked=check) for each, check in zip(done, checks, strict=True)]


def _decided(content: Content, places: Mapping[Path, Destination], known: Knowledge) -> _Decided:
    """What becomes of the requests of a collection; an environment has none."""
    if isinstance(content, Environment):
        return _Decided([], [])
    return _Decided(
        [decide(request, places[request.path], known) for request in content.requests],
        [decide(request, places[request.path], known) for request in content.unsent],
    )


def _use_of_variables(
    edited: Iterable[_Edited], decisions: Iterable[Decision], values: Values
) -> VariableUse:
    """How the collections of a run use variables, now that they are edited."""
    sent = []
    code = []
    for plan, data in edited:
        sent.append(edit_collection.sent(data, plan.collection))
        code += [script.code for script in plan.collection.scripts]
    return variable_use("\n".join(sent), "\n".join(code), _of_the_org(decisions), values)


def _of_the_org(decisions: Iterable[Decision]) -> Iterator[Credential]:
    """The credentials of the org that requests were sent with until now."""
    for decision in decisions:
        if decision.for_org:
            yield from decision.authorization.replaceable


def _collection(
    file: Redacted, plan: Plan, data: Data, use: VariableUse, *, is_alone: bool
) -> Migrated:
    rows = rows_of(file.original.source.name, file.data, plan, file.secrets)
    problems = [*warnings.of_collection(plan)]
    if is_alone and any(row.result == "migrated" for row in rows):
        problems += warnings.undefined_variables(plan)
    data = edit_collection.without_variables(data, plan.collection, use.unused)
    return _migrated(file, data, use, problems)._replace(rows=rows)


def _environment(
    file: Redacted, manifest: Manifest, use: VariableUse, renamed: Mapping[str, str]
) -> Migrated:
    environment = file.content
    matched = environments.match(manifest, environment)
    wanted = environments.wanted_variables(manifest, matched, use.used, renamed)
    problems = warnings.of_environment(environment, matched, wanted, renamed, use)
    data = environments.migrated(file.data, environment, wanted, use.unused)
    keys = {variable.key for variable in environment.variables}
    gained = tuple(variable.key for variable in wanted if variable.key not in keys)
    return _migrated(file, data, use, problems)._replace(gained=gained)


def _migrated(
    file: Redacted, data: Data, use: VariableUse, problems: Iterable[PathProblem]
) -> Migrated:
    after, is_reformatted = file.original.written(data)
    keys = dict.fromkeys(variable.key for variable in file.content.variables)
    return Migrated(
        file.original.source.name,
        file.original.raw,
        after,
        _checked(file, problems),
        secrets=file.secrets,
        lost=tuple(key for key in keys if key in use.unused),
        is_reformatted=is_reformatted,
    )


def _checked(
    file: Redacted, problems: Iterable[PathProblem], *, in_manifest: bool = False
) -> Checked:
    """What was found in a file, with none but the lines that this is about, and nothing secret."""
    source = file.original.source
    hard_coded = file.problems(in_manifest=in_manifest)
    listed = in_order([*file.original.problems, *file.original.located(problems), *hard_coded])
    shown = {problem.position.line for problem in listed}
    lines = [line if number in shown else "" for number, line in enumerate(source.lines, 1)]
    return safe(Source(source.name, "\n".join(lines)), listed, file.secrets)
