"""The formats that a workspace is written in, and the audited files of a workspace.

A format is one module that writes a workspace as files, and one row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from okta_postman.documents.json_text import json_text
from okta_postman.postman import collection_v2
from okta_postman.postman.audit import audit
from okta_postman.postman.model import File, Workspace
from okta_postman.problems import InternalError


class Format(NamedTuple):
    """How a workspace is written, judged and recognized in one format."""

    name: str
    files: Callable[[Workspace], tuple[File, ...]]
    """The files of a workspace as data, in the order in which they are written."""

    audit: Callable[[Sequence[File]], Iterable[str]]
    """What is wrong with these files; anything is a defect of this program."""

    encode: Callable[[Any], bytes]
    """The data of a file as its bytes."""

    leftovers: Callable[[str], str]
    """The glob of files that an earlier run may have left, for the slug of a workspace."""

    read_id: Callable[[bytes], str | None]
    """The ID in a file; None if the file has none or is not of this format."""

    keys: Callable[[str, str, bytes], tuple[str, ...]]
    """The keys that the ID of a leftover is made of, from its workspace's slug, path and content.

    If `compose` makes the ID in it of these keys, then the file was made from the same manifest.
    """


# What Windows allows in a name as well, so that `..`, `C:` and `\\host` are no part of a path.
_OTHER: Final = r'[^/\\:*?"<>|\x00-\x1f\x7f]'
_SEGMENT: Final = rf"{_OTHER}+(?<![. ])"
_PATH: Final = re.compile(rf"(?![.])(?:{_SEGMENT}/)*{_SEGMENT}")


@dataclass(frozen=True)
class Artifact:
    """A generated file, ready to be written.

    Its path is relative, with slashes, and cannot leave the output folder: anything else raises
    InternalError. Its ID is the one in its content, by which a later run knows whose file it is.
    """

    format: Format
    path: str
    content: bytes
    id: str

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise InternalError(f"the path {self.path!r} could leave the output folder")


FORMATS: Final = (
    Format(
        name="v2.1",
        files=collection_v2.files,
        audit=audit,
        encode=json_text,
        leftovers=collection_v2.leftovers,
        read_id=collection_v2.read_id,
        keys=collection_v2.keys,
    ),
)


def artifacts(workspace: Workspace, formats: Iterable[Format] = FORMATS) -> tuple[Artifact, ...]:
    """The files of a workspace in each format.

    Raises InternalError, with everything that is wrong, if an audit refuses them.
    """
    audited = []
    for form in formats:
        files = form.files(workspace)
        violations = list(form.audit(files))
        if violations:
            raise InternalError("generated files failed their audit: " + "; ".join(violations))
        audited += [Artifact(form, file.path, form.encode(file.data), file.id) for file in files]
    return tuple(audited)
