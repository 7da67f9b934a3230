"""What an org sent, as far as a message may quote it.

A server may repeat what it got, even a secret, and may encode it in any way: with percent signs,
with escapes of JSON or HTML, in base64. So no encoding is searched for. Only plain words are quoted
and no word that is part of a secret.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_LONGEST: Final = 300
_HIDDEN: Final = "***"
# A word of English, a name such as `apiTokens`, an abbreviation such as DPoP, or a short number.
_WORD: Final = re.compile(
    r"[A-Za-z][a-z]{0,19}+(?>[A-Z][a-z]{2,19}+){0,3}+|[A-Za-z]{1,6}+|[0-9]{1,4}+"
)
_JOINT: Final = re.compile(r"[._:/'-]")  # as in `okta.users.read`, `client_id` and `don't`
_PUNCTUATION: Final = "[](){}`'\".,;:!?"
_LETTERS: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 3
"""The fewest letters of a secret that are looked for in a word."""
# Source: RFC 6749, 5.2, for its characters; Okta's own codes are at
# developer.okta.com/docs/reference/error-codes/.
_ERROR_CODE: Final = re.compile(r"[a-z]{1,20}(?:_[a-z]{1,20}){0,5}|E\d{7}")


def excerpt(value: object) -> str:
    """A value of an org's public metadata, cut to a length that a message can have."""
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def error_code(error: object, secrets: Collection[str] = ()) -> str | None:
    """An OAuth error code; None if it is not of the form of one, or is a part of a secret."""
    code = str(error)
    return code if _ERROR_CODE.fullmatch(code) and not _shared(code, _known(secrets)) else None


def prose(text: object, secrets: Collection[str] = ()) -> str:
    """The description of an error: its plain words, with asterisks for what is none.

    Empty if it has no plain words.
    """
    if not isinstance(text, str):
        return ""
    known = _known(secrets)
    words = text[:_LONGEST].split()
    quoted = [word if _is_plain(word) and not _shared(word, known) else _HIDDEN for word in words]
    return " ".join(quoted) if set(quoted) - {_HIDDEN} else ""


def _is_plain(word: str) -> bool:
    return all(map(_WORD.fullmatch, _JOINT.split(word.strip(_PUNCTUATION))))


def _known(secrets: Collection[str]) -> list[tuple[str, list[str]]]:
    """Each secret in lower case without punctuation, and the runs of letters in it."""
    runs = [_LETTERS.findall(secret.lower()) for secret in secrets]
    return [("".join(parts), parts) for parts in runs]


def _shared(word: str, known: list[tuple[str, list[str]]]) -> bool:
    """Whether a word has a part of a secret, or is a part of one."""
    letters = "".join(_LETTERS.findall(word.lower()))
    return any(
        (len(letters) > _SHORTEST and letters in secret)
        or any(part == letters or (len(part) >= _SHORTEST and part in letters) for part in parts)
        for secret, parts in known
    )
