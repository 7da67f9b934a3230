"""Tokens that are written out in a file: reported by place, and not written again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from generator.migrate.edits import Edit
from generator.migrate.literals import Literals, Span
from generator.okta.credentials import Credential, found_in
from generator.problems import Problem, Source

_TOKENS: Final = {
    "an Okta API token": "revoke it in the Admin Console under Security > API > Tokens",
    "a JWT": "sign in again for another, and keep it in the variable `accessToken`",
}
_CODE: Final = "P018"
_ESCAPED: Final = re.compile(r'\\(?P<ending>"(?=\s*(?:[:,}\]]|\\[nrt])))|\\.', re.DOTALL)
# What stands within JSON as it looks outside of it, each as long as its escape.
_PLAIN: Final = {"\\n": " \n", "\\r": " \n", "\\t": "  ", '\\"': ' "'}


def token_edits(json: str, found: Literals) -> Iterator[Edit]:
    """The spans of every token in a text: those that look like one, and literals that are cut."""
    spans = {(each.start, each.end) for each in _found_in(json) if each.kind in _TOKENS}
    done = 0
    for start, end in sorted(spans | found.cut, key=lambda span: (span[0], -span[1])):
        if start >= done and end > start:
            done = end
            yield Edit(start, end, "")


def token_problems(
    source: Source, found: Literals, *, described: bool = False
) -> Iterator[Problem]:
    """A warning for each token, and for each other credential, which stays.

    Nothing stays if the collection is `described`.
    """
    kinds = {(each.start, each.end): each.kind for each in _found_in(source.text)}
    cut = list(token_edits(source.text, found))
    written = "description" if described else "migrated file"
    for edit in cut:
        kind = kinds.get((edit.start, edit.end), "a token")
        hint = _TOKENS.get(kind, _TOKENS["an Okta API token"])
        message = f"{kind} is written out here; the {written} is without it"
        yield Problem(_CODE, message, hint, source.position(edit.start, edit.end), "warning")
    others = {span: kind for span, kind in kinds.items() if kind not in _TOKENS}
    others |= dict.fromkeys(_apart(found.kept, cut), "another service's token")
    for (start, end), kind in sorted(others.items()):
        fate = f"; the {written} is without it" if described else ", and stays"
        message = f"{kind} is written out here{fate}"
        hint = "use a variable if it is a real one; secrets do not belong in a file"
        yield Problem(_CODE, message, hint, source.position(start, end), "warning")


def credential_spans(json: str) -> frozenset[Span]:
    """Where anything stands that looks like a credential."""
    return frozenset((each.start, each.end) for each in _found_in(json))


def _found_in(json: str) -> Iterator[Credential]:
    """The credentials in a JSON text, in which quotes and line ends may be escaped."""
    return found_in(_ESCAPED.sub(_plain, json) if "\\" in json else json)


def _plain(escape: re.Match[str]) -> str:
    return '" ' if escape["ending"] else _PLAIN.get(escape[0], escape[0])


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
