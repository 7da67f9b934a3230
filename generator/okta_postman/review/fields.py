"""What is compared of a collection, a connection and a request, and how much a change weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any, Final, Literal, NamedTuple, TypeVar

from okta_postman.review.hidden import hidden
from okta_postman.review.inventory import Connection, Inventory, Request

Weight = Literal["broader access", "change", "documentation"]
"""Whether a change affects what a token can do, who gets it or where it goes; or what is sent; or
only what people read."""


class Field(NamedTuple):
    """An attribute that is compared, and what reports call it.

    `order` are its values from the least access to the most, where only that direction is broader
    access. Without `in_both`, manifests and collections cannot be compared by it.
    """

    attribute: str
    label: str
    weight: Weight = "change"
    order: tuple[str, ...] = ()
    in_both: bool = True


COLLECTION: Final = (
    Field("name", "name"),
    Field("id", "ID", in_both=False),
    Field("folders", "folders", in_both=False),
    Field("auth", "auth", "broader access", ("request", "folder", "collection"), in_both=False),
    Field("scripts", "scripts", "broader access", ("on", "off")),
    Field("code", "code of scripts", "broader access", in_both=False),
    Field("variables", "variables", "broader access"),
    Field("description", "description", "documentation", in_both=False),
)

CONNECTION: Final = (
    Field("name", "name"),
    Field("org", "org", "broader access"),
    Field("authorization_server", "authorization server", "broader access"),
    Field("token_url", "token URL", "broader access"),
    Field("client_id", "client ID", "broader access"),
    Field("app_type", "app type", "broader access", in_both=False),
    Field("redirect_uri", "redirect URI", "broader access"),
    Field("settings", "OAuth 2.0 settings", "broader access"),
    Field("sign_in_parameters", "sign-in parameters", "broader access"),
    # What is granted beyond that counts as a scope to grant.
    Field("granted", "granted scopes", in_both=False),
    Field("variables", "variables", "broader access"),
    Field("unused_variables", "unused variables"),
)

REQUEST: Final = (
    # Which of them mean broader access is decided scope by scope.
    Field("token", "scopes"),
    Field("host", "host", "broader access"),
    Field("auth", "auth", "broader access"),
    Field("folder", "moved"),
    Field("own_name", "renamed"),
    Field("query", "query"),
    Field("headers", "headers"),
    Field("variables", "variables"),
    Field("body", "body"),
    Field("description", "description", "documentation", in_both=False),
)


class FieldChange(NamedTuple):
    """A field that differs: the values that only the older and only the newer version has.

    What may be a secret is hidden in them.
    """

    field: Field
    before: tuple[str, ...]
    after: tuple[str, ...]
    broader_access: bool


Record = TypeVar("Record", Inventory, Connection, Request)


def field_changes(fields: Iterable[Field], old: Record, new: Record) -> Iterator[FieldChange]:
    """The fields that differ between two versions."""
    for field in fields:
        before, after = getattr(old, field.attribute), getattr(new, field.attribute)
        if before == after:
            continue
        was, now = _values(before), _values(after)
        gone, added = without(was, now), without(now, was)
        gone = tuple(hidden(field.attribute, value) for value in gone)
        added = tuple(hidden(field.attribute, value) for value in added)
        if not (gone or added):
            added = ("in another order",) if now else ("an empty list",)
        narrower = tuple(takewhile(before.__ne__, field.order))
        broader = field.weight == "broader access" and after not in narrower
        yield FieldChange(field, gone, added, broader)


def comparable(fields: Iterable[Field], record: Record) -> Record:
    """A record without what manifests and collections cannot be compared by."""
    missing = {
        field.attribute: record._field_defaults[field.attribute]
        for field in fields
        if not field.in_both
    }
    return record._replace(**missing)


def _values(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a string, several, or None
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(sorted(value) if isinstance(value, frozenset) else value or ())


def without(values: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The values that are not among others, in their order; of two equal ones, each counts."""
    left = Counter(others)
    kept = []
    for value in values:
        if left[value]:
            left[value] -= 1
        else:
            kept.append(value)
    return tuple(kept)
