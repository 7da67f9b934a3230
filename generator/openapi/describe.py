"""An API becomes the text of a description, connected to an org and an app."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from generator import texts
from generator.description.names import stem
from generator.document.reader import Data
from generator.document.write import block
from generator.model import Operation
from generator.okta.org_url import OrgUrl, org_url
from generator.okta.scopes import is_okta_scope
from generator.okta.servers import ORG_SERVER, server_of
from generator.openapi.api import Api, Flow
from generator.openapi.entries import label, scope_map, scope_sets_of

_CUSTOM: Final = re.compile(r"/oauth2/([A-Za-z0-9]+)/v1/authorize")


class Connection(NamedTuple):
    """The org, app and redirect URI that a description is for."""

    org: str
    client_id: str
    redirect_uri: str


def describe(api: Api, operations: Sequence[Operation], connection: Connection) -> str:
    """The text of a description of some operations of an API."""
    said = {
        "name": label(api.title) if stem(label(api.title)) else "API",
        "org": connection.org,
        **_server(authorization_server(api.flow, operations, connection.org)),
        "app": {"client_id": connection.client_id},
        "redirect_uri": connection.redirect_uri,
    }
    head = texts.render(
        "imported.yaml",
        title=label(api.title),
        release=label(api.release),
        connection="".join(block(said)),
    )
    return f"{head}\n\n{''.join(block({'scopes': scope_map(operations)}))}"


def _server(said: str | dict[str, str] | None) -> dict[str, Data]:
    return {"authorization_server": said} if said else {}


def authorization_server(
    flow: Flow | None, operations: Sequence[Operation], org: str
) -> str | dict[str, str] | None:
    """What a description says of the server behind a flow; None for the org's own.

    The URLs of a document may be relative to the host that the API is on.
    """
    if flow is None or not flow.authorize_url:
        return None
    if all(is_okta_scope(scope) for scopes in scope_sets_of(operations) for scope in scopes):
        return None
    found = org_url(org, any_port=True)
    base = found.url if isinstance(found, OrgUrl) else org
    authorize, token = urljoin(f"{base}/", flow.authorize_url), urljoin(f"{base}/", flow.token_url)
    if authorize == server_of(base, ORG_SERVER).authorize_url:
        return None
    custom = _CUSTOM.fullmatch(urlsplit(authorize).path)
    if custom and authorize.startswith(f"{base}/"):
        return custom[1]
    return {"authorize_url": authorize, "token_url": token if flow.token_url else authorize}
