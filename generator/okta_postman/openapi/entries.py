"""Operations as entries of a manifest: under their scopes, with name, folder, query and body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from okta_postman.documents.data import Data
from okta_postman.manifest import write
from okta_postman.manifest.model import Request
from okta_postman.manifest.names import label
from okta_postman.okta import catalog
from okta_postman.okta.privilege import narrowest, rivals
from okta_postman.okta.scopes import is_okta_scope, joined
from okta_postman.operation import FormBody, Operation, ScopeSet
from okta_postman.wording import as_title, listed

_PLAIN_JSON: Final = re.compile(r"application/json\b")


def endpoint_lists(operations: Iterable[Operation]) -> dict[str, Data]:
    """The keys of a manifest that list endpoints, in the order of the operations."""
    taken: set[tuple[str, str]] = set()
    return write.endpoint_lists(
        (operation.scope_sets, entry(operation, taken)) for operation in operations
    )


def entry(operation: Operation, taken: set[tuple[str, str]]) -> Data:
    """An operation as an entry of a scope map: only its endpoint if the API catalog has the rest.

    `taken` has the folder and name of each request so far, and gets those of this one; the requests
    of a folder have different names.
    """
    known = catalog.find(*operation.endpoint) if _is_of_okta(operation) else None
    name, folder = label(as_title(operation.id)), label(operation.tag)
    is_taken = (folder, name) in taken
    taken.add((folder, name))
    has_media = operation.body and operation.media and not _is_plain(operation)
    request = Request(
        operation.endpoint,
        next(iter(operation.scope_sets), ()),
        name=label(str(operation.endpoint)) if is_taken else name,
        folder=folder,
        description=" ".join(_remarks(operation, known)),
        query=operation.query,
        headers=(("Content-Type", operation.media),) if has_media else (),
        body=operation.body,
    )
    return write.request_to_entry(request, known)


def _remarks(operation: Operation, known: Operation | None) -> Iterator[str]:
    """What a user should know before sending the request, unless the API catalog tells it."""
    if not known and rivals(operation.scope_sets):
        least = joined(narrowest(operation.scope_sets))
        others = listed(map(joined, rivals(operation.scope_sets)), "or")
        yield f"`{least}` is requested; names don't tell whether {others} allows less."
    if operation.deprecated and not (known and known.deprecated):
        yield "Deprecated."
    if operation.body is None and "json" in operation.media:
        yield f"The body is {operation.media}; the document says no more."
    elif operation.body is None and operation.media:
        yield f"The body is {operation.media}: choose the file under Body."


def scope_sets_of(operations: Iterable[Operation]) -> list[ScopeSet]:
    """Every scope set of some operations, each once."""
    scope_sets = [scopes for operation in operations for scopes in operation.scope_sets]
    return list(dict.fromkeys(scope_sets))


def _is_of_okta(operation: Operation) -> bool:
    """Whether the API catalog may have an operation: it has only those of Okta."""
    return any(is_okta_scope(scope) for scopes in operation.scope_sets for scope in scopes)


def _is_plain(operation: Operation) -> bool:
    return isinstance(operation.body, FormBody) or bool(_PLAIN_JSON.match(operation.media))
