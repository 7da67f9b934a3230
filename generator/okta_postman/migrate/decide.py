"""Decides what becomes of each request: which scopes it needs, or why it is not migrated."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from okta_postman.manifest.model import Manifest
from okta_postman.manifest.model import Request as Listed
from okta_postman.migrate.credentials import Authorization, authorization, in_auth, is_ours
from okta_postman.migrate.destinations import Destination
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.okta.privilege import narrowest
from okta_postman.okta.routes import Routes
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, issuing_server
from okta_postman.operation import ScopeSet
from okta_postman.postman.existing.auth import Auth
from okta_postman.postman.existing.request import Request

Outcome = Literal["migrated", "skipped", "unknown"]
Verdict = tuple[Outcome, ScopeSet, str]

CATALOG: Final = "Okta's API catalog"
"""Why most requests have the scopes that they have."""


class Decision(NamedTuple):
    """A request, what becomes of it and why; one that is not `for_org` keeps its credentials.

    The path of a request that is migrated is that of its endpoint, also where a variable has it.
    """

    request: Request
    authorization: Authorization
    outcome: Outcome
    scopes: ScopeSet
    reason: str
    for_org: bool


class Knowledge(NamedTuple):
    """What decisions are made of: the requests, orgs and servers of a manifest."""

    requests: Routes[Listed]
    orgs: tuple[str, ...]
    servers: frozenset[str]


def knowledge(manifest: Manifest) -> Knowledge:
    """What a manifest tells."""
    environments = manifest.environments
    return Knowledge(
        Routes((*request.endpoint, request) for request in manifest.requests),
        tuple(environment.org for environment in environments),
        frozenset(environment.authorization_server.name for environment in environments),
    )


def decide(request: Request, place: Destination, known: Knowledge) -> Decision:
    """What becomes of a request that goes to a place."""
    current = authorization(request)
    outcome, scopes, reason = _verdict(request, current, place, known)
    if outcome == "unknown" and not current.replaceable:
        outcome = "skipped"  # it works without a token, or never did
    if outcome == "migrated":
        path = place.endpoint(request.method, known.requests)
        request = request._replace(target=request.target._replace(path=path))
    return Decision(request, current, outcome, scopes, reason, place.is_org)


def _verdict(
    request: Request, current: Authorization, place: Destination, known: Knowledge
) -> Verdict:
    reason = _reason_to_skip(current, place)
    if reason:
        return _skipped(reason)
    if not any(place.shapes):
        return "unknown", (), "its URL has no path"
    if not place.is_org:
        return "unknown", (), f"no file says whether `{request.target.host}` is the org"
    for path in place.shapes:
        listed = known.requests.find(request.method, path)
        if listed and listed.public:
            return _skipped("takes no token: it is public in the manifest")
        if listed:
            return "migrated", listed.scopes, "the manifest"
        scopes, reason = _documented_scopes(request.method, path, known)
        if scopes:
            return "migrated", scopes, reason
        if reason:
            return "unknown", (), reason
    return "unknown", (), f"neither the manifest nor {CATALOG} has this endpoint"


def _reason_to_skip(current: Authorization, place: Destination) -> str:
    """Why OAuth 2.0 is not for a request, whatever its endpoint needs; or nothing."""
    if place.host.kind == "foreign":
        return place.host.reason
    for path in place.shapes:
        reason = reason_against_bearer(path)
        if reason:
            return f"takes no bearer token: {reason}"
    other = _other_authorization(current)
    return f"uses {other}" if other else ""


def _skipped(reason: str) -> Verdict:
    return "skipped", (), reason


def _other_authorization(current: Authorization) -> str:
    """How a request authorizes if OAuth 2.0 does not take the place of that."""
    if current.others:
        return current.others[0].scheme
    auth = current.holder.auth if current.holder else None
    if auth is None or current.in_auth or is_ours(auth):
        return ""
    if auth.type == "noauth":  # which many choose who set the header by hand
        return "" if current.is_sent else "No Auth"
    return f"{auth.type} auth of its own or of a folder"


def _documented_scopes(method: str, path: str, known: Knowledge) -> tuple[ScopeSet, str]:
    """The scopes of an endpoint and where they are from; or none, and why it cannot have any."""
    operation = catalog.find(method, path)
    if operation is None:
        return (), ""
    if operation.host:
        return (), f"it is on another host than the org: {operation.host}"
    if not operation.scope_sets:
        return (), "Okta documents no scope for this operation"
    least = narrowest(operation.scope_sets)
    server = issuing_server(path)
    if server.startswith("{") and not known.servers & {ORG_SERVER, OTHER_ISSUER}:
        return least, CATALOG  # a variable is the ID of a custom server
    if known.servers != {server}:
        name = "org authorization server" if server == ORG_SERVER else "server in its path"
        return (), f"only the {name} issues tokens with its scope"
    return least, CATALOG


def is_replaceable_auth(auth: Auth) -> bool:
    """Whether auth may go when a request is migrated: a credential, or settings like ours."""
    return in_auth(auth) is not None or is_ours(auth)
