"""Which requests are for the org: by where they go, or else by their credentials.

No URL tells whether `{{host}}/api/v1/users` is Okta's while no file has a value for `host`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Path
from okta_postman.migrate.credentials import Credential, authorization, is_ours
from okta_postman.migrate.endpoints import shape
from okta_postman.migrate.hosts import Host, Values, environments_of, host_of, paths, resolved
from okta_postman.okta import catalog
from okta_postman.okta.routes import Routes
from okta_postman.postman.existing.collection import Collection, Content
from okta_postman.postman.existing.request import Request
from okta_postman.postman.variables import reference

_SSWS: Final = re.compile(r"\s*SSWS(?![\w-])", re.IGNORECASE)
_OKTAS_HOST: Final = "{{url}}"
_OKTAS_TOKENS: Final = frozenset(("accessToken", "access_token"))
"""What Okta's own collections call the org, and a token of OAuth 2.0 for it."""


class Destination(NamedTuple):
    """Where a request goes, and the paths that may be its endpoint, the likeliest first.

    These are by their shapes, in which segments are parameters that variables fill.
    """

    host: Host
    shapes: Mapping[str, str]

    @property
    def is_org(self) -> bool:
        """Whether the request is for the org."""
        return self.host.kind == "org"

    def endpoint(self, method: str, endpoints: Routes[Any]) -> str:
        """The first of the paths that a manifest or Okta's API catalog has."""
        known = (path for each, path in self.shapes.items() if is_known(method, each, endpoints))
        return next(known, next(iter(self.shapes.values())))


def destinations(
    contents: Sequence[Content], endpoints: Routes[Any], orgs: Sequence[str]
) -> list[Mapping[Path, Destination]]:
    """For each file of a run, where its requests go, by the paths of these."""
    return [
        _destinations(content, environments_of(content, contents), endpoints, orgs)
        if isinstance(content, Collection)
        else {}
        for content in contents
    ]


def _destinations(
    collection: Collection,
    environments: Sequence[Values],
    endpoints: Routes[Any],
    orgs: Sequence[str],
) -> Mapping[Path, Destination]:
    places: dict[Path, Destination] = {}
    hosts: set[str] = set()
    variables: set[str] = set()
    requests = (*collection.requests, *collection.unsent)
    for request in requests:
        host = host_of(request.target, environments, orgs)
        shapes: dict[str, str] = {}
        for path in paths(request.target, environments):
            shapes.setdefault(shape(path), path)
        places[request.path] = Destination(host, shapes)
    foreign: set[str] = set()
    for request in collection.requests:
        place = places[request.path]
        if place.host.kind == "foreign":
            foreign.update(_variables(request))
        elif place.host.kind == "org":
            variables.update(_variables(request))
        elif _is_signed(request, environments):
            variables.update(_variables(request))
            if any(is_known(request.method, each, endpoints) for each in place.shapes):
                hosts.add(request.target.host)
    variables -= foreign
    for request in requests:
        place = places[request.path]
        is_org = (
            request.target.host in hosts
            or not variables.isdisjoint(_variables(request))
            or _is_signed(request, environments)
        )
        if place.host.kind == "unknown" and is_org:
            places[request.path] = place._replace(host=Host("org"))
    return places


def is_known(method: str, path: str, endpoints: Routes[Any]) -> bool:
    """Whether an endpoint is one of the org, by a manifest or by Okta's API catalog."""
    return bool(endpoints.find(method, path) or catalog.find(method, path))


def _variables(request: Request) -> Iterator[str]:
    """The variables in the credentials of a request that OAuth 2.0 replaces."""
    for credential in authorization(request).replaceable:
        yield from credential.variables


def _is_signed(request: Request, environments: Iterable[Values]) -> bool:
    """Whether a request has a credential that is Okta's by its look, or settings of ours."""
    current = authorization(request)
    if current.holder and current.holder.auth and is_ours(current.holder.auth):
        return True
    if any(map(_is_oktas, current.replaceable)):
        return True
    names = set(_variables(request))
    if request.target.host == _OKTAS_HOST and names and names <= _OKTAS_TOKENS:
        return True
    values = (resolved(reference(name), each) for name in names for each in environments)
    return any(map(_SSWS.match, values))


def _is_oktas(credential: Credential) -> bool:
    """Whether a credential is an API token: by its scheme, or if it is nothing but one."""
    is_bare = not credential.scheme and not credential.variables and bool(credential.spans)
    return credential.scheme == "SSWS" or is_bare
