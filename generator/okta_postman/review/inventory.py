"""What a reviewer judges, read from a manifest or a collection: requests, scopes and apps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from okta_postman.documents.json_text import json_body
from okta_postman.manifest import model
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.okta.endpoints import accept_header
from okta_postman.okta.scopes import is_okta_scope, scopes_label
from okta_postman.operation import PARAMETER, FormBody, JsonBody, ScopeSet
from okta_postman.postman.quoting import quoted_key, quoted_segment, quoted_value
from okta_postman.postman.variables import REFERENCE, parameter_variable

Lines: TypeAlias = tuple[str, ...]
"""What is compared line by line."""


class Request(NamedTuple):
    """A request, the scopes that its token is requested with, sorted, and what is sent.

    One that is `public` is sent without a token. `host` and `auth` are empty where they are those
    of the whole collection. The parts of what is sent are lines: `name=value`, `Name: value`, and
    those of the body.
    """

    method: str
    path: str
    name: str
    folder: str
    scopes: ScopeSet
    public: bool = False
    host: str = ""
    auth: str = ""
    query: Lines = ()
    headers: Lines = ()
    variables: Lines = ()
    body: Lines = ()
    description: Lines = ()

    @property
    def token(self) -> tuple[str, ...]:
        """What a report says of its token: the scopes, or that there are none."""
        return self.scopes or (scopes_label((), public=self.public),)

    @property
    def endpoint(self) -> str:
        """The method and the path."""
        return f"{self.method} {self.path}"

    @property
    def own_name(self) -> str:
        """The name of the request; empty if it is the endpoint, the default."""
        return "" if self.name == self.endpoint else self.name

    @property
    def shape(self) -> str:
        """The endpoint without the names of its parameters."""
        return f"{self.method} {PARAMETER.sub('{}', self.path)}"


class App(NamedTuple):
    """An app of an org, which scopes are granted to."""

    org: str
    client_id: str


class Connection(NamedTuple):
    """How an environment connects to an org; `granted` is None if granted scopes aren't listed.

    `authorization_server` is its name, or the URL of another provider's. `token_url` is empty where
    it is the server's own, and `settings` are those that generated files have otherwise.
    `sign_in_parameters` are those that are sent in addition.
    """

    name: str
    slug: str
    org: str
    authorization_server: str
    client_id: str
    redirect_uri: str
    granted: frozenset[str] | None = None
    token_url: str = ""
    app_type: str = ""
    settings: Lines = ()
    sign_in_parameters: Lines = ()
    variables: Lines = ()
    unused_variables: Lines = ()

    @property
    def app(self) -> App:
        """The app that users sign in to."""
        return App(self.org, self.client_id)


class Inventory(NamedTuple):
    """The requests and connections of a manifest or a collection; a collection has no slug.

    The variables of a manifest are those of its environments. `code` are the lines of a
    collection's scripts; those of generated files follow from the manifest.
    """

    name: str
    slug: str
    requests: tuple[Request, ...]
    connections: tuple[Connection, ...]
    id: str = ""
    folders: str = ""
    auth: str = ""
    scripts: str = "on"
    code: Lines = ()
    variables: Lines = ()
    description: Lines = ()

    @property
    def is_manifest(self) -> bool:
        """Whether it has every environment: a manifest does, a collection has only the first."""
        return bool(self.slug)

    @property
    def scopes(self) -> tuple[str, ...]:
        """Every scope of a request, in the order of the requests."""
        every = (scope for request in self.requests for scope in request.scopes)
        return tuple(dict.fromkeys(every))

    @property
    def needed(self) -> tuple[str, ...]:
        """The scopes that must be granted to the app, sorted: only Okta's own APIs have such.

        Source: developer.okta.com/docs/guides/implement-oauth-for-okta/.
        """
        return tuple(sorted(filter(is_okta_scope, self.scopes)))

    def granted_to(self, app: App) -> frozenset[str]:
        """The scopes of an app: those listed as granted, and those that its requests need."""
        connections = [known for known in self.connections if known.app == app]
        if not connections:
            return frozenset()
        return frozenset(self.needed).union(*(known.granted or () for known in connections))

    def requests_with(self, scope: str) -> tuple[Request, ...]:
        """The requests that need a scope."""
        return tuple(request for request in self.requests if scope in request.scopes)


NOTHING = Inventory("", "", (), ())
"""The inventory of a file that does not exist yet, or not any longer."""


def inventory(manifest: Manifest) -> Inventory:
    """The inventory of a manifest."""
    requests = tuple(map(_request, manifest.requests))
    used = _used_variables(manifest, requests)
    return Inventory(
        name=manifest.name,
        slug=manifest.slug,
        requests=requests,
        connections=tuple(_connection(each, used) for each in manifest.environments),
        id=manifest.id,
        folders=manifest.layout.folders,
        auth=manifest.layout.auth,
        scripts="on" if manifest.layout.scripts else "off",
        description=lines(manifest.description),
    )


def _request(request: model.Request) -> Request:
    """A request, with what is sent as generated files have it."""
    query = ((quoted_key(key), quoted_value(value)) for key, value in request.query)
    variables = ((name, quoted_segment(value)) for name, value in request.variables)
    media = FORM if isinstance(request.body, FormBody) else JSON if request.body else ""
    return Request(
        method=request.endpoint.method,
        path=request.endpoint.path,
        name=request.name,
        folder=request.folder,
        scopes=request.scopes,
        public=request.public,
        query=pairs(query),
        headers=header_lines(request.headers, request.endpoint.path, media),
        variables=pairs(variables),
        body=_body(request.body),
        description=lines(request.description),
    )


def _body(body: JsonBody | FormBody | None) -> Lines:
    match body:
        case JsonBody(data):
            return lines(json_body(data))
        case FormBody(fields):
            return pairs(fields)
        case None:
            return ()


def _used_variables(manifest: Manifest, requests: Iterable[Request]) -> frozenset[str]:
    """The variables that requests refer to, directly or in the value of another one."""
    used: set[str] = set()
    for request, original in zip(requests, manifest.requests, strict=True):
        own = dict(original.variables)
        used.update(
            parameter_variable(name) for name in original.endpoint.parameters if name not in own
        )
        for line in (*request.query, *request.headers, *request.variables, *request.body):
            used.update(REFERENCE.findall(line))
    for environment in manifest.environments:
        for value in environment.variables.values():
            used.update(REFERENCE.findall(value))
    return frozenset(used)


def _connection(environment: Environment, used: frozenset[str]) -> Connection:
    server = environment.authorization_server
    variables = sorted(environment.variables.items())
    return Connection(
        name=environment.name,
        slug=environment.slug,
        org=environment.org,
        authorization_server=server.name or server.authorize_url,
        client_id=environment.app.client_id,
        redirect_uri=environment.redirect_uri,
        granted=environment.app.grants,
        token_url="" if server.name else server.token_url,
        app_type=environment.app.type,
        sign_in_parameters=pairs(each for each in environment.sign_in_parameters if each[1]),
        variables=pairs(each for each in variables if each[0] in used),
        unused_variables=pairs(each for each in variables if each[0] not in used),
    )


def pairs(values: Iterable[tuple[str, str]]) -> Lines:
    """Names and values as lines."""
    return tuple(f"{name}={value}" for name, value in values)


def lines(text: str) -> Lines:
    """The lines of a text, none if it is empty."""
    return tuple(text.split("\n")) if text else ()


def header_lines(headers: Iterable[tuple[str, str]], path: str, media: str) -> Lines:
    """The headers that are not what a generated request has anyway, with a body of this type."""
    generated = {"accept": accept_header(path), "content-type": media}
    return tuple(
        f"{name}: {value}" for name, value in headers if generated.get(name.lower()) != value
    )


JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
