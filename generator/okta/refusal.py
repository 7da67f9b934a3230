"""Why a value cannot be what it should be, and what could stand there instead."""

from __future__ import annotations

from typing import NamedTuple


class Refusal(NamedTuple):
    """A reason in one word for programs and in one sentence for people."""

    reason: str
    message: str
    instead: str
