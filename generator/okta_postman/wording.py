"""Words for people: titles of identifiers, plurals, lists, and the nearest of several names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]+(?=[A-Z][a-z])|[A-Z]|[0-9]+")
# What is one word, or is not written as its letters would be.
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
    """An identifier in camel case, or with dashes or underscores, as the title of something."""
    text = _JOINED.sub(lambda found: f" {found[0].lower()} ", identifier)
    words = [_said(word) for part in text.split() for word in _words(part)]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]]) if words else identifier


def _words(part: str) -> list[str]:
    return [part] if part in _NAMES else _WORD.findall(part)


def _said(word: str) -> str:
    known = _NAMES.get(word.lower())
    if known:
        return known
    return word if word.isupper() and len(word) >= _LETTER else word.lower()


_ENOUGH: Final = 3
"""Letters of a word that is an abbreviation and no accident."""


def nearest(word: str, words: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The word that was most likely meant, or None if none is near."""
    folded = {each.casefold(): each for each in words}
    begun = [each for each in folded if each.startswith(word.casefold())]
    found = begun if len(begun) == 1 and len(word) >= _ENOUGH else []
    found = found or difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row: `a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


def counted(number: int, word: str) -> str:
    """`1 request`, `2 requests`."""
    return f"{number} {word}{'s' * (number != 1)}"
