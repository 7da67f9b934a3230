"""The URLs in a document, which may be anything that somebody typed."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split(url: str) -> SplitResult | None:
    """The parts of a URL, or None if it is none, as with half of an IPv6 address for a host."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


def is_remote(reference: str) -> bool:
    """Whether a reference leads to the network; what is no URL has a host that is none."""
    parts = split(reference)
    return parts is None or bool(parts.scheme or parts.netloc)
