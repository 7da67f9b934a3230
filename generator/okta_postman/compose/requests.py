"""One request of the collection: its URL, headers, body, documentation and auth."""

from __future__ import annotations

from okta_postman import templates
from okta_postman.compose.auth import oauth2
from okta_postman.compose.ids import stable_id
from okta_postman.documents.json_text import json_body
from okta_postman.manifest.model import Manifest, Request
from okta_postman.okta.endpoints import accept_header
from okta_postman.okta.privilege import narrowest, rivals
from okta_postman.okta.scopes import is_okta_scope, joined
from okta_postman.okta.servers import is_org_server
from okta_postman.operation import PARAMETER, FormBody, JsonBody
from okta_postman.postman import model as postman
from okta_postman.postman.model import NoAuth, OAuth2, Pair, RawBody, Url, UrlencodedBody
from okta_postman.postman.quoting import quoted_key, quoted_segment, quoted_value
from okta_postman.postman.variables import is_path_variable, parameter_variable


def compose_request(manifest: Manifest, request: Request) -> postman.Request:
    """A request of a manifest as Postman has it."""
    endpoint = request.endpoint
    variant = [str(request.variant)] if request.variant else []
    return postman.Request(
        id=stable_id(manifest.id, "request", endpoint.shape, *variant),
        name=request.name,
        description=_documentation(request, shared=manifest.layout.auth == "collection"),
        method=endpoint.method,
        url=_url(request),
        headers=_headers(request, _accept(manifest, endpoint.path)),
        body=_body(request),
        auth=_auth(manifest, request),
    )


def _auth(manifest: Manifest, request: Request) -> OAuth2 | NoAuth | None:
    if request.public:
        return NoAuth()
    return oauth2(manifest, request.scopes) if manifest.layout.auth == "request" else None


def _accept(manifest: Manifest, path: str) -> str:
    """The Accept header of a path; that of another provider's API is always JSON."""
    servers = [environment.authorization_server for environment in manifest.environments]
    return accept_header(path) if any(map(is_org_server, servers)) else "application/json"


def _documentation(request: Request, *, shared: bool) -> str:
    """The request's description: which scopes it needs, and which others are enough.

    Its scopes are the narrowest unless one of the others gives less access, or may do so, or the
    token is shared by the whole collection and has more scopes.
    """
    sets = (request.scopes, *request.alternatives)
    return templates.render(
        "request.md",
        description=request.description,
        endpoint=str(request.endpoint),
        deprecated=request.deprecated,
        public=request.public,
        scopes=request.scopes,
        granted=any(map(is_okta_scope, request.scopes)),
        alternatives=[joined(other) for other in request.alternatives if request.scopes],
        narrowest=not shared and narrowest(sets) == request.scopes and not rivals(sets),
    )


def _url(request: Request) -> Url:
    """The URL; a parameter becomes `:name`, which Postman lists, or `{{name}}` inside a segment."""
    values = dict(request.variables)

    def value(parameter: str) -> str:
        return values.get(parameter, "{{" + parameter_variable(parameter) + "}}")

    segments, variables = [], []
    for segment in request.endpoint.path[1:].split("/"):
        whole = PARAMETER.fullmatch(segment)
        if whole and is_path_variable(whole[1]):
            variables.append(Pair(whole[1], quoted_segment(value(whole[1]))))
            segments.append(f":{whole[1]}")
        else:
            text = PARAMETER.sub(lambda match: value(match[1]), segment)
            segments.append(quoted_segment(text))
    query = tuple(Pair(quoted_key(key), quoted_value(text)) for key, text in request.query)
    return Url(tuple(segments), query, tuple(variables))


def _headers(request: Request, accept: str) -> tuple[Pair, ...]:
    """Accept, Content-Type with a body, and the manifest's own headers, which replace these."""
    headers = {"Accept": accept}
    if request.body:
        is_json = isinstance(request.body, JsonBody)
        headers["Content-Type"] = (
            "application/json" if is_json else "application/x-www-form-urlencoded"
        )
    own = {name.lower() for name, _ in request.headers}
    defaults = tuple((name, value) for name, value in headers.items() if name.lower() not in own)
    return _pairs(defaults + request.headers)


def _body(request: Request) -> RawBody | UrlencodedBody | None:
    match request.body:
        case JsonBody(data):
            return RawBody(json_body(data))
        case FormBody(fields):
            return UrlencodedBody(_pairs(fields))
        case None:
            return None


def _pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[Pair, ...]:
    return tuple(Pair(key, value) for key, value in pairs)
