"""Samples without what must not stand in a description: credentials, and double braces."""

from __future__ import annotations

from typing import Any

from okta_postman.documents.data import Data
from okta_postman.okta.credentials import find_credentials


def harmless(value: Any, key: str = "") -> Data:  # noqa: ANN401 - any JSON
    """A sample in which each credential is an empty text; a key can say that a text is one."""
    if isinstance(value, dict):
        return {_unbraced(name): harmless(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [harmless(each, key) for each in value]
    return harmless_text(value, key) if isinstance(value, str) else value


def harmless_text(text: str, key: str) -> str:
    """A text that is no credential, whatever key it stands under."""
    looks_like_one = any(any(find_credentials(each)) for each in (text, f'"{key}": "{text}"'))
    return "" if looks_like_one else _unbraced(text)


def _unbraced(text: str) -> str:
    # Postman has no escape for double braces: it would look for a variable of that name.
    return text.replace("{{", "{ {").replace("}}", "} }")
