"""Finds what belongs to an endpoint by the shape of its path, whatever fills its parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

from okta_postman.operation import PARAMETER

Found = TypeVar("Found")

_ANY: Final = ""
"""The branch for a path parameter; no segment of a path is empty."""


class Routes(Generic[Found]):
    """Things by method and path: a tree of segments, and at its ends the methods."""

    def __init__(self, things: Iterable[tuple[str, str, Found]]) -> None:
        """Take things with their methods and paths; of the same shape, the last stays."""
        self._root: dict[str, Any] = {}
        for method, path, thing in things:
            branch = self._root
            for segment in _segments(path):
                branch = branch.setdefault(segment, {})
            branch[f"{method} "] = thing  # the space keeps it apart from segments

    def find(self, method: str, path: str) -> Found | None:
        """What belongs to an endpoint, whatever its parameters are called or filled with.

        `/api/v1/groups/rules` is about the rules, and not about a group of that name: literal
        segments win. A final slash means nothing.
        """
        return self._descend(self._root, _segments(path.rstrip("/")), f"{method} ")

    def _descend(self, branch: dict[str, Any], segments: list[str], method: str) -> Found | None:
        if not segments:
            found: Found | None = branch.get(method)
            return found
        for segment in dict.fromkeys((segments[0], _ANY)):
            if segment in branch:
                found = self._descend(branch[segment], segments[1:], method)
                if found:
                    return found
        return None


def _segments(path: str) -> list[str]:
    return PARAMETER.sub(_ANY, path).split("/")[1:]
