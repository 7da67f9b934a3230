"""The parameters that a manifest adds to the authorization request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Draft
from okta_postman.manifest.keys import Settings, pairs
from okta_postman.manifest.names import CONTROL
from okta_postman.manifest.problem_list import Problems
from okta_postman.okta.org_url import split_url

# Source: RFC 6749, 8.2.
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_SET: Final = "delete it: the sign-in sets it"
_CREDENTIAL: Final = "delete it: a credential is never written into a file"
_RESERVED: Final = {
    "client_id": "set `app.client_id`",
    "redirect_uri": "set `redirect_uri`",
    "scope": "list the endpoints under their scopes",
    **dict.fromkeys(("response_type", "response_mode", "state", "nonce"), _SET),
    **dict.fromkeys(("code_challenge", "code_challenge_method", "code_verifier"), _SET),
    **dict.fromkeys(("client_secret", "client_assertion", "sessionToken"), _CREDENTIAL),
    **dict.fromkeys(("id_token_hint", "access_token", "password"), _CREDENTIAL),
}
"""Parameters that a sign-in has anyway, those that would change its response, and credentials.

Source: RFC 6749, 4.1.1; RFC 7636, 4.3; OAuth 2.0 Multiple Response Type Encoding Practices;
OpenID Connect Core, 3.1.2.1; and developer.okta.com/docs/api/openapi/okta-oauth/.
"""


def sign_in_parameters_are_free(draft: Draft, problems: Problems) -> None:
    """R045: a parameter has a name and a value that a URL can carry, and is not set otherwise."""
    for path, name, value in _parameters(draft):
        if name in _RESERVED:
            message = f"`{name}` can't be a parameter of the sign-in"
            problems.error_at_key("R045", path, message, _RESERVED[name])
        elif not _NAME.fullmatch(name):
            hint = "use letters, digits, `-`, `.` and `_` (RFC 6749, 8.2)"
            problems.error_at_key("R045", path, f"`{name}` is no name of a parameter", hint)
        elif "{{" in value or "}}" in value:
            hint = "write the value; each environment can have its own"
            problems.error("R045", path, f"`{name}` contains a variable", hint)
        elif CONTROL.search(value):
            message = f"`{name}` contains a line break or another control character"
            problems.error("R045", path, message, "write it on one line")
    for settings in draft.settings:
        _check_query(problems, settings)


def _parameters(draft: Draft) -> Iterator[tuple[Path, str, str]]:
    """Each parameter with its place: the shared ones, and those of environments."""
    shared: Path = ("sign_in_parameters",)
    own = (((*each.path, *shared), each.own.get("sign_in_parameters")) for each in draft.settings)
    for path, mapping in ((shared, draft.data.get("sign_in_parameters")), *own):
        for name, value in pairs(draft.document, path, mapping):
            yield (*path, name), name, value


def _check_query(problems: Problems, settings: Settings) -> None:
    """Add a problem if the authorization URL already has a parameter in its query."""
    server = settings.authorization_server
    url = split_url(server["authorize_url"]) if isinstance(server, dict) else None
    query = parse_qs(url.query, keep_blank_values=True) if url else {}
    shared = settings.shared.get("sign_in_parameters") or {}
    for name in {**shared, **(settings.own.get("sign_in_parameters") or {})}:
        if name in query:
            path = (*settings.path_of("authorization_server"), "authorize_url")
            message = f"the URL already has the parameter `{name}`, which `sign_in_parameters` sets"
            problems.error("R045", path, message, "delete one of them")
