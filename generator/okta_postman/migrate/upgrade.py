"""Format v2.0.0 becomes v2.1.0: another schema, and auth as a list of pairs.

Source: schema.getpostman.com/json/collection, v2.0.0 and v2.1.0; all else is the same in both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from okta_postman.migrate.edits import Edit, Editor
from okta_postman.migrate.requests import holders_of, unsent_of
from okta_postman.migrate.tree import Node, child, plain, text


def upgraded(root: Node, editor: Editor, touched: Collection[int]) -> Iterator[Edit]:
    """The edits that take a collection to v2.1.0; auth of `touched` objects is new already."""
    schema = child(root, "info", "schema")
    if "/v2.0.0/" not in text(schema):
        return
    info = child(root, "info")
    if schema and info:
        yield editor.replaced(schema, text(schema).replace("/v2.0.0/", "/v2.1.0/"), info)
    for holder in [*holders_of(root), *(each.node for each in unsent_of(root))]:
        auth = child(holder, "auth")
        said = child(auth, text(child(auth, "type")))
        if auth and said and isinstance(said.value, dict) and holder.start not in touched:
            yield editor.replaced(said, pairs(plain(said)), auth)


def pairs(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters of auth as format v2.1.0 lists them."""
    return [{"key": key, "value": value, "type": _type(value)} for key, value in parameters.items()]


def _type(value: Any) -> str:  # noqa: ANN401 - what JSON can say
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "any"
