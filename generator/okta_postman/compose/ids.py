"""IDs that survive edits: a request has the same ID in every run."""

from __future__ import annotations

import hashlib
import uuid


def stable_id(*keys: str) -> str:
    """The UUID for some keys.

    Its form is that of version 4, because Postman's tools replace every other version by a random
    UUID. Source: RFC 9562, 5.4, and `postman workspace prepare` of Postman CLI 1.34.
    """
    digest = hashlib.sha256("\x00".join(keys).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def stable_word(*keys: str) -> str:
    """Sixteen letters and digits for some keys, which is what Okta documents for `state`."""
    return hashlib.sha256("\x00".join(keys).encode()).hexdigest()[:16]
