"""One request of the collection: URL, headers, body, documentation and its own auth."""

from __future__ import annotations

from okta_postman import templates
from okta_postman.compose.auth import oauth2
from okta_postman.compose.ids import stable_id
from okta_postman.documents.json_text import json_body
from okta_postman.manifest.model import Manifest
from okta_postman.manifest.model import Request as Described
from okta_postman.okta.endpoints import accept_header
from okta_postman.okta.scopes import is_okta_scope, joined, privilege
from okta_postman.okta.servers import is_org_server
from okta_postman.operation import PARAMETER, FormBody, JsonBody
from okta_postman.postman.model import Pair, RawBody, Request, Url, UrlencodedBody
from okta_postman.postman.variables import parameter_variable


def compose_request(manifest: Manifest, described: Described) -> Request:
    """A described request as Postman has it."""
    endpoint = described.endpoint
    own_auth = manifest.layout.auth == "request"
    of_okta = any(is_org_server(each.authorization_server) for each in manifest.environments)
    accept = accept_header(endpoint.path) if of_okta else "application/json"
    variant = [str(described.variant)] if described.variant else []
    return Request(
        id=stable_id(manifest.id, "request", endpoint.shape, *variant),
        name=described.name,
        description=_documentation(described, shared=manifest.layout.auth == "collection"),
        method=endpoint.method,
        url=_url(described),
        headers=_headers(described, accept),
        body=_body(described),
        auth=oauth2(manifest, described.scopes) if own_auth else None,
    )


def _documentation(described: Described, *, shared: bool) -> str:
    """What the request needs and why; with a token shared by all, it asks for more than that."""
    sets = (described.scopes, *described.alternatives)
    return templates.render(
        "request.md",
        description=described.description,
        endpoint=str(described.endpoint),
        deprecated=described.deprecated,
        scopes=described.scopes,
        granted=any(map(is_okta_scope, described.scopes)),
        alternatives=[joined(other) for other in described.alternatives],
        narrowest=not shared and min(sets, key=privilege) == described.scopes,
    )


def _url(described: Described) -> Url:
    """Whole segments become `:name`, which Postman lists; part of one can only be `{{name}}`."""
    own = dict(described.variables)

    def value(parameter: str) -> str:
        return own.get(parameter, "{{" + parameter_variable(parameter) + "}}")

    segments, variables = [], []
    for segment in described.endpoint.path[1:].split("/"):
        whole = PARAMETER.fullmatch(segment)
        if whole:
            variables.append(Pair(whole[1], value(whole[1])))
            segments.append(f":{whole[1]}")
        else:
            segments.append(PARAMETER.sub(lambda found: value(found[1]), segment))
    return Url(tuple(segments), _pairs(described.query), tuple(variables))


def _headers(described: Described, accept: str) -> tuple[Pair, ...]:
    """Accept and Content-Type, unless the description has its own, then the description's."""
    headers = {"Accept": accept}
    if described.body:
        is_json = isinstance(described.body, JsonBody)
        headers["Content-Type"] = (
            "application/json" if is_json else "application/x-www-form-urlencoded"
        )
    own = {name.lower() for name, _ in described.headers}
    ours = tuple((name, value) for name, value in headers.items() if name.lower() not in own)
    return _pairs(ours + described.headers)


def _body(described: Described) -> RawBody | UrlencodedBody | None:
    match described.body:
        case JsonBody(data):
            return RawBody(json_body(data))
        case FormBody(fields):
            return UrlencodedBody(_pairs(fields))
        case None:
            return None


def _pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[Pair, ...]:
    return tuple(Pair(key, value) for key, value in pairs)
