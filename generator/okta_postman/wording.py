"""Words for people: titles of identifiers, plurals, lists, and the nearest of several words."""

from __future__ import annotations

import difflib
import heapq
import re
from collections.abc import Collection, Iterable
from typing import Final

_WORD: Final = re.compile(r"[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]+(?=[A-Z][a-z])|[A-Z]|[0-9]+")
# Words whose letters are not written as those of others.
_NAMES: Final = {
    "api": "API",
    "apis": "APIs",
    "iam": "IAM",
    "id": "ID",
    "ids": "IDs",
    "idp": "IdP",
    "idps": "IdPs",
    "myaccount": "MyAccount",
    "oauth": "OAuth",
    "oauth2": "OAuth 2.0",
    "okta": "Okta",
    "openid": "OpenID",
    "sms": "SMS",
    "uri": "URI",
    "url": "URL",
    "webauthn": "WebAuthn",
    "yubikey": "YubiKey",
}
_JOINED: Final = re.compile(r"OAuth2|OAuth|OpenId|WebAuthn|MyAccount|YubiKey|IdP(?![a-z])|oauth2")
_LETTER: Final = 2


def as_title(identifier: str) -> str:
    """An identifier as a title: "List users" for `listUsers`, `list-users` or `list_users`."""
    text = _JOINED.sub(lambda name: f" {name[0].lower()} ", identifier)
    words = [_cased(word) for part in text.split() for word in _words(part)]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]]) if words else identifier


def _words(part: str) -> list[str]:
    return [part] if part in _NAMES else _WORD.findall(part)


def _cased(word: str) -> str:
    name = _NAMES.get(word.lower())
    if name:
        return name
    return word if word.isupper() and len(word) >= _LETTER else word.lower()


_SHORTEST_PREFIX: Final = 3
"""Letters with which a word begins that is an abbreviation, and not an accident."""


_LONGEST_WORD: Final = 200
_MOST_WORDS: Final = 1_000


def nearest(word: str, words: Collection[str], cutoff: float = 0.7) -> str | None:
    """The word that was most likely meant, or None if no word is near.

    That is the only one that begins like it, or else the most similar one, in any case. Of more
    than a thousand words, the first thousand are compared that begin with the same letter.
    """
    if len(word) > _LONGEST_WORD:
        return None
    folded = word.casefold()
    if len(words) > _MOST_WORDS:
        same = (each for each in words if each[:1].casefold() == folded[:1])
        words = heapq.nsmallest(_MOST_WORDS, same)
    by_folded = {candidate.casefold(): candidate for candidate in words}
    matches = [candidate for candidate in by_folded if candidate.startswith(folded)]
    if len(matches) != 1 or len(word) < _SHORTEST_PREFIX:
        matches = difflib.get_close_matches(folded, by_folded, n=1, cutoff=cutoff)
    return by_folded[matches[0]] if matches else None


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: "`a`, `b` and `c`"."""
    quoted = [f"`{word}`" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


_NAMED: Final = 5
"""Things that a sentence names; more of them are only counted."""


def named(words: Iterable[str]) -> str:
    """Words as a list in a sentence, of which only the first ones are named."""
    quoted = [f"`{word}`" for word in words]
    more = len(quoted) - _NAMED
    return f"{', '.join(quoted[:_NAMED])} and {more} more" if more > 0 else ", ".join(quoted)


def counted(number: int, word: str) -> str:
    """A number and its noun: "1 request", "2 requests"."""
    return f"{number} {word}{'s' * (number != 1)}"
