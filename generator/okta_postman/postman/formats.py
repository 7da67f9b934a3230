"""A file to be: a name inside the output folder and its text; the one way JSON is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from okta_postman.problems import InternalError

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.json")


@dataclass(frozen=True)
class Artifact:
    """A generated file; its name is a name and never a path, so it cannot leave the folder."""

    name: str
    text: bytes
    id: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or ".." in self.name:
            raise InternalError(f"the file name {self.name!r} could leave the output folder")
