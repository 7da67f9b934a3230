"""Reads an OpenAPI document into an API, with the problems of all that could not be used."""

from __future__ import annotations

from collections import Counter
from typing import Final

from okta_postman.documents.document import Document
from okta_postman.openapi.api import MOST, Api, Flow
from okta_postman.openapi.entries import scope_sets_of
from okta_postman.openapi.hosts import is_placeholder, main_origin
from okta_postman.openapi.nodes import Documents, Open
from okta_postman.openapi.operations import OperationReader, ReadOperation
from okta_postman.openapi.security import Security
from okta_postman.operation import Operation
from okta_postman.problems import Checked, InvalidSource
from okta_postman.wording import named

_VERSIONS: Final = ("3.0", "3.1")
_CONVERT: Final = "convert it to OpenAPI 3.0 or 3.1"


def read(document: Document, open_beside: Open, *, examples: bool) -> tuple[Api, list[Checked]]:
    """The API in an OpenAPI document, and the problems of the document and those it refers to.

    `open_beside` reads a document that a `$ref` names. With `examples`, request bodies are the
    examples of the document, or else samples of its schemas; without, they are always samples.
    Raises InvalidSource if this is not an OpenAPI document of version 3.0 or 3.1.
    """
    documents = Documents(document, open_beside)
    _refuse_other_kinds(documents)
    security = Security(documents)
    read_operations = list(OperationReader(documents, security, examples=examples).operations())
    _warn_of_many(documents, len(read_operations))
    flow = _flow(read_operations)
    if flow:
        security.warn_without_pkce(flow)
    operations = tuple(_with_scopes(documents, read, flow) for read in read_operations)
    _warn_of_other_hosts(documents, read_operations)
    info = documents.root.get("info")
    main = main_origin(documents)
    used = {scope for scopes in scope_sets_of(operations) for scope in scopes}
    api = Api(
        title=info.text("title") or "API",
        release=info.text("version"),
        host="" if is_placeholder(documents, main) else main,
        flow=flow,
        operations=operations,
        scopes=frozenset(security.scopes | used),
        nodes={each.operation.endpoint: each.node for each in read_operations},
    )
    return api, documents.checked()


def _warn_of_many(documents: Documents, count: int) -> None:
    if count > MOST:
        message = f"{count:,} operations are more than Postman can open in one collection"
        hint = f"select at most {MOST:,} with --tag, --path or --scope"
        documents.warn("O012", documents.root.get("paths"), message, hint, at_key=True)


def _warn_of_other_hosts(documents: Documents, read_operations: list[ReadOperation]) -> None:
    """Add a warning for each host beside that of the document, with its operations."""
    by_host: dict[str, list[ReadOperation]] = {}
    for read in read_operations:
        if read.operation.host:
            by_host.setdefault(read.operation.host, []).append(read)
    for host, others in by_host.items():
        names = named(str(read.operation.endpoint) for read in others)
        verb = "is" if len(others) == 1 else "are"
        message = f"{names} {verb} on {host}, another host than that of the document"
        hint = "not imported: write a manifest of its own for that host"
        documents.warn("O016", others[0].node, message, hint, at_key=True)


def _flow(operations: list[ReadOperation]) -> Flow | None:
    """The flow of most operations: a manifest has one authorization server for all of them.

    One that PKCE is for comes before any number of others.
    """
    counts: Counter[Flow] = Counter()
    for operation in operations:
        counts.update({requirement.flow for requirement in operation.requirements})
    return max(
        counts, key=lambda flow: (flow.pkce, counts[flow], bool(flow.token_url)), default=None
    )


def _with_scopes(documents: Documents, read: ReadOperation, flow: Flow | None) -> Operation:
    """An operation with those of its scope sets that a flow issues tokens for."""
    scope_sets = tuple(
        requirement.scopes
        for requirement in read.requirements
        if flow and requirement.flow.is_same_server(flow)
    )
    if read.requirements and not scope_sets:
        message = f"`{read.operation.endpoint}` needs a token of another authorization server"
        hint = "import it into a manifest of its own"
        documents.warn("O011", read.node.get("security"), message, hint)
    return read.operation._replace(scope_sets=tuple(dict.fromkeys(scope_sets)))


def _refuse_other_kinds(documents: Documents) -> None:
    """Raise InvalidSource if the first document is not OpenAPI 3.0 or 3.1 with operations."""
    root = documents.root
    version = root.get("openapi")
    if root.get("swagger").data is not None:
        message = f"this is Swagger {root.get('swagger').data}, not OpenAPI 3"
        documents.refuse("O001", root.get("swagger"), message, _CONVERT)
    elif version.data is None:
        hint = "an OpenAPI document begins with `openapi: 3.1.0`"
        documents.refuse("O001", root, "this is not an OpenAPI document", hint)
    elif not str(version.data).startswith(_VERSIONS):
        documents.refuse("O001", version, f"OpenAPI {version.data} is not supported", _CONVERT)
    elif not isinstance(root.get("paths").data, dict):
        hint = "list the operations under `paths`"
        documents.refuse("O002", version, "this document has no operations", hint)
    (first, *_) = documents.checked()
    if first.refused:
        raise InvalidSource(first.problems)
