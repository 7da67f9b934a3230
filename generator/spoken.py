"""Identifiers as people say them: `listUsers` is "List users", `/logStreams` is "Log streams"."""

from __future__ import annotations

import re
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


def spoken(identifier: str) -> str:
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
