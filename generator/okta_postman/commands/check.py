"""Reads a manifest once: the manifest, the document it was read from, and every problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from okta_postman.commands.result import Result
from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.documents.document import Document, load
from okta_postman.files import disk
from okta_postman.manifest.model import Manifest
from okta_postman.manifest.read import read
from okta_postman.manifest.rules.credentials import credentials_in
from okta_postman.okta.credentials import safe
from okta_postman.problems import InvalidSource, in_order


class ValidManifest(NamedTuple):
    """A manifest without errors, and the document that knows where its values are written."""

    manifest: Manifest
    document: Document


def check(name: str, data: bytes) -> Result[ValidManifest]:
    """Read a manifest from the bytes of a file; `name` is what messages call the file."""
    source = decode(name, data)
    try:
        refuse_other_encodings(source, data)
        document = load(source)
        manifest, problems = read(document)
    except InvalidSource as invalid:
        # A file that isn't YAML was never read as a manifest, and can hold a credential too.
        unique = dict.fromkeys([*invalid.problems, *credentials_in(source)])
        return Result(None, (safe(source, in_order(unique)),))
    return Result(ValidManifest(manifest, document), (safe(source, problems),))


def check_file(path: str) -> Result[ValidManifest]:
    """Read a manifest from a file, or from standard input for `-`.

    Raises UserError if the file cannot be read.
    """
    return check(disk.shown(path), disk.read_input(path))


def check_files(paths: Iterable[str]) -> list[Result[ValidManifest]]:
    """Read several manifests. Raises UserError if a file cannot be read."""
    return [check_file(path) for path in dict.fromkeys(paths)]
