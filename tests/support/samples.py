"""The manifests of `collections/`, and what they generate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from okta_postman.manifest.model import Manifest, Request
from tests.support.manifests import check

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = ROOT / "collections"
SAMPLES = sorted(COLLECTIONS.glob("*.yaml"))


@dataclass(frozen=True)
class Sample:
    """A committed manifest with its committed files."""

    path: Path
    description: Manifest

    @property
    def collection(self) -> Path:
        return COLLECTIONS / f"{self.description.slug}.postman_collection.json"

    @property
    def environments(self) -> list[Path]:
        return [
            COLLECTIONS / f"{self.description.slug}.{each.slug}.postman_environment.json"
            for each in self.description.environments
        ]

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(scope for each in self.description.requests for scope in each.scopes)

    @property
    def scope_map(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (each.endpoint.method, each.endpoint.path): frozenset(each.scopes)
            for each in self.description.requests
        }

    def scope_asked(self, request: Request) -> str:
        """What the token of a request is asked for: its own scopes, unless one serves for all."""
        if self.description.layout.auth == "collection":
            return " ".join(sorted(self.scopes))
        return " ".join(request.scopes)

    def blanks(self) -> dict[str, str]:
        """A value for each variable that a user would have to fill in, secrets left out."""
        values = json.loads(self.environments[0].read_text(encoding="utf-8"))["values"]
        return {
            each["key"]: "filled"
            for each in values
            if not each["value"] and each["type"] != "secret"
        }


def sample(path: Path) -> Sample:
    """The sample of a manifest, which must be without any problem."""
    manifest, checked = check(path.name, path.read_bytes())
    assert manifest is not None, checked.problems
    assert checked.problems == ()
    return Sample(path, manifest)
