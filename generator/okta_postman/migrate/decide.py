"""Decides what becomes of each request: which scopes it needs, or why it is not migrated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from okta_postman.manifest.model import Manifest
from okta_postman.manifest.model import Request as Listed
from okta_postman.migrate.credentials import Authorization, authorization, in_auth
from okta_postman.migrate.endpoints import foreign_host, paths, shape
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.okta.routes import Routes
from okta_postman.okta.scopes import privilege
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, issuing_server
from okta_postman.operation import ScopeSet
from okta_postman.postman.existing.auth import Auth
from okta_postman.postman.existing.request import Request

Outcome = Literal["migrated", "skipped", "unknown"]
Verdict = tuple[Outcome, ScopeSet, str]

CATALOG: Final = "Okta's API catalog"
"""Why most requests have the scopes that they have."""


class Decision(NamedTuple):
    """A request, what becomes of it and why; `foreign_host` is its host if that is no org."""

    request: Request
    authorization: Authorization
    outcome: Outcome
    scopes: ScopeSet
    reason: str
    foreign_host: str


class Knowledge(NamedTuple):
    """What decisions are made of: the requests, orgs and servers of a manifest, and variables."""

    requests: Routes[Listed]
    orgs: tuple[str, ...]
    servers: frozenset[str]
    values: Mapping[str, str]


def knowledge(manifest: Manifest, values: Mapping[str, list[str]]) -> Knowledge:
    """What a manifest and the values of variables tell; the last value of a variable counts."""
    environments = manifest.environments
    return Knowledge(
        Routes((*request.endpoint, request) for request in manifest.requests),
        tuple(environment.org for environment in environments),
        frozenset(environment.authorization_server.name for environment in environments),
        {name: listed[-1] for name, listed in values.items()},
    )


def decide(request: Request, known: Knowledge) -> Decision:
    """What becomes of a request."""
    current = authorization(request)
    foreign = foreign_host(request.target, known.orgs)
    not_an_org = _skipped(f"{foreign} is not an org")
    verdict = not_an_org if foreign else _verdict(request, current, known)
    if verdict[0] == "unknown" and not current.replaceable:
        verdict = ("skipped", *verdict[1:])  # it works without a token, or never did
    return Decision(request, current, *verdict, foreign)


def is_ours(auth: Auth) -> bool:
    """Whether OAuth 2.0 settings are like those of this program, which may write them again."""
    parameters = auth.parameters
    pkce = parameters.get("grant_type") == "authorization_code_with_pkce"
    names = ("authUrl", other_name("authUrl"))
    urls = [f"{{{{{name}}}}}" for name in names]
    return auth.type == "oauth2" and pkce and parameters.get("authUrl") in urls


def other_name(name: str) -> str:
    """The name of a variable of the OAuth 2.0 settings whose usual name means something else."""
    return f"oauth{name[0].upper()}{name[1:]}"


def _verdict(request: Request, current: Authorization, known: Knowledge) -> Verdict:
    shapes = [shape(path) for path in paths(request.target, known.values)]
    if not shapes[0]:
        return "unknown", (), "its URL has no path"
    for each in shapes:
        reason = reason_against_bearer(each)
        if reason:
            return _skipped(f"takes no bearer token: {reason}")
    other = _other_authorization(current)
    if other:
        return _skipped(f"uses {other}")
    for each in shapes:
        listed = known.requests.find(request.method, each)
        if listed and listed.public:
            return _skipped("takes no token: it is public in the manifest")
        if listed:
            return "migrated", listed.scopes, "the manifest"
        scopes, reason = _documented_scopes(request.method, each, known)
        if scopes:
            return "migrated", scopes, reason
        if reason:
            return "unknown", (), reason
    return "unknown", (), f"neither the manifest nor {CATALOG} has this endpoint"


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
    if not operation.scope_sets:
        return (), "Okta documents no scope for this operation"
    narrowest = min(operation.scope_sets, key=privilege)
    server = issuing_server(path)
    if server.startswith("{") and not known.servers & {ORG_SERVER, OTHER_ISSUER}:
        return narrowest, CATALOG  # a variable is the ID of a custom server
    if known.servers != {server}:
        name = "org authorization server" if server == ORG_SERVER else "server in its path"
        return (), f"only the {name} issues tokens with its scope"
    return narrowest, CATALOG


def is_replaceable_auth(auth: Auth) -> bool:
    """Whether auth may go when a request is migrated: a credential, or settings like ours."""
    return in_auth(auth) is not None or is_ours(auth)
