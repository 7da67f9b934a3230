"""Chooses a part of an API: by tag, scope and path, with or without what is deprecated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.okta.scopes import is_custom_scope, is_okta_scope
from okta_postman.openapi.api import MOST, Api
from okta_postman.operation import Endpoint, Operation, ScopeSet
from okta_postman.problems import UserError
from okta_postman.wording import nearest


class Choice(NamedTuple):
    """What is wanted; where nothing is said, everything."""

    tags: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    deprecated: bool = True

    def takes(self, operation: Operation) -> bool:
        """Whether an operation is wanted and can be asked with a token."""
        return (
            is_scoped(operation)
            and (self.deprecated or not operation.deprecated)
            and self.covers(operation.endpoint, operation.scope_sets, operation.tag)
        )

    def covers(self, endpoint: Endpoint, scope_sets: Iterable[ScopeSet], tag: str) -> bool:
        """Whether an endpoint is of the part that is wanted; a description has folders for tags."""
        return (
            (not self.tags or tag.casefold() in map(str.casefold, self.tags))
            and (not self.scopes or any(set(each) & set(self.scopes) for each in scope_sets))
            and (not self.paths or any(_begins(endpoint.path, each) for each in self.paths))
        )


def is_scoped(operation: Operation) -> bool:
    """Whether an operation can stand in a scope-to-endpoint map at all."""
    scopes = [scope for each in operation.scope_sets for scope in each]
    okta = any(map(is_okta_scope, scopes)) or not any(map(is_custom_scope, scopes))
    return bool(scopes) and not (okta and reason_against_bearer(operation.endpoint.path))


def _begins(path: str, prefix: str) -> bool:
    """Whether a path is another, or below it."""
    whole = prefix.rstrip("/")
    return path == whole or path.startswith(f"{whole}/")


def chosen(api: Api, choice: Choice) -> list[Operation]:
    """The operations that are wanted, in the order of the document.

    Raises UserError if there are none, or more than a collection can hold.
    """
    found = [each for each in api.operations if choice.takes(each)]
    if not any(map(is_scoped, api.operations)):
        raise UserError(
            "no operation of this document takes an OAuth scope, so there is nothing to ask for"
        )
    refuse_unknown(api, choice)
    if not found:
        raise UserError("no operation is of all that is chosen at once")
    if len(found) > MOST:
        raise UserError(
            f"{len(found):,} operations are chosen, and a description has {MOST:,} at most: "
            "choose fewer with --tag, --path or --scope"
        )
    return found


def left_out(api: Api, choice: Choice) -> str:
    """What a person may miss: the operations that take no scope."""
    without = sum(not is_scoped(each) for each in api.operations)
    everything = choice == Choice()
    return f"; {without} take no scope and are left out" if without and everything else ""


def refuse_unknown(api: Api, choice: Choice) -> None:
    """Raise UserError if a tag, a scope or a path of a choice is none of the document's."""
    scoped = [each for each in api.operations if is_scoped(each)]
    tags = {each.tag for each in scoped if each.tag}
    folded = {each.casefold() for each in tags}
    for tag in choice.tags:
        if tag.casefold() not in folded:
            raise UserError(f"no operation has the tag `{tag}`{_meant(tag, tags)}")
    scopes = {scope for each in scoped for scopes in each.scope_sets for scope in scopes}
    for scope in choice.scopes:
        if scope not in scopes:
            raise UserError(f"no operation has the scope `{scope}`{_meant(scope, scopes)}")
    for path in choice.paths:
        if not any(_begins(each.endpoint.path, path) for each in scoped):
            some = f"; there is `{scoped[0].endpoint.path}`, for instance" if scoped else ""
            raise UserError(f"no operation is at `{path}` or below it{some}")


def _meant(said: str, known: Iterable[str]) -> str:
    guess = nearest(said, known)
    return f"; did you mean `{guess}`?" if guess else ""
