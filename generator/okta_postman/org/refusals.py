"""What the error codes of OAuth 2.0 mean with Okta, and what to do about each in its console."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.manifest.model import Environment
from okta_postman.okta.scopes import joined
from okta_postman.operation import ScopeSet
from okta_postman.org.finding import APP, CLIENT_ID, ORG, Finding, Key

_GENERAL: Final = "Applications > your app > General"


class _Meaning(NamedTuple):
    """The code of a finding, what it is about, and the advice."""

    code: str
    hint: str
    key: Key = APP


# Source: RFC 6749, 4.1.2.1 and 5.2; RFC 9449, 5; OpenID Connect Core, 3.1.2.6; the error codes of
# developer.okta.com/docs/reference/error-codes/.
_MEANINGS: Final = {
    "invalid_scope": _Meaning(
        "D013",
        "grant each of them under Applications > your app > Okta API Scopes (only a super admin "
        "can), or correct the name of the one that Okta does not have",
    ),
    "consent_required": _Meaning(
        "D014",
        "none of these scopes is granted to the app: a super admin grants them under "
        "Applications > your app > Okta API Scopes",
    ),
    "access_denied": _Meaning(
        "D015",
        "assign the person who signs in, or a group of theirs, under Applications > your app > "
        "Assignments; if that is done, the System Log says which policy or network zone denied it",
    ),
    "unauthorized_client": _Meaning(
        "D016", f"switch on the grant type Authorization Code under {_GENERAL}"
    ),
    "unsupported_response_type": _Meaning(
        "D016", f"switch on the grant type Authorization Code under {_GENERAL}"
    ),
    "unsupported_grant_type": _Meaning(
        "D016", f"switch on the grant type Authorization Code under {_GENERAL}"
    ),
    "invalid_dpop_proof": _Meaning(
        "D019",
        f"untick Require Demonstrating Proof of Possession (DPoP) under {_GENERAL}: Postman sends "
        "no such proof, and neither does this program",
    ),
    "invalid_client": _Meaning("D020", "", CLIENT_ID),
    "invalid_grant": _Meaning(
        "D021",
        "begin again: a code is good once, for five minutes, and for the redirect URI and the "
        "browser it was made for",
    ),
}
_MEANINGS["use_dpop_nonce"] = _MEANINGS["invalid_dpop_proof"]
_OTHER: Final = _Meaning(
    "D017", "look for this sign-in in the Admin Console under Reports > System Log", ORG
)
# By whether the app has a secret.
_CLIENT_HINTS: Final = {
    True: f"copy client id and secret again from {_GENERAL}: one of them is not this app's",
    False: f"copy the client id again from {_GENERAL}; if that is right, Client authentication "
    "there is not None: the app has a secret, so write `type: web` under `app`",
}


def refused(
    where: str, error: str, description: str, environment: Environment, scopes: ScopeSet
) -> Finding:
    """The finding for an OAuth error that `/authorize` or `/token` answered."""
    meaning = _MEANINGS.get(error, _OTHER)
    about_scopes = meaning.code in ("D013", "D014")
    asked = f" to `{joined(scopes)}`" if about_scopes else ""
    said = f": {description}" if description else ""
    return Finding(
        meaning.code,
        f"{where} answered `{error}`{asked}{said}",
        meaning.hint or _CLIENT_HINTS[environment.app.is_confidential],
        meaning.key,
        scopes if about_scopes else (),
    )


def unknown_client(environment: Environment, where: str) -> Finding:
    """The finding for a client id that an org does not know."""
    return Finding(
        "D011",
        f"{where} answered `invalid_client`: `{environment.org}` has no client "
        f"`{environment.app.client_id}`",
        f"copy the client id from {_GENERAL}, in the Admin Console of this very org: each org has "
        "apps of its own",
        CLIENT_ID,
    )
