"""Access tokens in the shape that Okta's org authorization server gives them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from typing import Any

ISSUER = "https://example.okta.com"


def access_token(*scopes: str, expires_in: int = 3600) -> str:
    """A JWT with these scopes; a negative `expires_in` makes one that is past its time."""
    expires = int(time.time()) + expires_in
    digest = hashlib.sha256(" ".join(scopes).encode()).hexdigest()
    header = {"kid": digest[:43], "alg": "RS256"}
    payload = {
        "ver": 1,
        "jti": f"AT.{digest[:43]}",
        "iss": ISSUER,
        "aud": ISSUER,
        "sub": "admin.jürgen@example.com",
        "iat": expires - 3600,
        "exp": expires,
        "cid": "0oa1example2client35d7",
        "uid": "00u1example2user0035d7",
        "scp": list(scopes),
        "auth_time": expires - 3700,
    }
    return ".".join((_encoded(header), _encoded(payload), _base64url(b"\xfb\xef\xff" * 86)))


def claims_of(token: str) -> dict[str, Any] | None:
    """The payload of a JWT, nothing verified; None for anything that is not one."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        payload = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return payload if isinstance(payload, dict) else None


def scopes_of(token: str) -> frozenset[str] | None:
    """The scopes a token was given; None when it is not a JWT with a `scp` list."""
    claims = claims_of(token)
    scopes = claims.get("scp") if claims else None
    return frozenset(scopes) if isinstance(scopes, list) else None


def _encoded(part: dict[str, Any]) -> str:
    return _base64url(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
