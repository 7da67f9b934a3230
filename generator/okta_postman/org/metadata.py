"""What an org says of itself to anyone who asks, held against what goes into the collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from okta_postman.manifest.model import Environment
from okta_postman.okta.scopes import joined
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.operation import ScopeSet
from okta_postman.org.address import parts
from okta_postman.org.check import Check, no, unknown, yes
from okta_postman.org.finding import APP, ORG, SERVER, Finding, OrgError
from okta_postman.org.http import Answer, Http
from okta_postman.org.server import Server, server_of

_PIPELINES: Final = {"idx": "Identity Engine", "v1": "Classic Engine"}
_OK: Final = 200
_NOT_FOUND: Final = 404


def organization(http: Http, environment: Environment) -> Check:
    """Whether an Okta org answers at the host of an environment.

    Raises OrgError if nothing answers, or another host is meant. Source: getWellknownOrgMetadata in
    Okta's OpenAPI document.
    """
    answer = http.get(f"{environment.org}/.well-known/okta-organization")
    if answer.location is not None:
        raise OrgError(_redirected(environment.org, answer.location))
    said = answer.data
    if answer.status == _OK and said and said.get("pipeline"):
        engine = _PIPELINES.get(str(said["pipeline"]), str(said["pipeline"]))
        return yes(f"an Okta org answers: {engine}")
    return unknown("an Okta org answers: it does not say so at /.well-known/okta-organization")


def metadata(http: Http, environment: Environment) -> dict[str, Any]:
    """The metadata of an environment's authorization server.

    Raises OrgError if it has none.
    Source: RFC 8414; developer.okta.com/docs/concepts/auth-servers/.
    """
    url = f"{server_of(environment).issuer}/.well-known/oauth-authorization-server"
    answer = http.get(url)
    if answer.location is not None:
        raise OrgError(_redirected(environment.org, answer.location))
    said = answer.data
    if answer.status != _OK or said is None or "issuer" not in said:
        raise OrgError(_no_server(environment, answer, urlsplit(url).path))
    return said


def compared(environment: Environment, said: dict[str, Any], scopes: ScopeSet) -> Iterator[Check]:
    """A check for each thing that the collection takes for granted of the server."""
    yield _endpoints(server_of(environment), said)
    yield _flow(environment, said)
    yield _scopes(said, scopes)


def _endpoints(server: Server, said: dict[str, Any]) -> Check:
    question = "issuer, authorize and token endpoint are those in the collection"
    expected = {
        "issuer": server.issuer,
        "authorization_endpoint": server.authorize,
        "token_endpoint": server.token,
    }
    wrong = [
        Finding(
            "D008",
            f"the server says its {key} is `{said.get(key)}`, the collection has `{value}`",
            _elsewhere(server, str(said["issuer"] or "")),
            ORG,
        )
        for key, value in expected.items()
        if said.get(key) != value
    ]
    return no(question, *wrong) if wrong else yes(question)


def _elsewhere(server: Server, issuer: str) -> str:
    there, here = parts(issuer), parts(server.issuer)
    if there.netloc in ("", here.netloc) and there.scheme in ("", here.scheme):
        return "see that the org is an Okta org; with a server of another maker, ask who runs it"
    return (
        f"write `org: {there.scheme}://{there.netloc}` if that is the org you mean; an org with a "
        "custom domain answers under both names, and signs in under the one it calls itself"
    )


def _flow(environment: Environment, said: dict[str, Any]) -> Check:
    question = "it offers code, S256 and the way the app authenticates"
    method = "client_secret_post" if environment.app.is_confidential else "none"
    needed = {
        "response_types_supported": "code",
        "code_challenge_methods_supported": "S256",
        "token_endpoint_auth_methods_supported": method,
    }
    wrong = [
        Finding(
            "D009",
            f"the server does not offer `{value}`: {key} is {', '.join(map(str, said[key]))}",
            "see that the org is an Okta org; with a server of another maker, ask who runs it",
            APP if value == method else ORG,
        )
        for key, value in needed.items()
        if isinstance(said.get(key), list) and value not in said[key]
    ]
    if wrong:
        return no(question, *wrong)
    silent = [key for key in needed if not isinstance(said.get(key), list)]
    return unknown(f"{question}: it does not say {', '.join(silent)}") if silent else yes(question)


def _scopes(said: dict[str, Any], scopes: ScopeSet) -> Check:
    question = "it lists the scopes"
    listed = said.get("scopes_supported")
    if not isinstance(listed, list):
        return unknown(f"{question}: it has no list of scopes")
    missing = [
        Finding(
            "D010",
            f"`{scope}` is not in the server's list of scopes",
            "see that it is spelled right; Okta's list leaves out many scopes that it has, and "
            "those of features that the org does not have",
            scopes=(scope,),
            severity="warning",
        )
        for scope in scopes
        if scope not in listed
    ]
    if not missing:
        return yes(question)
    names = joined(each.scopes[0] for each in missing)
    return unknown(f"{question}: not {names}", *missing)


def _redirected(org: str, location: str) -> Finding:
    there = parts(location)
    where = f"{there.scheme}://{there.netloc}" if there.netloc else location
    return Finding(
        "D007",
        f"`{org}` redirects to `{where}`",
        "write the org itself: not the Admin Console, which has `-admin` in its name, and not an "
        "address that forwards to the org",
    )


def _no_server(environment: Environment, answer: Answer, path: str) -> Finding:
    kind = answer.headers.get("content-type", "").partition(";")[0] or "nothing"
    named = environment.authorization_server.name
    if answer.status == _NOT_FOUND and named != ORG_SERVER:
        return Finding(
            "D006",
            f"the org has no authorization server `{named}`: {path} is not found",
            "copy its id from Security > API > Authorization Servers; `org` is the one that mints "
            "okta.* scopes",
            SERVER,
        )
    return Finding(
        "D006",
        f"`{environment.org}` is no Okta org: {path} answered {answer.status} with {kind}",
        "write the org as it stands under your name in the Admin Console, top right; a proxy that "
        "wants a sign-in of its own answers like this too",
    )
