"""Opens the system's browser, and keeps what it prints out of stdout."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


def opened(url: str) -> bool:
    """Whether a browser could be started on a URL."""
    import webbrowser

    with _stdout_is_stderr():
        try:
            return webbrowser.open(url)
        except (webbrowser.Error, OSError):
            return False


@contextlib.contextmanager
def _stdout_is_stderr() -> Iterator[None]:
    """Send to stderr what a child process prints: stdout is for the token alone."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
