"""Hides what may be a secret by its name in values that a review shows.

Credentials that look like some are masked before; a password looks like any word.
"""

from __future__ import annotations

import re
from typing import Final

_HIDDEN: Final = "***"
_SECRET: Final = re.compile(
    r"token|secret|passw|pwd|api[_-]?key|credential|cookie|authori[sz]ation|assertion|signature",
    re.IGNORECASE,
)
_SCHEMES: Final = frozenset(("bearer", "basic", "ssws", "dpop"))
_SEPARATORS: Final = {
    "headers": ": ",
    "query": "=",
    "settings": "=",
    "sign_in_parameters": "=",
    "unused_variables": "=",
    "variables": "=",
}
"""What is between name and value, by the attribute that has lines of both."""

_TEXTS: Final = frozenset(("body", "code", "description"))
_NOT_SECRET: Final = frozenset(("addTokenTo",))
_LITERAL: Final = re.compile(
    r"(?P<before>[:=]\s*+[\"'])(?!https?:)[^\"'{}]++(?=[\"'])|(?P<equals>=)(?!https?:)[^\"'&\s={}()>]++"
)


def hidden(attribute: str, value: str) -> str:
    """A value of an attribute without what may be a secret; variables and URLs stay."""
    if attribute in _TEXTS:
        return _without_literals(value)
    if attribute not in _SEPARATORS:
        return value
    name, separator, rest = value.partition(_SEPARATORS[attribute])
    if rest[:1] in "[{" and rest[:2] != "{{":
        return f"{name}{separator}{_without_literals(rest)}"
    if name in _NOT_SECRET or not _SECRET.search(name) or rest.startswith(("https://", "http://")):
        return value
    return f"{name}{separator}{' '.join(map(_word, rest.split()))}"


def _word(word: str) -> str:
    return word if "{{" in word or word.lower() in _SCHEMES else _HIDDEN


def _without_literals(line: str) -> str:
    """A line of a text without the literals that follow a name of a secret."""
    name = _SECRET.search(line)
    if name is None:
        return line
    return line[: name.end()] + _LITERAL.sub(_literal, line[name.end() :])


def _literal(match: re.Match[str]) -> str:
    return f"{match['before'] or match['equals']}{_HIDDEN}"
