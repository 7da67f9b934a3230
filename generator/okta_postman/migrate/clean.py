"""Files without the tokens that are written out in them, and what is said of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from okta_postman.compose.variables import connection_variables
from okta_postman.manifest.model import Manifest
from okta_postman.migrate.decide import Decision, Known, decisions, known
from okta_postman.migrate.environment import secrets_in
from okta_postman.migrate.formats import File
from okta_postman.migrate.literals import Literals, found_again, literals, whole
from okta_postman.migrate.needs import token_variables, variables_in
from okta_postman.migrate.requests import requests_of, unsent_of
from okta_postman.migrate.tokens import Tokens, token_problems, tokens_in, unmistakable
from okta_postman.migrate.tree import child
from okta_postman.okta.credentials import safe
from okta_postman.postman.variables import REFERENCE
from okta_postman.problems import Checked, Problem, Source, in_order


class Clean(NamedTuple):
    """A file without tokens, those that its user has written out, and what nobody may be shown."""

    file: File
    tokens: Tokens
    secrets: frozenset[str]


def clean(files: Sequence[File], manifest: Manifest) -> list[Clean]:
    """Files without tokens: those of one run, in which one file tells what is a token in another.

    What is migrated is what comes out here, so that no edit can write a token again.
    """
    variables = variables_in(files)
    knowing = known(manifest, variables)
    used = [_decisions(file, knowing) for file in files]
    every = [each for decided in used for each in decided]
    secret = token_variables(every, variables) | _connection_secrets(manifest)
    away = frozenset(name for each in every if each.is_away for name in _variables(each))
    found = [
        _literals(file, decided, secret, away) for file, decided in zip(files, used, strict=True)
    ]
    texts = [file.editor.text for file in files]
    spelled = {
        text[start:end] for text, each in zip(texts, found, strict=True) for start, end in each.cut
    }
    named = {name for text in texts for name in REFERENCE.findall(text)}
    sure = unmistakable(spelled, named | {*variables})
    cleaned = [_clean(file, each, sure) for file, each in zip(files, found, strict=True)]
    secrets = frozenset(secret for each in cleaned for secret in each.secrets)
    return [each._replace(secrets=secrets) for each in cleaned]


def shown(cleaned: Clean, problems: Sequence[Problem], *, described: bool = False) -> Checked:
    """What is said of a file: these problems, its own, and one for everything that is secret."""
    file = cleaned.file
    tokens = token_problems(cleaned.tokens, file.source, described=described)
    told = in_order([*file.problems, *problems, *tokens])
    return safe(_excerpt(file.source, told), told, cleaned.secrets)


def _clean(file: File, found: Literals, sure: frozenset[str]) -> Clean:
    text, typed = file.editor.text, file.source.text
    tokens = tokens_in(text, found, sure)
    secrets = tokens.secrets(text) | file.hidden
    left = file.without(tokens.cut) if tokens.cut else file
    if text == typed:
        return Clean(left, tokens, secrets)
    if file.layers is None:
        found = found_again(file.source, text, found)
    else:
        found = Literals(*(frozenset(file.in_source(*each) for each in spans) for spans in found))
    told = tokens_in(typed, found, sure)
    return Clean(left, told, secrets | told.secrets(typed))


def _decisions(file: File, knowing: Known) -> list[Decision]:
    if file.kind == "environment":
        return []
    return [*decisions(requests_of(file.root), knowing), *decisions(unsent_of(file.root), knowing)]


def _variables(decision: Decision) -> set[str]:
    return {name for each in decision.credentials for name in each.variables}


def _connection_secrets(manifest: Manifest) -> frozenset[str]:
    """The variables of blocks that are secret."""
    said = connection_variables(manifest, manifest.environments[0])
    return frozenset(each.key for each in said if each.secret)


def _literals(
    file: File, decided: Sequence[Decision], secret: frozenset[str], away: frozenset[str]
) -> Literals:
    """The credentials that are written out in a file, its variables among them."""
    is_collection = file.kind == "collection"
    found = literals(file.editor.text, file.root, decided) if is_collection else Literals()
    listed = child(file.root, "values" if file.kind == "environment" else "variable")
    cut = found.cut | whole(secrets_in(listed, secret))
    return Literals(cut, (found.kept | whole(secrets_in(listed, away))) - cut)


def _excerpt(source: Source, problems: Sequence[Problem]) -> Source:
    """A source with nothing but the lines that problems point at: no other one is ever shown."""
    lines = {each.position.line for each in problems}
    kept = [line if number in lines else "" for number, line in enumerate(source.lines, 1)]
    return Source(source.name, "\n".join(kept))
