"""An API becomes the text of a description, connected to an org and an app."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

from okta_postman import templates
from okta_postman.documents.yaml_text import block
from okta_postman.manifest.names import stem
from okta_postman.okta.org_url import OrgUrl, org_url
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.okta.servers import ORG_SERVER, server_of
from okta_postman.openapi.api import Api, Flow
from okta_postman.openapi.entries import label, scope_map, scope_sets_of
from okta_postman.operation import Operation

_CUSTOM: Final = re.compile(r"/oauth2/([A-Za-z0-9]+)/v1/authorize")


class Connection(NamedTuple):
    """The org, app and redirect URI that a description is for, and what its document lacks."""

    org: str
    client_id: str
    redirect_uri: str
    authorize_url: str = ""
    token_url: str = ""


def describe(api: Api, operations: Sequence[Operation], connection: Connection) -> str:
    """The text of a description of some operations of an API."""
    server = authorization_server(api.flow, operations, connection)
    said = {
        "name": label(api.title) if stem(label(api.title)) else "API",
        "org": connection.org,
        **({"authorization_server": server} if server else {}),
        "app": {"client_id": connection.client_id},
        "redirect_uri": connection.redirect_uri,
    }
    head = templates.render(
        "imported.yaml",
        title=label(api.title),
        release=label(api.release),
        connection="".join(block(said)),
    )
    return f"{head}\n\n{''.join(block({'scopes': scope_map(operations)}))}"


def lacks_urls(api: Api, operations: Sequence[Operation]) -> bool:
    """Whether somebody has to say where the tokens of these operations come from."""
    complete = api.flow and api.flow.authorize_url and api.flow.token_url
    return not complete and not _all_okta(operations)


def authorization_server(
    flow: Flow | None, operations: Sequence[Operation], connection: Connection
) -> str | dict[str, str] | None:
    """What a description says of the server behind a flow; None for the org's own.

    The URLs of a document may be relative to the host that the API is on.
    """
    if _all_okta(operations):
        return None
    found = org_url(connection.org, any_port=True)
    base = found.url if isinstance(found, OrgUrl) else connection.org
    authorize = connection.authorize_url or (flow.authorize_url if flow else "")
    token = connection.token_url or (flow.token_url if flow else "")
    authorize, token = _absolute(base, authorize), _absolute(base, token)
    if authorize == server_of(base, ORG_SERVER).authorize_url:
        return None
    custom = _CUSTOM.fullmatch(authorize.removeprefix(base))
    return custom[1] if custom else {"authorize_url": authorize, "token_url": token}


def _all_okta(operations: Sequence[Operation]) -> bool:
    return all(is_okta_scope(scope) for scopes in scope_sets_of(operations) for scope in scopes)


def _absolute(base: str, url: str) -> str:
    try:
        return urljoin(f"{base}/", url)
    except ValueError:
        return url  # which a rule of descriptions refuses
