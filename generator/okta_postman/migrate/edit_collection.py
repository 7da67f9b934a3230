"""Changes a copy of a collection: OAuth 2.0 settings in, credentials that they replace out."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, Final, NamedTuple

from okta_postman.compose.auth import oauth2
from okta_postman.documents.data import Data, Path, edited
from okta_postman.manifest.model import Manifest
from okta_postman.migrate.auth_placement import Placement
from okta_postman.migrate.credentials import is_replaceable
from okta_postman.migrate.decide import Decision
from okta_postman.operation import ScopeSet
from okta_postman.postman.collection_v2 import auth_to_json
from okta_postman.postman.existing.auth import pairs
from okta_postman.postman.existing.collection import Collection
from okta_postman.postman.existing.request import Request
from okta_postman.postman.existing.shapes import part
from okta_postman.postman.variables import reference

Edit = Callable[[Data], Data]

_NO_AUTH: Final = {"type": "noauth"}


class Plan(NamedTuple):
    """Everything that was decided about a collection."""

    collection: Collection
    manifest: Manifest
    decisions: Sequence[Decision]
    placement: Placement
    remove_unknown: bool
    renamed: Mapping[str, str]

    def settings(self, scopes: ScopeSet) -> dict[str, Any]:
        """The OAuth 2.0 settings that request some scopes, as `generate` writes them.

        Their variables have other names only where the usual ones mean something else.
        """
        name = self.collection.name.replace("{{", "{").replace("}}", "}")
        name = name.encode(errors="replace").decode()  # half a character has no bytes
        auth = auth_to_json(oauth2(self.manifest, scopes, collection=name))
        others = {reference(name): reference(other) for name, other in self.renamed.items()}
        for parameter in auth["oauth2"]:
            parameter["value"] = others.get(parameter["value"], parameter["value"])
        return auth

    def auth_of(self, path: Path) -> dict[str, Any] | None:
        """The auth that the holder at a path gets, if it gets any."""
        if path in self.placement.settings:
            return self.settings(self.placement.settings[path])
        return _NO_AUTH if path in self.placement.barred else None

    def loses_headers(self, decision: Decision) -> bool:
        """Whether the credentials in the headers of a request are removed."""
        return decision.outcome == "migrated" or self.loses_unknown(decision)

    def loses_unknown(self, decision: Decision) -> bool:
        """Whether a request loses its token for the org, and gets no other one."""
        return self.remove_unknown and decision.outcome == "unknown" and decision.for_org


def migrated(data: Data, plan: Plan) -> Data:
    """A copy of the data of a collection, with everything changed but its variables."""
    edits: dict[Path, Edit] = {}
    for holder in plan.collection.holders:
        auth = plan.auth_of(holder.path)
        if auth or holder.path in plan.placement.removed:
            edits[holder.path] = _with_auth(auth)
    for decision in plan.decisions:
        request = decision.request
        if plan.loses_headers(decision) and any(map(is_replaceable, request.headers)):
            edits[*request.path, "header"] = _without_credentials(request)
    if plan.collection.is_v2_0:
        edits |= _upgrades(data, plan.collection, edits)
    return edited(data, edits)


def sent(data: Data, collection: Collection) -> str:
    """What of the data of a collection is sent or runs, as a text in which variables are found."""
    data = edited(data, {path: lambda _: None for path in collection.never_sent})
    return json.dumps(data, ensure_ascii=False)


def without_variables(data: Data, collection: Collection, names: Container[str]) -> Data:
    """A copy of the data of a collection without the variables of some names."""
    indexes = {variable.path[-1] for variable in collection.variables if variable.key in names}
    if not indexes:
        return data
    return edited(data, {(*collection.path, "variable"): _without(indexes)})


def _with_auth(auth: dict[str, Any] | None) -> Edit:
    """Give a holder auth, or none; a request that is nothing but its URL becomes an object."""

    def edit(holder: Data) -> Data:
        if isinstance(holder, str):
            return {"auth": auth, "method": "GET", "header": [], "url": holder}
        if auth is None:
            return {key: value for key, value in holder.items() if key != "auth"}
        return with_member(holder, "auth", auth, after="item")

    return edit


def with_member(data: dict[str, Data], key: str, value: Data, after: str) -> dict[str, Data]:
    """A copy of an object with a member: where it was, or else after another one, or first."""
    if key in data:
        return {**data, key: value}
    if after not in data:
        return {key: value, **data}
    members: dict[str, Data] = {}
    for name, inner in data.items():
        members[name] = inner
        if name == after:
            members[key] = value
    return members


def _without_credentials(request: Request) -> Edit:
    """Take the headers that OAuth 2.0 replaces out of a list or a string of headers."""
    replaceable = [header for header in request.headers if is_replaceable(header)]

    def edit(headers: Data) -> Data:
        if isinstance(headers, list):
            return _without({header.position for header in replaceable})(headers)
        for header in reversed(replaceable):
            start, end = header.line
            headers = headers[:start] + headers[end:]
        return headers

    return edit


def _without(indexes: Container[str | int | None]) -> Edit:
    return lambda listed: [element for index, element in enumerate(listed) if index not in indexes]


def _upgrades(data: Data, collection: Collection, changed: Container[Path]) -> dict[Path, Edit]:
    """The edits from format v2.0.0 to v2.1.0: its schema, and auth as pairs.

    Source: schema.getpostman.com/json/collection, v2.0.0 and v2.1.0; all else is the same in both.
    """
    edits: dict[Path, Edit] = {
        (*collection.path, "info", "schema"): lambda schema: schema.replace("/v2.0.0/", "/v2.1.0/")
    }
    holders = [*collection.holders, *(request.holders[0] for request in collection.unsent)]
    for holder in holders:
        auth = holder.auth
        if (
            auth
            and holder.path not in changed
            and isinstance(part(data, *auth.path, auth.type), dict)
        ):
            edits[*auth.path, auth.type] = pairs
    return edits
