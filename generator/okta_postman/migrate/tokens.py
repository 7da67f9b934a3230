"""Tokens that are written out in a file: reported by place, and not written again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from okta_postman.migrate.cuts import Span
from okta_postman.migrate.literals import Literals
from okta_postman.migrate.tree import decoded
from okta_postman.okta.credentials import find_credentials, unescaped
from okta_postman.problems import Problem, Source

_REVOKE: Final = "revoke it in the Admin Console under Security > API > Tokens"
_GOES: Final = {
    "an Okta API token": _REVOKE,
    "a JWT": "sign in again for another, and keep it in the variable `accessToken`",
    "a token": _REVOKE,
}
"""What is cut out, and what to do about it then; everything else is reported, and stays."""

_CODE: Final = "P018"
# What cannot be a word, a placeholder, a host, nor an id of Okta, which has twenty characters.
_UNMISTAKABLE: Final = re.compile(
    r"(?<![\w.-])(?!0[a-z0-9]{2}[A-Za-z0-9]{17}(?![\w-]))(?=[\w-]*\d)(?=[\w-]*[A-Za-z])"
    r"(?!(?i:[\w-]*(?:your|example|placeholder|changeme|xxx)))[\w-]{20,}(?![\w.-])",
    re.ASCII,
)


_ENDS_KEY: Final = re.compile(r'"\s*:')


class Tokens(NamedTuple):
    """What is written out in a text, by its span, and what it is: `cut` goes, `kept` stays."""

    cut: Mapping[Span, str]
    kept: Mapping[Span, str]

    def secrets(self, json: str) -> frozenset[str]:
        """What nobody may be shown: each of them, as it is and as JSON spells it."""
        spelled = {json[start:end] for start, end in (*self.cut, *self.kept)}
        return frozenset(spelled | {_decoded(each) for each in spelled})


def tokens_in(json: str, found: Literals, known: Collection[str] = ()) -> Tokens:
    """What is written out in a JSON text: by its looks, by literals, or `known` for a token."""
    plain = unescaped(json)
    looks = {(each.start, each.end): each.kind for each in find_credentials(plain)}
    going = {span: kind for span, kind in looks.items() if kind in _GOES}
    going |= {span: looks.get(span, "a token") for span in found.cut}
    words = _UNMISTAKABLE.finditer(plain) if known else ()
    going |= {each.span(): "a token" for each in words if each[0] in known}
    going = {span: kind for span, kind in going.items() if not _is_key(json, span)}
    cut = dict(_apart(going))
    staying = {span: kind for span, kind in looks.items() if span not in going}
    staying |= dict.fromkeys(found.kept, "a token that is not Okta's")
    ends = sorted(cut)
    kept = {span: kind for span, kind in staying.items() if not _touches(span, ends)}
    return Tokens(cut, kept)


def token_problems(tokens: Tokens, source: Source, *, described: bool = False) -> Iterator[Problem]:
    """A warning for each token, and for each other credential, which stays.

    Nothing stays if the collection is `described`.
    """
    written = "description" if described else "migrated file"
    gone = f"the {written} is without it"
    for (start, end), kind in sorted(tokens.cut.items()):
        message = f"{kind} is written out here; {gone}"
        yield Problem(
            _CODE, message, _GOES.get(kind, _REVOKE), source.position(start, end), "warning"
        )
    for (start, end), kind in sorted(tokens.kept.items()):
        message = f"{kind} is written out here{f'; {gone}' if described else ', and stays'}"
        hint = "use a variable if it is a real one; secrets do not belong in a file"
        yield Problem(_CODE, message, hint, source.position(start, end), "warning")


def unmistakable(texts: Iterable[str], names: Collection[str]) -> frozenset[str]:
    """Those of some tokens that cannot be anything else, and go from wherever they stand.

    `names` are those of variables, which people mistake for their values.
    """
    return frozenset(each for each in texts if _UNMISTAKABLE.fullmatch(each) and each not in names)


def _is_key(json: str, span: Span) -> bool:
    """Whether a span is a key of the file itself: without its name, what it holds would be lost."""
    start, end = span
    return json[start - 1 : start] == '"' and bool(_ENDS_KEY.match(json, end))


def _apart(spans: Mapping[Span, str]) -> Iterator[tuple[Span, str]]:
    """Spans that do not overlap: of two that do, the first, and of equal ones the longest."""
    done = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done and end > start:
            done = end
            yield (start, end), spans[start, end]


def _touches(span: Span, others: list[Span]) -> bool:
    """Whether a span overlaps one of others, which are in order and do not overlap."""
    after = bisect_left(others, (span[1], 0))
    return after > 0 and others[after - 1][1] > span[0]


def _decoded(spelled: str) -> str:
    """A part of a text without the escapes of JSON; what ends in another text stays as it is."""
    try:
        return decoded(spelled)
    except ValueError:
        return spelled
