"""Chooses a part of an API: by tag, scope and path, with or without what is deprecated."""

from __future__ import annotations

from typing import NamedTuple

from generator.description.wording import nearest
from generator.model import Operation
from generator.okta.endpoints import reason_against_bearer
from generator.openapi.api import MOST, Api
from generator.problems import Unusable


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
            and (not self.tags or operation.tag.casefold() in map(str.casefold, self.tags))
            and (
                not self.scopes
                or any(set(each) & set(self.scopes) for each in operation.scope_sets)
            )
            and (
                not self.paths or any(_begins(operation.endpoint.path, each) for each in self.paths)
            )
        )


def is_scoped(operation: Operation) -> bool:
    """Whether an operation can stand in a scope-to-endpoint map at all."""
    return bool(operation.scope_sets) and not reason_against_bearer(operation.endpoint.path)


def _begins(path: str, prefix: str) -> bool:
    """Whether a path is another, or below it."""
    whole = prefix.rstrip("/")
    return path == whole or path.startswith(f"{whole}/")


def chosen(api: Api, choice: Choice) -> list[Operation]:
    """The operations that are wanted, in the order of the document.

    Raises Unusable if there are none, or more than a collection can hold.
    """
    found = [each for each in api.operations if choice.takes(each)]
    if not found:
        raise Unusable(_nothing(api, choice))
    if len(found) > MOST:
        raise Unusable(
            f"{len(found):,} operations are chosen, and a description has {MOST:,} at most: "
            "choose fewer with --tag, --path or --scope"
        )
    return found


def left_out(api: Api, choice: Choice) -> str:
    """What a person may miss: the operations that take no scope."""
    without = sum(not is_scoped(each) for each in api.operations)
    everything = choice == Choice()
    return f"; {without} take no scope and are left out" if without and everything else ""


def _nothing(api: Api, choice: Choice) -> str:
    if not any(map(is_scoped, api.operations)):
        return "no operation of this document takes an OAuth scope, so there is nothing to ask for"
    tags = {each.tag for each in api.operations if each.tag and is_scoped(each)}
    for tag in choice.tags:
        if tag.casefold() not in map(str.casefold, tags):
            guess = nearest(tag, tags)
            return f"no operation has the tag `{tag}`" + (
                f"; did you mean `{guess}`?" if guess else ""
            )
    if choice.paths and not any(Choice(paths=choice.paths).takes(each) for each in api.operations):
        some = next(each.endpoint.path for each in api.operations if is_scoped(each))
        return (
            f"no operation is at `{choice.paths[0]}` or below it; there is `{some}`, for instance"
        )
    return "no operation is chosen by --tag, --scope, --path and --exclude-deprecated together"
