"""Ids that survive edits: the same request has the same id in every generated file."""

from __future__ import annotations

import hashlib
import uuid


def stable_id(*keys: str) -> str:
    """A UUID made of keys.

    It has the form of version 4, because Postman's tools replace every other version by a random
    one. Source: RFC 9562, 5.4, and `postman workspace prepare` of Postman CLI 1.34.
    """
    digest = hashlib.sha256("\x00".join(keys).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def stable_word(*keys: str) -> str:
    """Sixteen letters and digits made of keys; Okta's documented alphabet for `state`."""
    return hashlib.sha256("\x00".join(keys).encode()).hexdigest()[:16]
