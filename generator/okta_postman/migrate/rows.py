"""What a migration did to each request, as it may be shown."""

from __future__ import annotations

from typing import NamedTuple

from okta_postman.documents.data import Data
from okta_postman.migrate.decide import Decision
from okta_postman.migrate.edit_collection import Plan
from okta_postman.okta.credentials import all_masked
from okta_postman.postman.existing.shapes import part
from okta_postman.problems import visible


class Row(NamedTuple):
    """What was done to a request, and what was found there; no credential is in it.

    `scopes` are what it needs, and `token_scopes` what its token is requested with, which other
    requests may share.
    """

    file: str
    folder: str
    name: str
    method: str
    path: str
    result: str
    scopes: str
    token_scopes: str
    credential: str
    reason: str


def rows_of(file: str, data: Data, plan: Plan, secrets: frozenset[str]) -> tuple[Row, ...]:
    """A row for each request of a collection, without secrets and control characters."""
    rows = [_row(file, data, plan, decision) for decision in plan.decisions]
    shown = all_masked((cell for row in rows for cell in row), secrets=secrets)
    return tuple(Row(*(visible(shown[cell]) for cell in row)) for row in rows)


def _row(file: str, data: Data, plan: Plan, decision: Decision) -> Row:
    request = decision.request
    holder = plan.placement.settings_of(decision) if decision.outcome == "migrated" else None
    token_scopes = plan.placement.settings[holder] if holder is not None else ()
    credentials = decision.authorization.replaceable
    result: str = decision.outcome
    if plan.loses_unknown(decision):
        result = "credential removed"
    if result == "migrated" and not credentials and holder is not None:
        is_same = part(data, *holder, "auth") == plan.settings(token_scopes)
        result = "unchanged" if is_same else result
    return Row(
        file=file,
        folder=" / ".join(request.folders),
        name=request.name,
        method=request.method,
        path=request.target.path,
        result=result,
        scopes=" ".join(decision.scopes),
        token_scopes=" ".join(token_scopes),
        credential="; ".join(dict.fromkeys(map(str, credentials))),
        reason=decision.reason,
    )
