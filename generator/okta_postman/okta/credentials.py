"""What a credential looks like: so that none is ever accepted, and none is ever shown."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from okta_postman.problems import Checked, Problem, Source


class Credential(NamedTuple):
    """Where a credential stands in a text, and what kind it is; never its value."""

    kind: str
    start: int
    end: int


class _Kind(NamedTuple):
    """A kind of credential; its pattern is only tried on a text that has the needle."""

    name: str
    needle: str
    pattern: re.Pattern[str]


CLIENT_SECRET: Final = "a client secret"  # noqa: S105 - a name for it
_API_TOKEN: Final = "an Okta API token"  # noqa: S105 - a name for it
# Between a key and its value: quotes, YAML's tags, anchors and block signs, or a new line; but not
# the next key, which is what follows where there is no value.
_ASSIGNED: Final = r"[\"']?\s*[:=]\s*(?:[!&|>]\S*\s+)*(?!\S+:(?:\s|$))[\"']?"
# One word and then the end of the value: prose goes on.
_LITERAL: Final = (
    r"(?!(?:null|true|false|~)\b)(?P<it>[^\s\"'{}\[\],#][^\s\"'{},]*)"
    r"(?=[\"']?[ \t]*(?:[,}\]#\r\n]|$))"
)

_SAYS_SO: Final = (
    r"(?:(?:^|[\n{,])[ \t]*[\"']?(?:client )?secret|"
    r"(?:client|Client|CLIENT)[_-]?(?:secret|Secret|SECRET))"
)

# Each pattern begins with a literal, for which `re` searches many times faster than for anything
# else; hence lookbehinds that look back over it, and alternatives instead of a flag.
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
    _Kind("a JWT", "eyj", re.compile(r"(?P<it>eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*)", re.ASCII)),
    _Kind(
        "a private key",
        "private key",
        re.compile(
            r"(?P<it>-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----"
            r"(?:.*?-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----|(?:\s*[A-Za-z0-9+/=]{16,})*))",
            re.DOTALL,
        ),
    ),
    # The private members of a JSON Web Key (RFC 7517, 9.3; RFC 7518, 6.3.2 and 6.4).
    _Kind(
        "a private key",
        "kty",
        re.compile(rf"(?<![\w-])(?:d|p|q|dp|dq|qi|k){_ASSIGNED}(?P<it>[\w-]{{20,}})"),
    ),
    _Kind(
        "a client id and its secret",
        "basic",
        re.compile(r"Basic[ \t]+(?P<it>(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/]{10,}={0,2})"),
    ),
    _Kind("a password", "://", re.compile(r"://[^/\s:@{}]+:(?P<it>[^/\s@{}]+)@")),
    # A key that says so and a literal after it: `{{variable}}` and nothing are not secrets.
    _Kind(CLIENT_SECRET, "secret", re.compile(rf"{_SAYS_SO}{_ASSIGNED}{_LITERAL}")),
    _Kind(
        CLIENT_SECRET,
        "secret",
        re.compile(
            rf"{_SAYS_SO}[\"']?\s*[:=]\s*(?P<quote>[\"'])(?P<it>(?!{{{{)[^\"'\r\n]+)(?P=quote)"
        ),
    ),
)


def found_in(text: str) -> Iterator[Credential]:
    """Every credential in a text, each once, in the order of the text."""
    taken = 0
    folded = text.lower()
    every = [
        Credential(kind.name, found.start("it"), found.end("it"))
        for kind in _KINDS
        if kind.needle in folded
        for found in kind.pattern.finditer(text)
    ]
    for credential in sorted(every, key=lambda each: (each.start, -each.end)):
        if credential.start >= taken:
            taken = credential.end
            yield credential


# Escapes of JSON, also of JSON within JSON, and of URLs.
_ESCAPED: Final = re.compile(
    r'\\(?P<ending>"(?=\s*(?:[:,}\]]|\\[nrt])))|\\u(?P<code>[0-9A-Fa-f]{4})'
    r"|(?P<twice>\\\\[nrt])|%[0-9A-Fa-f]{2}|\\.",
    re.DOTALL,
)
_PLAIN: Final = {"\\n": " \n", "\\r": " \n", "\\t": "  ", '\\"': ' "'}
_WORD: Final = re.compile(r"[\w-]", re.ASCII)


def legible(text: str) -> str:
    """A text as it is without escapes, each as long as it was: all stands where it stood.

    A word that is escaped itself stays as it is.
    """
    return _ESCAPED.sub(_plain, text) if "\\" in text or "%" in text else text


def _plain(escape: re.Match[str]) -> str:
    said = escape[0]
    if escape["ending"]:
        return '" '
    if escape["twice"]:
        return "  \n"
    if escape["code"]:
        character = chr(int(escape["code"], 16))
        return said if _WORD.fullmatch(character) else f"     {character}"
    return _PLAIN.get(said, "   " if said[0] == "%" else said)


_TELLING: Final = 8
"""Characters of a part that is the credential's own; a shorter one may be any word."""
_NOT_BLANK: Final = re.compile(r"\S")


def safe(source: Source, problems: Iterable[Problem], secrets: Collection[str] = ()) -> Checked:
    """Problems as they may be shown: no sentence and no line of the source has a credential."""
    listed = list(problems)
    told = [said for each in listed for said in (each.message, each.hint)]
    shown = all_masked(told, source.text, secrets)
    hidden = [each._replace(message=shown[each.message], hint=shown[each.hint]) for each in listed]
    return Checked(Source(source.name, masked(source.text, secrets=secrets)), tuple(hidden))


def all_masked(
    texts: Iterable[str], elsewhere: str = "", secrets: Collection[str] = ()
) -> dict[str, str]:
    """Each text as `masked` gives it; thousands of them, and as many secrets, in little time."""
    said = dict.fromkeys(texts)
    joined = _APART.join(each.replace(_APART, " ") for each in said)
    return dict(zip(said, masked(joined, elsewhere, secrets).split(_APART), strict=bool(said)))


_APART: Final = " \0 "
"""Between texts that are masked at once; no pattern of a credential goes across it."""


def masked(text: str, elsewhere: str = "", secrets: Collection[str] = ()) -> str:
    """A text without credentials: its own, parts of those that another text holds, and `secrets`.

    An asterisk stands for each character, so that columns stay where they are.
    """
    forms = {text, legible(text)}  # often the same
    own = {text[each.start : each.end] for form in forms for each in found_in(form)}
    for secret in sorted({*secrets, *own, *_telling_parts(elsewhere)}, key=len, reverse=True):
        if secret in text:
            text = text.replace(secret, _NOT_BLANK.sub("*", secret))
    return text


@functools.lru_cache(maxsize=1)  # every sentence about a file is held against the same file
def _telling_parts(text: str) -> tuple[str, ...]:
    credentials = (text[each.start : each.end] for each in found_in(text))
    return tuple(part for each in credentials for part in each.split() if len(part) >= _TELLING)
