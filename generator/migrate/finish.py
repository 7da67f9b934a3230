"""The end of a migration: edits are made, tokens go, and what is shown has no secret in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.migrate.edits import Edit, applied
from generator.migrate.formats import File
from generator.migrate.literals import Literals, found_again
from generator.migrate.tokens import Tokens, token_problems, tokens_in, without_tokens
from generator.okta.credentials import safe
from generator.problems import Checked, Problem, Source, in_order


class Secrets(NamedTuple):
    """What is written out in a file: in the text that is edited, and in what the user has."""

    edited: Tokens
    typed: Tokens
    texts: frozenset[str]


def secrets_of(file: File, found: Literals) -> Secrets:
    """What is written out in a file, literals that were found among it."""
    text = file.editor.text
    edited = tokens_in(text, found)
    if file.once is None:
        found = found_again(file.source, text, found)
    elif file.once.cuts:
        found = Literals(
            *(frozenset(file.once.in_source(*each) for each in some) for some in found)
        )
    same = file.once is not None and not file.once.cuts
    typed = edited if same else tokens_in(file.source.text, found)
    hidden = file.once.hidden if file.once else frozenset[str]()
    texts = edited.secrets(text) | typed.secrets(file.source.text) | hidden
    return Secrets(edited, typed, texts)


def edited(file: File, edits: Sequence[Edit], secrets: Secrets) -> bytes:
    """A file with its edits made, and without the tokens that are written out in it."""
    text = file.editor.text
    return file.encoded(applied(text, without_tokens(text, edits, secrets.edited)))


def shown(
    file: File, problems: Sequence[Problem], secrets: Secrets, *, described: bool = False
) -> Checked:
    """What is said of a file: these problems, its own, and one for everything that is secret."""
    tokens = token_problems(secrets.typed, file.source.position, described=described)
    told = in_order([*file.problems, *problems, *tokens])
    return safe(_excerpt(file.source, told), told, secrets.texts)


def _excerpt(source: Source, problems: Sequence[Problem]) -> Source:
    """A source with nothing but the lines that problems point at: no other one is ever shown."""
    lines = {each.position.line for each in problems}
    kept = [line if number in lines else "" for number, line in enumerate(source.lines, 1)]
    return Source(source.name, "\n".join(kept))
