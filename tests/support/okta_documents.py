"""Okta's own OpenAPI documents, where they are at hand; a checkout has none, and needs none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.samples import ROOT

FOLDER = ROOT.parent / "shared" / "data"
RELEASE = "2026.06.3"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch")


def path_of(name: str) -> Path:
    """One of the documents; skips the test where there is none."""
    found = FOLDER / f"okta-{name}.yaml"
    if not found.exists():
        pytest.skip(f"{found.name} is not at hand")
    return found


def loaded(name: str) -> dict[str, Any]:
    """A document as another reader sees it."""
    text = path_of(name).read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return read


def scopes_by_endpoint(document: dict[str, Any]) -> dict[tuple[str, str], list[set[str]]]:
    """What each operation's `security` says, read in the plainest way."""
    return {
        (method.upper(), path): [
            set(each["oauth2"]) for each in operation.get("security", []) if each.get("oauth2")
        ]
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
