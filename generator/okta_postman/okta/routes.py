"""Looks up values by endpoint, whatever its path parameters are called or filled with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

from okta_postman.operation import PARAMETER

Value = TypeVar("Value")

_ANY: Final = ""
"""The branch for a path parameter; no segment of a path is empty."""


class Routes(Generic[Value]):
    """Values by method and path, as a tree of path segments with the methods at its ends."""

    def __init__(self, values: Iterable[tuple[str, str, Value]]) -> None:
        """Take methods, paths and values; of endpoints of one shape, the last one counts."""
        self._root: dict[str, Any] = {}
        for method, path, value in values:
            branch = self._root
            for segment in _segments(path):
                branch = branch.setdefault(segment, {})
            branch[f"{method} "] = value  # the space keeps it apart from segments

    def find(self, method: str, path: str) -> Value | None:
        """The value of an endpoint, or None.

        Literal segments win: `/api/v1/groups/rules` is about rules, not about a group called
        `rules`. A final slash means nothing.
        """
        return self._descend(self._root, _segments(path.rstrip("/")), f"{method} ")

    def _descend(self, branch: dict[str, Any], segments: list[str], method: str) -> Value | None:
        if not segments:
            value: Value | None = branch.get(method)
            return value
        for segment in dict.fromkeys((segments[0], _ANY)):
            if segment in branch:
                value = self._descend(branch[segment], segments[1:], method)
                if value:
                    return value
        return None


def _segments(path: str) -> list[str]:
    return PARAMETER.sub(_ANY, path).split("/")[1:]
