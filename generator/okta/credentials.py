"""What a credential looks like: so that none is ever accepted, and none is ever shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


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


_API_TOKEN: Final = "an Okta API token"  # noqa: S105 - a name for it
_ASSIGNED: Final = r"[\"']?[ \t]*[:=][ \t]*[\"']?"
# Each pattern begins with a literal, for which `re` searches many times faster than for anything
# else; hence lookbehinds that look back over it, and alternatives instead of a flag.
_KINDS: Final = (
    _Kind(_API_TOKEN, "ssws", re.compile(r"SSWS(?<![\w-]SSWS)[ \t]*(?P<it>[\w-]{20,})")),
    _Kind(_API_TOKEN, "00", re.compile(r"(?P<it>00(?<![\w-]00)[\w-]{40})(?![\w-])", re.ASCII)),
    _Kind(
        _API_TOKEN,
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
            r"(?P<it>-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
            r"(?:[^-]*-----END (?:[A-Z]+ )*PRIVATE KEY-----)?)"
        ),
    ),
    # The private member of a JSON Web Key (RFC 7517, 9.3).
    _Kind("a private key", "kty", re.compile(rf"d(?<![\w-]d){_ASSIGNED}(?P<it>[\w-]{{40,}})")),
    # A key that says so and a literal after it: `{{variable}}` and nothing are not secrets.
    _Kind(
        "a client secret",
        "secret",
        re.compile(
            r"(?:client|Client|CLIENT)[_-]?(?:secret|Secret|SECRET)"
            rf"{_ASSIGNED}(?P<it>[^\s\"'{{}}\[\],#][^\s\"'{{}},]*)"
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


def masked(text: str) -> str:
    """The text with an asterisk for each character of a credential: columns stay where they are."""
    for credential in found_in(text):
        hidden = re.sub(r"[^\r\n]", "*", text[credential.start : credential.end])
        text = text[: credential.start] + hidden + text[credential.end :]
    return text
