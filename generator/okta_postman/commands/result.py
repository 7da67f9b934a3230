"""What a command returns: a value if its sources have no errors, and the problems either way."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from okta_postman.problems import Checked

T = TypeVar("T")


class Result(NamedTuple, Generic[T]):
    """The value of a command, which is None if a source has errors, and every problem found.

    Sources and problems are safe to show: credentials are masked in both.
    """

    value: T | None
    checked: tuple[Checked, ...]
