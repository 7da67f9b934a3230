"""Decides what becomes of each request: which scopes it asks for, or why it stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from okta_postman.manifest.model import Manifest
from okta_postman.migrate.credentials import Credential, InHeaders, auth_credential, in_headers
from okta_postman.migrate.endpoints import Target, foreign_host, paths, shape, target_of
from okta_postman.migrate.requests import Auth, Request, auth_holder, own_auth
from okta_postman.migrate.tree import Node
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.okta.routes import Routes
from okta_postman.okta.scopes import privilege
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, issuing_server
from okta_postman.operation import ScopeSet

Outcome = Literal["migrated", "left", "unknown"]


CATALOGUE: Final = "Okta's documents"
"""Why most requests have the scopes that they have."""


class Decision(NamedTuple):
    """A request, what becomes of it, and why.

    It `is_away` if it is for another host than an org's. `headers` are the credentials in its
    headers that OAuth 2.0 replaces, `others` those that it is sent with besides; `holder` is the
    object whose auth it is sent with now, and `auth` the credential in that.
    """

    request: Request
    target: Target
    outcome: Outcome
    scopes: ScopeSet
    reason: str
    is_away: bool
    headers: tuple[Credential, ...]
    others: tuple[Credential, ...]
    holder: Node | None
    auth: Credential | None

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """All that it authorizes with now and OAuth 2.0 replaces."""
        return (*self.headers, self.auth) if self.auth else self.headers


class Known(NamedTuple):
    """Where scopes are looked up: the description's map first, then Okta's catalogue."""

    described: Routes[ScopeSet]
    orgs: tuple[str, ...]
    servers: frozenset[str]
    values: Mapping[str, str]


def known(manifest: Manifest, variables: Mapping[str, Sequence[str]]) -> Known:
    """What a description knows; of the values that a variable has, the last counts."""
    environments = manifest.environments
    return Known(
        Routes((*each.endpoint, each.scopes) for each in manifest.requests),
        tuple(environment.org for environment in environments),
        frozenset(environment.authorization_server.name for environment in environments),
        {name: values[-1] for name, values in variables.items()},
    )


def decide(request: Request, knowing: Known) -> Decision:
    """What becomes of one request."""
    headers = in_headers(request)
    holder = auth_holder(request)
    auth = own_auth(holder) if holder else None
    held = auth_credential(auth) if auth else None
    target = target_of(request)
    foreign = foreign_host(target, knowing.orgs)
    if foreign:
        outcome, scopes, reason = _left(f"goes to {foreign}, which is no org")
    else:
        outcome, scopes, reason = _judged(request, target, knowing, auth, headers)
    if outcome == "unknown" and not headers.replaced and not held:
        outcome = "left"  # it works without a token, or never did
    return Decision(
        request=request,
        target=target,
        outcome=outcome,
        scopes=scopes,
        reason=reason,
        is_away=bool(foreign),
        headers=headers.replaced,
        others=headers.others,
        holder=holder,
        auth=held,
    )


def _left(reason: str) -> tuple[Outcome, ScopeSet, str]:
    return "left", (), reason


def _judged(
    request: Request, target: Target, knowing: Known, auth: Auth | None, headers: InHeaders
) -> tuple[Outcome, ScopeSet, str]:
    if not target.shape:
        return "unknown", (), "its URL has no path"
    shapes = [shape(path) for path in paths(target, knowing.values)]
    for each in shapes:
        against = reason_against_bearer(each)
        if against:
            return _left(f"takes no bearer token: {against}")
    other = _other_authorization(auth, headers)
    if other:
        return _left(f"authorizes with {other}")
    for each in shapes:
        scopes, reason = _scopes(request.method, each, knowing)
        if scopes:
            return "migrated", scopes, reason
        if reason:
            return "unknown", (), reason
    return "unknown", (), "neither the description nor Okta's documents have this endpoint"


def _scopes(method: str, shape: str, knowing: Known) -> tuple[ScopeSet, str]:
    """The scopes of an endpoint and who says so; or none, and why it cannot have any."""
    described = knowing.described.find(method, shape)
    if described:
        return described, "the description"
    operation = catalog.find(method, shape)
    if operation is None:
        return (), ""
    if not operation.scope_sets:
        return (), "Okta documents no scope for this operation"
    narrowest = min(operation.scope_sets, key=privilege)
    server = issuing_server(shape)
    if server.startswith("{") and not knowing.servers & {ORG_SERVER, OTHER_ISSUER}:
        return narrowest, CATALOGUE  # a variable holds the id of a custom server
    if knowing.servers != {server}:
        named = "org authorization server" if server == ORG_SERVER else "server in its path"
        return (), f"only the {named} mints its scope"
    return narrowest, CATALOGUE


def _other_authorization(auth: Auth | None, headers: InHeaders) -> str:
    """How a request authorizes if OAuth 2.0 does not take the place of that."""
    if headers.others:
        return headers.others[0].scheme
    if auth is None or auth_credential(auth) or is_ours(auth):
        return ""
    if auth.type == "noauth":  # which many choose who set the header by hand
        return "" if headers.is_sent else "nothing, as it says"
    return f"{auth.type} of its own or of a folder"


def is_ours(auth: Auth) -> bool:
    """Whether an OAuth 2.0 block is one that this program wrote, so that it may write it again."""
    asked = auth.parameters
    pkce = asked.get("grant_type") == "authorization_code_with_pkce"
    names = ("authUrl", other_name("authUrl"))
    at = [f"{{{{{each}}}}}" for each in names]
    return auth.type == "oauth2" and pkce and asked.get("authUrl") in at


def other_name(name: str) -> str:
    """The name of a variable of blocks whose usual name means something else."""
    return f"oauth{name[0].upper()}{name[1:]}"


def decisions(requests: Iterator[Request], knowing: Known) -> list[Decision]:
    """What becomes of each request of a collection."""
    return [decide(request, knowing) for request in requests]
