"""What credentials look like, so that none is accepted in a manifest and none is shown."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from okta_postman.problems import Checked, Problem, Source, cut, most_important


class Credential(NamedTuple):
    """A kind of credential and the span of one in a text; never its value."""

    kind: str
    start: int
    end: int


class _Kind(NamedTuple):
    """A kind of credential; its pattern is only tried on a text that contains the needle.

    What it matches outside its group `it` is no credential.
    """

    name: str
    needle: str
    pattern: re.Pattern[str]


CLIENT_SECRET: Final = "a client secret"  # noqa: S105 - the name of a kind
_API_TOKEN: Final = "an Okta API token"  # noqa: S105 - the name of a kind
# Between a key and its value there are quotes, YAML's tags, anchors and block indicators, or a line
# break; but not the next key, which follows a key without a value. What may be between them has an
# end, so that a text of nothing but keys is not read to its end for each of them.
_ASSIGNED: Final = (
    r"[\"']?\s*+[:=]\s*+(?:[!&|>]\S{0,100}+\s++|#[^\n]{0,500}+\n\s*+){0,9}+"
    r"(?!\S{1,100}:(?:\s|$))[\"']?"
)
# One word and then the end of the value: prose continues. A word with another end is passed over.
_LITERAL: Final = (
    r"(?!(?:null|true|false|~)\b)(?:(?P<it>[^\s\"'{}\[\],#][^\s\"'{},]*)"
    r"(?=[\"']?[ \t]*(?:[,}\]#\r\n]|$))|[^\s\"'{}\[\],#][^\s\"'{},]*+)"
)
# At most two words tell one kind of private key from another: `RSA`, `ENCRYPTED`, `OPENSSH`.
_PRIVATE_KEY: Final = r"(?:[A-Z0-9]{1,20} ){0,2}PRIVATE KEY-----"

_NAMED_SO: Final = (
    r"(?:(?:^|[\n{,])[ \t]*[\"']?(?:client )?secret|"
    r"(?:client|Client|CLIENT)[_-]?(?:secret|Secret|SECRET))"
)

# Each pattern begins with a literal, which `re` finds many times faster than anything else. Hence
# the lookbehinds over that literal, and alternatives instead of a flag for upper and lower case.
_KINDS: Final = (
    _Kind(_API_TOKEN, "ssws", re.compile(r"SSWS(?<![\w-]SSWS)[ \t]*(?P<it>[\w-]{20,})")),
    _Kind(_API_TOKEN, "00", re.compile(r"(?P<it>00(?<![\w-]00)[\w-]{40})(?![\w-])", re.ASCII)),
    _Kind(
        "an API token",
        "api",
        re.compile(
            r"(?:api|Api|API)[_-]?(?:key|Key|KEY|token|Token|TOKEN)"
            rf"{_ASSIGNED}(?P<it>[\w-]{{20,}})"
        ),
    ),
    # Words that begin like a JWT and do not go on like one are passed over.
    _Kind(
        "a JWT",
        "eyj",
        re.compile(r"(?P<it>eyJ[\w-]{8,}+\.[\w-]{8,}+(?:\.[\w-]*+)*+)|eyJ[\w-]*+", re.ASCII),
    ),
    _Kind(
        "a private key",
        "private key",
        re.compile(
            rf"(?P<it>-----BEGIN {_PRIVATE_KEY}(?:(?:[^-]|-(?!----(?:BEGIN|END) ))*+-----END "
            rf"{_PRIVATE_KEY}|(?:\s*+[A-Za-z0-9+/=]{{16,}}+)*+))"
        ),
    ),
    # The private members of a JSON Web Key (RFC 7517, 9.3; RFC 7518, 6.3.2 and 6.4).
    _Kind(
        "a private key",
        "kty",
        re.compile(rf"(?<![\w-])(?:d|p|q|dp|dq|qi|k){_ASSIGNED}(?P<it>[\w-]{{20,}})"),
    ),
    _Kind(
        "a client ID and its secret",
        "basic",
        re.compile(r"Basic[ \t]+(?P<it>(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/]{10,}={0,2})"),
    ),
    _Kind("a password", "://", re.compile(r"://[^/\s:@{}]+:(?P<it>[^/\s@{}\"?#]+)@")),
    # A key called secret and a literal value: `{{variable}}` and an empty value are no secrets.
    _Kind(CLIENT_SECRET, "secret", re.compile(rf"{_NAMED_SO}{_ASSIGNED}{_LITERAL}")),
    _Kind(
        CLIENT_SECRET,
        "secret",
        re.compile(
            rf"{_NAMED_SO}[\"']?\s*[:=]\s*(?P<quote>[\"'])(?P<it>(?!{{{{)[^\"'\r\n]+)(?P=quote)"
        ),
    ),
)


def find_credentials(text: str) -> Iterator[Credential]:
    """Yield every credential in a text in order; of two that overlap, the first and longer one."""
    lower = text.lower()
    candidates = []
    for kind in _KINDS:
        if kind.needle in lower:
            candidates += [
                Credential(kind.name, match.start("it"), match.end("it"))
                for match in kind.pattern.finditer(text)
                if match["it"]
            ]
    end = 0
    for credential in sorted(candidates, key=lambda candidate: (candidate.start, -candidate.end)):
        if credential.start >= end:
            end = credential.end
            yield credential


# Escapes of JSON, also of JSON within JSON, and of URLs.
_ESCAPED: Final = re.compile(
    r'\\(?P<ending>"(?=\s*(?:[:,}\]]|\\[nrt])))|\\u(?P<code>[0-9A-Fa-f]{4})'
    r"|(?P<twice>\\\\[nrt])|%[0-9A-Fa-f]{2}|\\.",
    re.DOTALL,
)
_MEANINGS: Final = {"\\n": " \n", "\\r": " \n", "\\t": "  ", '\\"': ' "'}
_WORD: Final = re.compile(r"[\w-]", re.ASCII)


def unescaped(text: str) -> str:
    """A text with each escape replaced by what it means, padded to its length: no position moves.

    An escaped letter or digit stays as it is.
    """
    return _ESCAPED.sub(_meaning, text) if "\\" in text or "%" in text else text


def _meaning(escape: re.Match[str]) -> str:
    text = escape[0]
    if escape["ending"]:
        return '" '
    if escape["twice"]:
        return "  \n"
    if escape["code"]:
        character = chr(int(escape["code"], 16))
        return text if _WORD.fullmatch(character) else f"     {character}"
    return _MEANINGS.get(text, "   " if text[0] == "%" else text)


_SHORTEST_PART: Final = 8
"""The fewest characters of a part of a credential that is hidden; a shorter one may be any word."""
_MOST: Final = 1_000
"""Credentials that are looked for in all of a text; nothing of a text with more is shown."""

_NOT_BLANK: Final = re.compile(r"[^\s\0]")


def safe(source: Source, problems: Iterable[Problem], secrets: Collection[str] = ()) -> Checked:
    """The problems of a source that are shown, with credentials masked in messages and lines."""
    every = tuple(problems)
    problems = most_important(every)
    texts = [text for problem in problems for text in (problem.message, problem.hint)]
    by_text = all_masked(texts, source.text, secrets)
    shown = tuple(
        problem._replace(message=cut(by_text[problem.message]), hint=cut(by_text[problem.hint]))
        for problem in problems
    )
    quoted = Source(source.name, masked(source.text, secrets=secrets))
    return Checked(quoted, shown, len(every) - len(shown))


def all_masked(
    texts: Iterable[str], elsewhere: str = "", secrets: Collection[str] = ()
) -> dict[str, str]:
    """By each text, what `masked` makes of it; fast for thousands of texts and secrets."""
    unique = dict.fromkeys(texts)
    joined = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in unique)
    parts = masked(joined, elsewhere, secrets).split(_SEPARATOR)
    return dict(zip(unique, parts, strict=bool(unique)))


_SEPARATOR: Final = " \0 "
"""Joins texts that are masked at once; no credential's pattern matches across it."""


def masked(text: str, elsewhere: str = "", secrets: Collection[str] = ()) -> str:
    """A text without its own credentials, parts of those in another text, and `secrets`.

    Each of their characters becomes an asterisk, so that no column moves.
    """
    own = set()
    for form in {text, unescaped(text)}:  # often the same
        own |= {text[credential.start : credential.end] for credential in find_credentials(form)}
    if len(own) > _MOST:
        return _NOT_BLANK.sub("*", text)
    for secret in sorted({*secrets, *own, *_parts(elsewhere)}, key=len, reverse=True):
        if secret in text:
            text = text.replace(secret, _NOT_BLANK.sub("*", secret))
    return text


@functools.lru_cache(maxsize=1)  # all messages about a file are compared with the same file
def _parts(text: str) -> tuple[str, ...]:
    """The words of the credentials in a text, for a message may quote only one line of them."""
    parts: list[str] = []
    for credential in find_credentials(text):
        parts += text[credential.start : credential.end].split()
    return tuple(part for part in parts if len(part) >= _SHORTEST_PART)
