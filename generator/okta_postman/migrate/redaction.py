"""Finds hard-coded credentials, by where they are and by how they look, and cuts them out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection as Container
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from okta_postman.compose.variables import connection_variables
from okta_postman.documents.data import Data, Path
from okta_postman.documents.json_places import Span, offsets, places
from okta_postman.manifest.model import Manifest
from okta_postman.migrate.credentials import Credential, authorization, can_be_secret, in_auth
from okta_postman.migrate.destinations import Destination
from okta_postman.migrate.hard_coded import (
    CREDENTIAL,
    Mark,
    apart,
    by_look,
    is_unmistakable,
    overlaps,
    text_at,
    without,
)
from okta_postman.migrate.variables import token_variables, values_of
from okta_postman.postman.existing.collection import (
    Collection,
    Content,
    read_collection,
    read_environment,
)
from okta_postman.postman.existing.file import File
from okta_postman.postman.variables import REFERENCE
from okta_postman.problems import Problem

_REVOKE: Final = "revoke it in the Admin Console under Security > API > Tokens"
_REMOVED: Final = {
    "an Okta API token": _REVOKE,
    "a JWT": "sign in for another one, and keep it in the variable `accessToken`",
    CREDENTIAL: _REVOKE,
}
"""What is cut out, and what to do about it; everything else is reported, and kept."""

_KEPT: Final = "a credential for another service"
_SCHEME: Final = re.compile(r"(?:SSWS|Bearer)(?![\w-])\s*", re.IGNORECASE)
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)


class HardCoded(NamedTuple):
    """A credential in the text of a file: its span there, its kind, and whether it was cut out."""

    span: Span
    kind: str
    is_removed: bool


class Redacted(NamedTuple):
    """A file with its data, and the records of that, without hard-coded credentials.

    `secrets` are strings of all files of the run that no output may show.
    """

    original: File
    data: Data
    content: Content
    hard_coded: tuple[HardCoded, ...]
    secrets: frozenset[str]

    def problems(self, *, in_manifest: bool) -> Iterator[Problem]:
        """A warning for each hard-coded credential; those that are kept are in no manifest."""
        written = "manifest" if in_manifest else "migrated file"
        for span, kind, is_removed in self.hard_coded:
            goes = f"removed from the {written}" if is_removed or in_manifest else "kept"
            message = f"hard-coded {kind.partition(' ')[2]}; {goes}"
            hint = "if it is real, use a variable instead: secrets do not belong in a file"
            hint = _REMOVED.get(kind, _REVOKE) if is_removed else hint
            yield Problem("P018", message, hint, self.original.source.position(*span), "warning")


class _Use(NamedTuple):
    """The credentials in requests: of the org, of other services, and of other schemes."""

    ours: list[Credential]
    theirs: list[Credential]
    others: list[Credential]


def content_of(file: File) -> Content:
    """What a file holds, with every credential that is in it."""
    return _content(file, file.data)


def redact(
    files: Sequence[File],
    contents: Sequence[Content],
    destinations: Sequence[Mapping[Path, Destination]],
    manifest: Manifest,
) -> list[Redacted]:
    """The files of a run, of which one tells what is a credential in another.

    Only what comes out here is migrated, so that no later step can write a credential again.
    """
    uses = [_use(content, places) for content, places in zip(contents, destinations, strict=True)]
    secret = token_variables((each for use in uses for each in use.ours), values_of(contents))
    connection = connection_variables(manifest, manifest.environments[0])
    secret |= {variable.key for variable in connection if variable.secret}
    theirs = {name for use in uses for each in use.theirs for name in each.variables}
    by_place = [
        _by_place(content, use, secret, theirs) for content, use in zip(contents, uses, strict=True)
    ]
    known = _unmistakable(files, contents, [cut for cut, _ in by_place])
    redacted = [
        _redacted(file, content, *marks, known)
        for file, content, marks in zip(files, contents, by_place, strict=True)
    ]
    secrets = frozenset(secret for each in redacted for secret in each.secrets)
    return [each._replace(secrets=secrets) for each in redacted]


def _content(file: File, data: Data) -> Content:
    read = read_collection if file.kind == "collection" else read_environment
    return read(data, file.root)


def _use(content: Content, places: Mapping[Path, Destination]) -> _Use:
    use = _Use([], [], [])
    if isinstance(content, Collection):
        for request in (*content.requests, *content.unsent):
            current = authorization(request)
            whose = use.ours if places[request.path].is_org else use.theirs
            whose.extend(current.replaceable)
            use.others.extend(current.others)
    return use


def _by_place(
    content: Content, use: _Use, secret: Container[str], theirs: Container[str]
) -> tuple[set[Mark], set[Mark]]:
    """What is a credential by its place: the marks to cut, and those to keep.

    Credentials that only requests to another service use are that service's own.
    """
    cut = {*_marks(use.ours), *_values(content, secret)}
    if isinstance(content, Collection):
        above = (in_auth(holder.auth) for holder in content.holders if holder.auth)
        cut |= {*_marks(filter(None, above))} - {*_marks(use.theirs)}
    return cut, {*_marks([*use.theirs, *use.others]), *_values(content, theirs)} - cut


def _marks(credentials: Iterable[Credential]) -> Iterator[Mark]:
    for credential in credentials:
        yield from (Mark(credential.path, *span) for span in credential.spans)


def _values(content: Content, names: Container[str]) -> Iterator[Mark]:
    """The values of variables of these names that are more than variables and a scheme."""
    for variable in content.variables:
        hard_coded = _SCHEME.sub("", REFERENCE.sub("", variable.value).strip())
        if variable.key in names and hard_coded and can_be_secret(variable.value):
            yield Mark((*variable.path, "value"), 0, len(variable.value))


def _unmistakable(
    files: Sequence[File],
    contents: Sequence[Content],
    marks: Sequence[set[Mark]],
) -> set[str]:
    """Those of the credentials at marks that can be nothing else, and go from everywhere.

    The name of a variable, which users mistake for its value, is no credential.
    """
    sure: set[str] = set()
    for file, cut in zip(files, marks, strict=True):
        sure.update(filter(is_unmistakable, (text_at(file.data, mark) for mark in cut)))
    if sure:
        for file, content in zip(files, contents, strict=True):
            sure.difference_update(REFERENCE.findall(file.source.text))
            sure.difference_update(variable.key for variable in content.variables)
    return sure


def _redacted(
    file: File,
    content: Content,
    cut: set[Mark],
    kept: set[Mark],
    known: Container[str],
) -> Redacted:
    """A file without the marks to cut, and without what looks like a credential of the org."""
    removed = dict.fromkeys(cut, CREDENTIAL)
    staying: dict[Mark, str] = {}
    for mark, kind in dict(by_look(file.data, known)).items():
        goes = mark in cut or (kind in _REMOVED and not mark.in_key)
        (removed if goes else staying)[mark] = kind
    staying |= dict.fromkeys(kept, _KEPT)
    gone = apart(removed)
    found = [(mark, removed[mark], True) for marks in gone.values() for mark in marks]
    for mark, kind in staying.items():
        if not overlaps(mark, gone):
            found.append((mark, kind, False))
    hard_coded = tuple(_located(file, found))
    text = file.source.text
    secrets = {form for each in hard_coded for form in _forms(text[slice(*each.span)])}
    secrets.update(_replaced(file))
    data = without(file.data, gone)
    content = _content(file, data) if gone else content
    return Redacted(file, data, content, hard_coded, frozenset(secrets))


def _located(file: File, found: Sequence[tuple[Mark, str, bool]]) -> Iterator[HardCoded]:
    """What was found, by its span in the text of the file."""
    text = file.source.text
    at = places(text, {mark.path for mark, *_ in found}) if found else {}
    for mark, kind, is_removed in found:
        place = at[mark.path]
        span = place.key if mark.in_key and place.key else place.value
        characters = offsets(text, span)
        yield HardCoded((characters[mark.start], characters[mark.end]), kind, is_removed)


def _replaced(file: File) -> Iterator[str]:
    """What may be secret of the values that repeated keys replace, and is nowhere else."""
    text = file.source.text
    forms: set[str] = set()
    rest: list[str] = []
    done = 0
    for start, end in sorted(repeated.replaced for repeated in file.repeated):
        rest.append(text[done : max(done, start)])
        done = max(done, end)
        for string in _STRING.findall(text, start, end):
            forms.update(_forms(string))
    left = "".join([*rest, text[done:]])
    for form in forms:
        if can_be_secret(form) and form not in left:
            yield form


def _forms(string: str) -> tuple[str, str]:
    """A part of a JSON string as it is in the file, and without escapes."""
    return string, json.loads(f'"{string}"') if "\\" in string else string
