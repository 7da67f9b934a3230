"""What an org's answer says about a description, and how asking it ends early."""

from __future__ import annotations

from typing import Final, NamedTuple

from okta_postman.operation import ScopeSet
from okta_postman.problems import Severity

Key = tuple[str, ...]
"""The path of a key of the description, such as `("app", "client_id")`."""

ORG: Final[Key] = ("org",)
SERVER: Final[Key] = ("authorization_server",)
APP: Final[Key] = ("app",)
CLIENT_ID: Final[Key] = ("app", "client_id")
REDIRECT_URI: Final[Key] = ("redirect_uri",)

NO_ANSWER: Final = frozenset(("D001", "D002", "D003", "D004", "D005"))
"""The codes that say nothing about the description: the org could not be asked."""

SHORTFALL: Final = "D022"
"""The code for a token that was given out, with fewer scopes than were asked for."""


class Finding(NamedTuple):
    """One thing that an org made known: what was asked and came back, and what to do about it.

    `key` is what it is about in the description; with `scopes`, it is about that scope set.
    """

    code: str
    message: str
    hint: str
    key: Key = ORG
    scopes: ScopeSet = ()
    severity: Severity = "error"


class OrgError(Exception):
    """Nothing more can be asked of the org; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(f"{finding.code}: {finding.message}")
