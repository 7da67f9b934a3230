"""What an org's response shows to be wrong, and the exception that ends the talk with an org."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.operation import ScopeSet
from okta_postman.problems import Severity

Key = tuple[str, ...]
"""The path of a key of the manifest, such as `("app", "client_id")`."""

ORG: Final[Key] = ("org",)
SERVER: Final[Key] = ("authorization_server",)
APP: Final[Key] = ("app",)
CLIENT_ID: Final[Key] = ("app", "client_id")
REDIRECT_URI: Final[Key] = ("redirect_uri",)

NO_RESPONSE: Final = frozenset(("D001", "D002", "D003", "D004", "D005"))
"""The codes that prove nothing about the manifest: the org did not respond."""

MISSING_SCOPES: Final = "D022"
"""The code for a token that was issued with fewer scopes than were requested."""


class OrgProblem(NamedTuple):
    """One thing wrong, found by asking an org: a code, a message, and what to do.

    The org knows nothing of the manifest's text, so there is a key in place of a position: `key` is
    the part of the manifest that the problem is about. With `scopes`, it is about that scope set.
    """

    code: str
    message: str
    hint: str
    key: Key = ORG
    scopes: ScopeSet = ()
    severity: Severity = "error"


class OrgError(Exception):
    """Nothing more can be asked of the org; carries the problem that is the reason."""

    def __init__(self, problem: OrgProblem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code}: {problem.message}")
