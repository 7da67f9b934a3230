"""The exit codes of every verb, as the README lists them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The result of a run."""

    OK = 0
    CHECK_FAILED = 1
    """A check failed: files are out of date, scopes are unknown, something changed."""
    INVALID_INPUT = 2
    """Arguments, a file or a folder cannot be used: correct them."""
    ORG_UNAVAILABLE = 3
    """The org does not respond, or refuses: check the network and the org."""
    INTERNAL_ERROR = 70
    """A bug in this program: report it."""
    INTERRUPTED = 130
    """Ctrl+C."""
