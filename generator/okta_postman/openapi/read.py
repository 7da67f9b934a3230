"""The door of the room: a document goes in, an API and what could not be used come out."""

from __future__ import annotations

from collections import Counter
from typing import Final

from okta_postman.documents.document import Document
from okta_postman.openapi.api import MOST, Api, Flow
from okta_postman.openapi.nodes import Documents, Node, Open
from okta_postman.openapi.operations import Found, Reader
from okta_postman.openapi.security import Security
from okta_postman.openapi.urls import split
from okta_postman.operation import Operation
from okta_postman.problems import Checked, InvalidSource

_VERSIONS: Final = ("3.0", "3.1")
_CONVERT: Final = "save it as OpenAPI 3.0 or 3.1, which every OpenAPI editor can"


def read(document: Document, open_beside: Open, *, examples: bool) -> tuple[Api, list[Checked]]:
    """The operations of an OpenAPI document, and what is wrong with it and those beside it.

    With `examples` the samples are those of the document, otherwise they are made of its schemas
    alone. Raises InvalidSource if it is no OpenAPI document of version 3.0 or 3.1.
    """
    documents = Documents(document, open_beside)
    _refuse_other_kinds(documents)
    security = Security(documents)
    found = list(Reader(documents, security, examples=examples).operations())
    _warn_of_many(documents, len(found))
    flow = _flow(found)
    operations = tuple(_with_scopes(documents, each, flow) for each in found)
    info = documents.root.get("info")
    used = {scope for each in operations for scopes in each.scope_sets for scope in scopes}
    api = Api(
        title=info.text("title") or "API",
        release=info.text("version"),
        host=_host(documents.root),
        flow=flow,
        operations=operations,
        scopes=frozenset(security.scopes | used),
    )
    return api, documents.checked()


def _warn_of_many(documents: Documents, count: int) -> None:
    if count > MOST:
        message = f"{count:,} operations are more than Postman can open in one collection"
        hint = f"choose {MOST:,} at most, with --tag, --path or --scope"
        documents.warn("O012", documents.root.get("paths"), message, hint, at_key=True)


def _flow(found: list[Found]) -> Flow | None:
    """The flow that serves most operations: a description has one authorization server."""
    served = Counter(flow for each in found for flow in {one.flow for one in each.requirements})
    return max(served, key=lambda flow: (served[flow], bool(flow.token_url)), default=None)


def _with_scopes(documents: Documents, found: Found, flow: Flow | None) -> Operation:
    scope_sets = tuple(each.scopes for each in found.requirements if each.flow == flow)
    if found.requirements and not scope_sets:
        message = f"`{found.operation.endpoint}` takes tokens of another authorization server"
        hint = "put it into a description of its own"
        documents.warn("O011", found.node.get("security"), message, hint)
    return found.operation._replace(scope_sets=scope_sets)


def _refuse_other_kinds(documents: Documents) -> None:
    root = documents.root
    version = root.get("openapi")
    if root.get("swagger").data is not None:
        message = f"this is Swagger {root.get('swagger').data}, not OpenAPI 3"
        documents.refuse("O001", root.get("swagger"), message, _CONVERT)
    elif version.data is None:
        hint = "an OpenAPI document begins with `openapi: 3.1.0`"
        documents.refuse("O001", root, "this is not an OpenAPI document", hint)
    elif not str(version.data).startswith(_VERSIONS):
        documents.refuse("O001", version, f"OpenAPI {version.data} cannot be read", _CONVERT)
    elif not isinstance(root.get("paths").data, dict):
        hint = "operations stand under `paths`"
        documents.refuse("O002", version, "this document has no operations", hint)
    (first, *_) = documents.checked()
    if first.refused:
        raise InvalidSource(first.problems)


def _host(root: Node) -> str:
    """The URL of the first server as far as its host; empty if everybody has another."""
    url = next((each.text("url") for each in root.get("servers").entries()), "")
    parts = split(url) if "://" in url else None
    return f"{parts.scheme}://{parts.netloc}" if parts and "{" not in parts.netloc else ""
