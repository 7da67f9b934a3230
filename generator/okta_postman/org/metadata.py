"""An org's published metadata, compared with what the collection uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from okta_postman.manifest.model import Environment
from okta_postman.okta.org_url import split_url
from okta_postman.okta.scopes import joined
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.operation import ScopeSet
from okta_postman.org.check import Check, no, unknown, yes
from okta_postman.org.http import Http, Response
from okta_postman.org.problem import APP, ORG, SERVER, OrgError, OrgProblem
from okta_postman.org.quote import excerpt
from okta_postman.org.server import Server, server_of

_PIPELINES: Final = {"idx": "Identity Engine", "v1": "Classic Engine"}
_OK: Final = 200
_NOT_FOUND: Final = 404
_ANOTHER_SERVER: Final = (
    "check that `org` is an Okta org; for another provider's server, ask its admin"
)


def organization(http: Http, environment: Environment) -> Check:
    """Whether an Okta org responds at the host of an environment.

    Raises OrgError if nothing responds, or if it redirects to another host. Source:
    getWellknownOrgMetadata in Okta's OpenAPI document.
    """
    response = http.get(f"{environment.org}/.well-known/okta-organization")
    if response.location is not None:
        raise OrgError(_redirected(environment.org, response.location))
    data = response.data
    if response.status == _OK and data and data.get("pipeline"):
        engine = _PIPELINES.get(str(data["pipeline"]), excerpt(data["pipeline"]))
        return yes(f"the host is an Okta org: {engine}")
    return unknown("the host is an Okta org: /.well-known/okta-organization doesn't confirm it")


def metadata(http: Http, environment: Environment) -> dict[str, Any]:
    """The metadata of an environment's authorization server, which has an `issuer`.

    Raises OrgError if there is none.
    Source: RFC 8414; developer.okta.com/docs/concepts/auth-servers/.
    """
    url = f"{server_of(environment).issuer}/.well-known/oauth-authorization-server"
    response = http.get(url)
    if response.location is not None:
        raise OrgError(_redirected(environment.org, response.location))
    data = response.data
    if response.status != _OK or data is None or "issuer" not in data:
        raise OrgError(_no_server(environment, response, urlsplit(url).path))
    return data


def metadata_checks(
    environment: Environment, data: dict[str, Any], scopes: ScopeSet
) -> Iterator[Check]:
    """A check for each property of the server that the collection relies on."""
    yield _endpoints(server_of(environment), data)
    yield _flow(environment, data)
    yield _scopes(data, scopes)


def _endpoints(server: Server, data: dict[str, Any]) -> Check:
    statement = "issuer, authorize and token endpoint are those in the collection"
    expected = {
        "issuer": server.issuer,
        "authorization_endpoint": server.authorize,
        "token_endpoint": server.token,
    }
    problems = [
        OrgProblem(
            "D008",
            f"the server's {key} is `{excerpt(data.get(key))}`, but the collection has `{value}`",
            _org_of_issuer(server, str(data["issuer"] or "")),
            ORG,
        )
        for key, value in expected.items()
        if data.get(key) != value
    ]
    return no(statement, *problems) if problems else yes(statement)


def _org_of_issuer(server: Server, issuer: str) -> str:
    """What to do about a server that publishes another issuer or other endpoints."""
    actual, expected = split_url(issuer), urlsplit(server.issuer)
    if actual is None or not all(actual[:2]) or actual[:2] == expected[:2]:
        return _ANOTHER_SERVER
    org = excerpt(f"{actual.scheme}://{actual.netloc}")
    return (
        f"write `org: {org}` if that is your org; an org with a custom "
        "domain responds at both of its domains, but issues tokens for this one"
    )


def _flow(environment: Environment, data: dict[str, Any]) -> Check:
    statement = "the server supports code, S256 and the app's client authentication"
    method = "client_secret_post" if environment.app.is_confidential else "none"
    needed = {
        "response_types_supported": "code",
        "code_challenge_methods_supported": "S256",
        "token_endpoint_auth_methods_supported": method,
    }
    problems = [
        OrgProblem(
            "D009",
            f"the server does not support `{value}`: {key} is {_listed(data[key])}",
            _ANOTHER_SERVER,
            APP if value == method else ORG,
        )
        for key, value in needed.items()
        if isinstance(data.get(key), list) and value not in data[key]
    ]
    if problems:
        return no(statement, *problems)
    missing = [key for key in needed if not isinstance(data.get(key), list)]
    if missing:
        return unknown(f"{statement}: its metadata has no {', '.join(missing)}")
    return yes(statement)


def _listed(values: list[Any]) -> str:
    return excerpt(", ".join(map(str, values)))


def _scopes(data: dict[str, Any], scopes: ScopeSet) -> Check:
    statement = "the server lists the scopes"
    supported = data.get("scopes_supported")
    if not isinstance(supported, list):
        return unknown(f"{statement}: its metadata has no scopes_supported")
    missing = [scope for scope in scopes if scope not in supported]
    if not missing:
        return yes(statement)
    problems = [
        OrgProblem(
            "D010",
            f"`{scope}` is not in the server's list of scopes",
            "check its spelling; Okta's list leaves out many scopes that exist, and those of "
            "features that the org does not have",
            scopes=(scope,),
            severity="warning",
        )
        for scope in missing
    ]
    return unknown(f"{statement}: not {joined(missing)}", *problems)


def _redirected(org: str, location: str) -> OrgProblem:
    target = split_url(location)
    shown = excerpt(f"{target.scheme}://{target.netloc}" if target and target.netloc else location)
    return OrgProblem(
        "D007",
        f"`{org}` redirects to `{shown}`",
        "write the URL of the org itself, not that of the Admin Console (`-admin`), nor one that "
        "forwards to the org",
    )


def _no_server(environment: Environment, response: Response, path: str) -> OrgProblem:
    content_type = response.headers.get("content-type", "").partition(";")[0] or "no content type"
    content_type = excerpt(content_type)
    name = environment.authorization_server.name
    if response.status == _NOT_FOUND and name != ORG_SERVER:
        return OrgProblem(
            "D006",
            f"the org has no authorization server `{name}`: {path} is not found",
            "copy its ID from Security > API > Authorization Servers; only `org` can issue tokens "
            "with okta.* scopes",
            SERVER,
        )
    return OrgProblem(
        "D006",
        f"`{environment.org}` is not an Okta org: {path} returned {response.status}, "
        f"{content_type}",
        "copy the host that is under your name in the Admin Console, top right; a proxy with a "
        "sign-in of its own responds like this too",
    )
