"""Selects a part of an API by tag, scope and path, with or without deprecated operations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.okta.scopes import is_okta_scope
from okta_postman.openapi.api import MOST, Api
from okta_postman.openapi.entries import scope_sets_of
from okta_postman.operation import Endpoint, Operation, ScopeSet
from okta_postman.problems import UserError
from okta_postman.wording import counted, nearest


class Choice(NamedTuple):
    """Filters: an operation matches if it has one of the tags, one of the scopes and one path.

    An empty filter matches every operation.
    """

    tags: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    deprecated: bool = True

    def takes(self, operation: Operation) -> bool:
        """Whether an operation matches, and can be called with a token."""
        return (
            is_scoped(operation)
            and (self.deprecated or not operation.deprecated)
            and self.covers(operation.endpoint, operation.scope_sets, operation.tag)
        )

    def covers(self, endpoint: Endpoint, scope_sets: Iterable[ScopeSet], tag: str) -> bool:
        """Whether an endpoint matches; for one of a manifest, `tag` is its folder."""
        scopes = {scope for scope_set in scope_sets for scope in scope_set}
        return (
            (not self.tags or tag.casefold() in map(str.casefold, self.tags))
            and (not self.scopes or bool(scopes & set(self.scopes)))
            and (not self.paths or any(_is_below(endpoint.path, path) for path in self.paths))
        )


def is_scoped(operation: Operation) -> bool:
    """Whether an operation can be in a scope map: it needs scopes, and accepts a bearer token.

    Those on another host cannot, for a request goes to the org's.
    """
    if operation.host:
        return False
    scopes = [scope for scope_set in operation.scope_sets for scope in scope_set]
    is_oktas = any(map(is_okta_scope, scopes))
    return bool(scopes) and not (is_oktas and reason_against_bearer(operation.endpoint.path))


def _is_below(path: str, prefix: str) -> bool:
    """Whether a path is another, or below it."""
    parent = prefix.rstrip("/")
    return path == parent or path.startswith(f"{parent}/")


def chosen(api: Api, choice: Choice) -> list[Operation]:
    """The operations that match, in the order of the document.

    Raises UserError if there are none, or more than a collection can hold.
    """
    if not any(map(is_scoped, api.operations)):
        raise UserError(
            "no operation of this document needs an OAuth scope, so there is nothing to import"
        )
    refuse_unknown(api, choice)
    operations = [operation for operation in api.operations if choice.takes(operation)]
    if not operations:
        raise UserError("no operation matches all filters")
    if len(operations) > MOST:
        raise UserError(
            f"{len(operations):,} operations are more than the {MOST:,} of a manifest: select "
            "fewer with --tag, --path or --scope"
        )
    return operations


def left_out(api: Api, choice: Choice) -> str:
    """The end of a message: how many operations have no scope, if nothing was filtered."""
    without = sum(not each.host and not is_scoped(each) for each in api.operations)
    if not without or choice != Choice():
        return ""
    return f"; {counted(without, 'operation')} without a scope left out"


def refuse_unknown(api: Api, choice: Choice) -> None:
    """Raise UserError if the document does not have a tag, a scope or a path of the filters."""
    scoped = [operation for operation in api.operations if is_scoped(operation)]
    tags = {operation.tag for operation in scoped if operation.tag}
    folded = set(map(str.casefold, tags))
    for tag in choice.tags:
        if tag.casefold() not in folded:
            raise UserError(f"no operation has the tag `{tag}`{_suggestion(tag, tags)}")
    scopes = {scope for scope_set in scope_sets_of(scoped) for scope in scope_set}
    for scope in choice.scopes:
        if scope not in scopes:
            raise UserError(f"no operation has the scope `{scope}`{_suggestion(scope, scopes)}")
    for path in choice.paths:
        if not any(_is_below(operation.endpoint.path, path) for operation in scoped):
            example = f"; there is `{scoped[0].endpoint.path}`, for example" if scoped else ""
            raise UserError(f"no operation is at `{path}` or below it{example}")


def _suggestion(text: str, known: Collection[str]) -> str:
    name = nearest(text, known)
    return f"; did you mean `{name}`?" if name else ""
