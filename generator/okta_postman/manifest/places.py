"""The places in a manifest that an environment takes its values from."""

from __future__ import annotations

from okta_postman.documents.data import Data, Path
from okta_postman.documents.document import Document
from okta_postman.operation import ScopeSet
from okta_postman.problems import Position


def key_place(document: Document, environment: str, key: Path) -> Position:
    """The place of the value of a key such as `("app", "client_id")` in an environment.

    That is the environment's own value, or the shared one; without either, where one would go.
    """
    own: Path = ("environments", environment, *key)
    for path in (own, key):
        value = _value(document.data, path)
        if value is not None:
            return document.key(path) if isinstance(value, dict) else document.value(path)
    here = own[:2] if _value(document.data, own[:1]) else key
    return document.key(here)


def scopes_place(document: Document, scopes: ScopeSet) -> Position:
    """The place of the key of the scope map for these scopes, or of the first that shares one."""
    keys = document.data["scopes"] if isinstance(document.data, dict) else {}
    wanted = set(scopes)
    equal = [key for key in keys if set(key.split()) == wanted]
    sharing = [key for key in keys if not wanted.isdisjoint(key.split())]
    nearest = [*equal, *sharing][:1]
    return document.key(("scopes", *nearest))


def _value(data: Data, path: Path) -> Data:
    """The value at a path, or None if there is none."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data
