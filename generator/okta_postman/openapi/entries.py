"""Operations as a description lists them: under their scopes, with name, folder, query and body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from okta_postman.documents.data import Data
from okta_postman.okta import catalog
from okta_postman.okta.scopes import is_okta_scope, joined
from okta_postman.operation import FormBody, JsonBody, Operation, ScopeSet
from okta_postman.wording import as_title

_LONGEST: Final = 120
"""Bytes of a name: two of them stand in one, of which Postman's tools take 240."""

_PLAIN_JSON: Final = re.compile(r"application/json\b")


def scope_map(operations: Iterable[Operation]) -> dict[str, list[Data]]:
    """A scope-to-endpoint map in the order of the operations.

    An operation for which several scope sets are enough is described under the first of them, and
    stands as a bare endpoint under the others.
    """
    listed: dict[str, list[Data]] = {}
    taken: set[tuple[str, str]] = set()
    for operation in operations:
        (first, *others) = operation.scope_sets
        listed.setdefault(joined(first), []).append(entry(operation, taken))
        for scopes in others:
            listed.setdefault(joined(scopes), []).append(str(operation.endpoint))
    return listed


def entry(operation: Operation, taken: set[tuple[str, str]]) -> Data:
    """An operation as an entry of a map: bare where the catalogue says all there is to say.

    `taken` holds the folder and name of each request so far; no two of a folder share a name.
    """
    said: dict[str, Data] = {"request": str(operation.endpoint)}
    known = catalog.find(*operation.endpoint) if _is_of_okta(operation) else None
    name, folder = label(as_title(operation.id)), label(operation.tag)
    if (folder, name) in taken:
        said["name"] = label(str(operation.endpoint))
    elif known is None or known.id != operation.id:
        said["name"] = name
    if known is None or known.tag != operation.tag:
        said["folder"] = folder
    taken.add((folder, name))
    said["description"] = " ".join(_remarks(operation, known))
    said["query"] = dict(operation.query)
    if operation.body and operation.media and not _is_plain(operation):
        said["headers"] = {"Content-Type": operation.media}
    if isinstance(operation.body, FormBody):
        said["form"] = dict(operation.body.fields)
    kept = {key: value for key, value in said.items() if value not in ("", {}, None)}
    if isinstance(operation.body, JsonBody):
        kept["body"] = operation.body.data
    return kept["request"] if len(kept) == 1 else kept


def _remarks(operation: Operation, known: Operation | None) -> Iterator[str]:
    """What a person should know who sends the request, and the catalogue does not say."""
    if operation.deprecated and not (known and known.deprecated):
        yield "Deprecated."
    if operation.body is None and "json" in operation.media:
        yield f"The body is {operation.media}; the document says no more."
    elif operation.body is None and operation.media:
        yield f"The body is {operation.media}: choose the file under Body."


def scope_sets_of(operations: Iterable[Operation]) -> list[ScopeSet]:
    """Every scope set of some operations, each once."""
    return list(dict.fromkeys(scopes for each in operations for scopes in each.scope_sets))


def _is_of_okta(operation: Operation) -> bool:
    """Whether the catalogue may be asked about an operation, which knows none but Okta's."""
    return any(is_okta_scope(scope) for scopes in operation.scope_sets for scope in scopes)


def _is_plain(operation: Operation) -> bool:
    return isinstance(operation.body, FormBody) or bool(_PLAIN_JSON.match(operation.media))


def label(text: str) -> str:
    """A name that Postman can keep: on one line, not too long, without braces."""
    kept = "".join(each if each.isprintable() and each not in "{}" else " " for each in text)
    return " ".join(kept.split()).encode()[:_LONGEST].decode(errors="ignore").strip()
