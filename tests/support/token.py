"""Gets an access token as Postman does: from the fields of a request's OAuth 2.0 block alone."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.support.person import sign_in


class SignInFailed(Exception):  # noqa: N818 - it is an outcome
    """The org refused, with the error that it names, or the address of its own page."""


@dataclass(frozen=True)
class Signed:
    """A sign-in that went well: where it ended, what came with the token, and the token."""

    ended_at: str
    answer: Mapping[str, Any]

    @property
    def token(self) -> str:
        return str(self.answer["access_token"])


def signed_in(fields: Mapping[str, str]) -> Signed:
    """Authorization Code with PKCE, as the fields of Postman's dialog say and no other way.

    Source: learning.postman.com/docs/sending-requests/authorization/oauth-20.
    """
    verifier = fields["code_verifier"] or secrets.token_urlsafe(48)
    hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    method = fields["challengeAlgorithm"]
    asked = {
        "response_type": "code",
        "client_id": fields["clientId"],
        "redirect_uri": fields["redirect_uri"],
        "scope": fields["scope"],
        "state": fields["state"],
    }
    if method:
        asked["code_challenge_method"] = method
        asked["code_challenge"] = hashed.decode() if method == "S256" else verifier
    ended_at = sign_in(f"{fields['authUrl']}?{urlencode(asked)}")
    query = {key: values[0] for key, values in parse_qs(urlsplit(ended_at).query).items()}
    if "error" in query or not ended_at.startswith(fields["redirect_uri"]):
        raise SignInFailed(query.get("error", "the org's own page"))
    assert query["state"] == fields["state"]
    form = {
        "grant_type": "authorization_code",
        "code": query["code"],
        "redirect_uri": fields["redirect_uri"],
        "client_id": fields["clientId"],
        "code_verifier": verifier,
    }
    assert fields["client_authentication"] == "body"
    if fields.get("clientSecret"):
        form["client_secret"] = fields["clientSecret"]
    return Signed(ended_at, _posted(fields["accessTokenUrl"], form))


def _posted(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, urlencode(form), headers)
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    if "access_token" not in answer:
        raise SignInFailed(answer.get("error") or answer.get("errorCode"))
    return answer
