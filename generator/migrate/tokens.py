"""Tokens that are written out in a file: reported by place, and not written again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from generator.migrate.edits import Edit
from generator.migrate.literals import Literals, Span
from generator.okta.credentials import found_in
from generator.problems import Problem, Source

_TOKENS: Final = {
    "an Okta API token": "revoke it in the Admin Console under Security > API > Tokens",
    "a JWT": "sign in again for another, and keep it in the variable `accessToken`",
}
_CODE: Final = "P018"


def token_edits(json: str, found: Literals) -> Iterator[Edit]:
    """The spans of every token in a text: those that look like one, and literals that are cut."""
    spans = {(each.start, each.end) for each in found_in(json) if each.kind in _TOKENS}
    done = 0
    for start, end in sorted(spans | found.cut, key=lambda span: (span[0], -span[1])):
        if start >= done and end > start:
            done = end
            yield Edit(start, end, "")


def token_problems(source: Source, found: Literals) -> Iterator[Problem]:
    """A warning for each token, and for each other credential, which stays."""
    cut = list(token_edits(source.text, found))
    for edit in cut:
        kind = next((each.kind for each in found_in(source.text[edit.start : edit.end])), "")
        hint = _TOKENS.get(kind, _TOKENS["an Okta API token"])
        what = kind if kind in _TOKENS else "a token"
        message = f"{what} is written out here; the migrated file is without it"
        yield Problem(_CODE, message, hint, source.position(edit.start, edit.end), "warning")
    others = {(each.start, each.end): each.kind for each in found_in(source.text)}
    staying = {span: kind for span, kind in others.items() if kind not in _TOKENS}
    staying |= dict.fromkeys(_apart(found.kept, cut), "another service's token")
    for (start, end), kind in sorted(staying.items()):
        message = f"{kind} is written out here, and stays"
        hint = "use a variable if it is a real one; secrets do not belong in a file"
        yield Problem(_CODE, message, hint, source.position(start, end), "warning")


def _apart(spans: Iterable[Span], cut: Collection[Edit]) -> Iterator[Span]:
    """The spans in which nothing is cut, and which are reported with that otherwise."""
    for start, end in spans:
        if not any(each.start < end and start < each.end for each in cut):
            yield start, end


def without(text: str, tokens: Iterable[Edit], edit: Edit) -> Edit:
    """An edit that does not write again the tokens that stood where it writes."""
    for token in tokens:
        if edit.start <= token.start and token.end <= edit.end:
            edit = edit._replace(instead=edit.instead.replace(text[token.start : token.end], ""))
    return edit


def outside(tokens: Iterable[Edit], others: Iterable[Edit]) -> Iterator[Edit]:
    """The edits of tokens that no other edit takes away."""
    taken = sorted(others)
    for token in tokens:
        if not any(each.start <= token.start and token.end <= each.end for each in taken):
            yield token
