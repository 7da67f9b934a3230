"""The text of a new manifest: operations of an API, connected to an org and an app."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

from okta_postman.manifest import write
from okta_postman.manifest.model import App
from okta_postman.manifest.names import label, stem
from okta_postman.okta.org_url import OrgUrl, org_url
from okta_postman.okta.scopes import is_custom_scope, is_okta_scope
from okta_postman.okta.servers import (
    ORG_SERVER,
    OTHER_ISSUER,
    AuthorizationServer,
    is_okta_server,
    server_of,
)
from okta_postman.openapi.api import Api, Flow
from okta_postman.openapi.entries import endpoint_lists, scope_sets_of
from okta_postman.operation import Operation

_CUSTOM: Final = re.compile(r"/oauth2/([A-Za-z0-9]+)/v1/authorize")


class Connection(NamedTuple):
    """The org, app and redirect URI of a manifest, and the URLs that its document lacks."""

    org: str
    client_id: str
    redirect_uri: str
    authorize_url: str = ""
    token_url: str = ""


def describe(api: Api, operations: Sequence[Operation], connection: Connection) -> str:
    """The text of a manifest for some operations of an API."""
    title, release = label(api.title), label(api.release)
    origin = f"{title}, release {release}" if release else title
    server = authorization_server(api.flow, operations, connection)
    org = write.connection_of(
        connection.org, server, App(connection.client_id), connection.redirect_uri
    )
    return write.text(
        write.head(title if stem(title) else "API", org),
        endpoint_lists(operations),
        comments=(
            f"Created by `okta-postman import openapi` from {origin}.",
            "You can edit names, bodies and comments: `--update` keeps your edits.",
        ),
    )


def lacks_urls(api: Api, operations: Sequence[Operation]) -> bool:
    """Whether the document lacks the authorize or token URL that these operations need."""
    complete = api.flow and api.flow.authorize_url and api.flow.token_url
    return not complete and not _all_okta(operations)


def authorization_server(
    flow: Flow | None, operations: Sequence[Operation], connection: Connection
) -> AuthorizationServer:
    """The server that issues the tokens of a flow, as a manifest refers to it.

    The URLs of a document may be relative to the host of its API.
    """
    org = org_url(connection.org, any_port=True)
    base = org.url if isinstance(org, OrgUrl) else connection.org
    org_server = server_of(base, ORG_SERVER)
    authorize = connection.authorize_url or (flow.authorize_url if flow else "")
    token = connection.token_url or (flow.token_url if flow else "")
    authorize, token = _absolute(base, authorize), _absolute(base, token)
    other = AuthorizationServer(OTHER_ISSUER, authorize, token)
    if _all_okta(operations) or _is_org_server(other, org_server, operations):
        return org_server
    custom = _CUSTOM.fullmatch(authorize.removeprefix(base))
    return server_of(base, custom[1]) if custom else other


def _is_org_server(
    server: AuthorizationServer, org_server: AuthorizationServer, operations: Sequence[Operation]
) -> bool:
    """Whether a server is that of an org: others have their endpoints at the same path, too."""
    scopes = {scope for scopes in scope_sets_of(operations) for scope in scopes}
    return server.authorize_url == org_server.authorize_url and (
        is_okta_server(server)
        or any(map(is_okta_scope, scopes))
        or not any(map(is_custom_scope, scopes))
    )


def _all_okta(operations: Sequence[Operation]) -> bool:
    return all(is_okta_scope(scope) for scopes in scope_sets_of(operations) for scope in scopes)


def _absolute(base: str, url: str) -> str:
    try:
        return urljoin(f"{base}/", url)
    except ValueError:
        return url  # a rule of manifests reports it
