"""Write manifests: their parts as mappings, and the whole as YAML text that `read` takes back.

Nothing is written that the reader fills in by itself: defaults, and what Okta's API catalog knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from okta_postman.documents.data import Data
from okta_postman.documents.yaml_text import block
from okta_postman.manifest.model import DEFAULT_APP_TYPE, App, Environment, Layout, Request
from okta_postman.manifest.schema.types import PUBLIC, TOKEN_ONLY
from okta_postman.manifest.schema.validate import SCHEMA_FILE
from okta_postman.okta.scopes import joined
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, AuthorizationServer
from okta_postman.operation import FormBody, JsonBody, Operation, ScopeSet
from okta_postman.wording import as_title

_SCHEMA_LINE: Final = f"yaml-language-server: $schema={SCHEMA_FILE}"
"""Tells editors where the schema is. Source: github.com/redhat-developer/yaml-language-server."""


def text(*sections: Mapping[str, Data], comments: Sequence[str] = ()) -> str:
    """The text of a manifest: the line for editors, comment lines, and its keys in sections.

    A blank line separates two sections.
    """
    comment_lines = "".join(f"# {line}\n" for line in (_SCHEMA_LINE, *comments))
    return comment_lines + "\n".join("".join(block(section)) for section in sections)


def head(
    name: str,
    connection: Mapping[str, Data],
    *,
    description: str = "",
    layout: Layout | None = None,
) -> dict[str, Data]:
    """The keys above the scope map; `connection` is what one of the next two functions returns."""
    return {
        "version": 1,
        "name": name,
        **({"description": description} if description else {}),
        **connection,
        **({"collection": _layout(layout)} if layout and _layout(layout) else {}),
    }


def connection_of(
    org: str,
    server: AuthorizationServer,
    app: App,
    redirect_uri: str,
    sign_in_parameters: Sequence[tuple[str, str]] = (),
) -> dict[str, Data]:
    """The keys that connect an environment to its org."""
    written_app: dict[str, Data] = {"client_id": app.client_id}
    if app.type != DEFAULT_APP_TYPE:
        written_app["type"] = app.type
    if app.grants is not None:
        written_app["grants"] = sorted(app.grants)
    return {
        "org": org,
        **_server(server),
        "app": written_app,
        "redirect_uri": redirect_uri,
        **({"sign_in_parameters": dict(sign_in_parameters)} if sign_in_parameters else {}),
    }


def connections(environments: Sequence[Environment]) -> dict[str, Data]:
    """The keys of one environment, without its variables, or the `environments` of several."""
    if len(environments) == 1:
        return _connection(environments[0])
    return {
        "environments": {
            environment.name: {
                **_connection(environment),
                "variables": dict(environment.variables),
            }
            for environment in environments
        }
    }


def endpoint_lists(entries: Iterable[tuple[Sequence[ScopeSet], Data]]) -> dict[str, Data]:
    """The keys that list endpoints, in the order of the entries with their scope sets.

    An entry is listed in full under the first of its scope sets, and as a bare endpoint under each
    other one. The empty scope set is that of `token_only`; an entry without any is `public`.
    """
    scope_map: dict[str, list[Data]] = {}
    unscoped: dict[str, list[Data]] = {}
    for scope_sets, entry in entries:
        listed = entry
        for scopes in scope_sets:
            lists, key = (scope_map, joined(scopes)) if scopes else (unscoped, TOKEN_ONLY)
            lists.setdefault(key, []).append(listed)
            listed = entry if isinstance(entry, str) else entry["request"]
        if not scope_sets:
            unscoped.setdefault(PUBLIC, []).append(entry)
    return {**({"scopes": scope_map} if scope_map else {}), **unscoped}


def request_to_entry(request: Request, known: Operation | None = None) -> Data:
    """A request as an entry of the scope map: a bare endpoint if there is nothing else to write.

    `known` is the operation of Okta's API catalog that the reader will find for the endpoint, and
    take the name and folder from. `JsonBody(None)` keeps its documented body out.
    """
    name, folder = (as_title(known.id), known.tag) if known else ("", "")
    optional: dict[str, Data] = {
        "name": "" if request.name == name else request.name,
        "folder": "" if request.folder == folder else request.folder,
        "description": request.description,
        "query": dict(request.query),
        "headers": dict(request.headers),
        "variables": dict(request.variables),
    }
    endpoint = str(request.endpoint)
    entry = {"request": endpoint} | {key: value for key, value in optional.items() if value}
    if isinstance(request.body, FormBody):
        entry["form"] = dict(request.body.fields)
    elif isinstance(request.body, JsonBody):
        entry["body"] = request.body.data
    return endpoint if len(entry) == 1 else entry


def _connection(environment: Environment) -> dict[str, Data]:
    return connection_of(
        environment.org,
        environment.authorization_server,
        environment.app,
        environment.redirect_uri,
        environment.sign_in_parameters,
    )


def _server(server: AuthorizationServer) -> dict[str, Data]:
    if server.name == ORG_SERVER:
        return {}
    urls = {"authorize_url": server.authorize_url, "token_url": server.token_url}
    return {"authorization_server": urls if server.name == OTHER_ISSUER else server.name}


def _layout(layout: Layout) -> dict[str, Data]:
    """The keys of a layout that are not as they are by default."""
    default = Layout()._asdict()
    return {key: value for key, value in layout._asdict().items() if value != default[key]}
