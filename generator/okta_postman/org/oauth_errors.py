"""The error codes of OAuth 2.0 as Okta uses them, and what to do about each in its console."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from okta_postman.manifest.model import Environment
from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.org.problem import APP, CLIENT_ID, ORG, Key, OrgProblem
from okta_postman.org.quote import error_code, prose

_GENERAL: Final = "Applications > your app > General"
_API_SCOPES: Final = "Applications > your app > Okta API Scopes"


class _Meaning(NamedTuple):
    """The code of the problem, what to do, and the key of the manifest that it is about."""

    code: str
    hint: str
    key: Key = APP


_OTHER_GRANT_TYPE: Final = _Meaning(
    "D016", f"select the grant type Authorization Code under {_GENERAL}"
)
_DPOP: Final = _Meaning(
    "D019",
    f"clear Require Demonstrating Proof of Possession (DPoP) under {_GENERAL}: neither Postman nor "
    "okta-postman sends a DPoP proof",
)
# Source: RFC 6749, 4.1.2.1 and 5.2; RFC 9449, 5; OpenID Connect Core, 3.1.2.6; the error codes of
# developer.okta.com/docs/reference/error-codes/.
_MEANINGS: Final = {
    "invalid_scope": _Meaning(
        "D013",
        f"ask a super admin to grant the scopes under {_API_SCOPES}, or correct a name that Okta "
        "does not have",
    ),
    "consent_required": _Meaning(
        "D014",
        f"none of these scopes is granted to the app: ask a super admin to grant them under "
        f"{_API_SCOPES}",
    ),
    "access_denied": _Meaning(
        "D015",
        "assign the user, or one of their groups, under Applications > your app > Assignments; if "
        "that is done, look in the System Log for the policy or network zone that denied it",
    ),
    "unauthorized_client": _OTHER_GRANT_TYPE,
    "unsupported_response_type": _OTHER_GRANT_TYPE,
    "unsupported_grant_type": _OTHER_GRANT_TYPE,
    "invalid_dpop_proof": _DPOP,
    "use_dpop_nonce": _DPOP,
    "invalid_client": _Meaning("D020", "", CLIENT_ID),
    "invalid_grant": _Meaning(
        "D021",
        "sign in again: a code works once, for five minutes, and only with the redirect URI that "
        "it was issued for",
    ),
}
_UNKNOWN: Final = _Meaning(
    "D017", "look for this sign-in in the Admin Console under Reports > System Log", ORG
)
_INVALID_CONFIDENTIAL_CLIENT: Final = (
    f"copy the client ID and the client secret again from {_GENERAL}: one of them belongs to "
    "another app"
)
_INVALID_PUBLIC_CLIENT: Final = (
    f"copy the client ID again from {_GENERAL}; if it is right, and Client authentication there is "
    "not None, the app has a secret: write `type: web` under `app`"
)


class OAuthError(NamedTuple):
    """What `/authorize` or `/token` returned, as it is: it may repeat a secret."""

    endpoint: str
    code: object
    description: object = ""


def oauth_problem(
    error: OAuthError, environment: Environment, scopes: ScopeSet, secrets: Collection[str] = ()
) -> OrgProblem:
    """The problem for an OAuth error; it quotes nothing that could be one of `secrets`."""
    code = error_code(error.code, secrets)
    meaning = _MEANINGS.get(code or "", _UNKNOWN)
    hint = meaning.hint
    if code == "invalid_client":
        confidential = environment.app.is_confidential
        hint = _INVALID_CONFIDENTIAL_CLIENT if confidential else _INVALID_PUBLIC_CLIENT
    about_scopes = meaning.code in ("D013", "D014")
    requested = f" for `{joined(scopes)}`" if about_scopes else ""
    description = prose(error.description, secrets)
    detail = f": {description}" if description else ""
    returned = f"`{code}`" if code else "an error without a known code"
    message = f"{error.endpoint} returned {returned}{requested}{detail}"
    return OrgProblem(meaning.code, message, hint, meaning.key, scopes if about_scopes else ())


def unusable_token(reason: str) -> OrgProblem:
    """The problem for a response of `/token` without a usable token."""
    return OrgProblem(_UNKNOWN.code, f"/token returned {reason}", _UNKNOWN.hint, _UNKNOWN.key)


def unknown_client(environment: Environment, sender: str) -> OrgProblem:
    """The problem for a client ID that the org does not have."""
    return OrgProblem(
        "D011",
        f"{sender} returned `invalid_client`: `{environment.org}` has no client "
        f"`{environment.app.client_id}`",
        f"copy the client ID from {_GENERAL} in the Admin Console of this org: each org has its "
        "own apps",
        CLIENT_ID,
    )
