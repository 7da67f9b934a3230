"""Writes a commented manifest to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from okta_postman.commands.check import check
from okta_postman.commands.result import Result
from okta_postman.files import disk
from okta_postman.files.write import write_new
from okta_postman.manifest.scaffold import scaffold


def init(
    path: str, org: str, client_id: str, redirect_uri: str, scopes: Sequence[str]
) -> Result[str]:
    """The text of a new manifest, which is also written to `path` unless that is `-`.

    What was written is read again, so there is no text if one of the values is invalid. Raises
    UserError if the file exists or cannot be written.
    """
    text = scaffold(org, client_id, redirect_uri, scopes)
    result = check(path, text.encode())
    if result.value is None:
        return Result(None, result.checked)
    if path != disk.STDIN:
        write_new(Path(path), text)
    return Result(text, result.checked)
