"""A collection or environment on disk: its data, the style it is written in, and its places."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, NoReturn

from okta_postman.documents.data import Data, Path, is_deeper
from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.documents.json_places import Repeated, places, repeated_keys, too_deep
from okta_postman.documents.json_style import in_style, is_in_style, read_json, style_of
from okta_postman.postman.existing.collection import items_of
from okta_postman.postman.existing.shapes import part, scalar, text
from okta_postman.problems import InvalidSource, Position, Problem, Severity, Source

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a collection; Postman itself fails on less."""

DEEPEST: Final = 200
"""Levels of objects and lists; a folder takes two, and no collection has a hundred of those."""

_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_VERSION: Final = re.compile(r"/v(\d+\.\d+)\.\d+/")
_NEITHER: Final = "this is neither a Postman collection nor an environment"
_IS_MANIFEST: Final = "a manifest goes after --manifest; give the collections to migrate"
_EXPORT: Final = "import it into Postman, and export each collection as Collection v2.1"
_OTHERS: Final = {
    "openapi": (_NEITHER, "`okta-postman import openapi` makes a manifest of an OpenAPI document"),
    "scopes": (_NEITHER, _IS_MANIFEST),
    "collections": ("this is a data dump of Postman, with everything of an account", _EXPORT),
    "__export_format": ("this is an export of Insomnia", _EXPORT),
}
"""What files are that are something else, and what to do, by a key that they have."""

V3: Final = "a collection in format v3 is a folder of YAML files"
V3_INSTEAD: Final = "open the folder in Postman, and export the collection as Collection v2.1"
_V3: Final = re.compile(r"^(?:\$kind:|\$schema:.*postman|type: *collection\b)", re.MULTILINE)


class PathProblem(NamedTuple):
    """A problem with the part of a file at a path, or with what is around that; see `Problem`."""

    code: str
    message: str
    hint: str
    path: Path
    severity: Severity = "warning"


class File(NamedTuple):
    """A file that was read; `root` is where in its data the collection or environment is.

    Of keys that are `repeated`, the data has the last.
    """

    source: Source
    raw: bytes
    kind: Literal["collection", "environment"]
    root: Path
    data: Data
    repeated: tuple[Repeated, ...]

    @property
    def problems(self) -> list[Problem]:
        """A warning for each repeated key."""
        hint = "Postman uses this one; the first was removed"
        return [
            Problem("P014", f"duplicate key `{key}`", hint, self.source.position(*span), "warning")
            for key, span, _ in self.repeated
        ]

    def located(self, problems: Iterable[PathProblem]) -> list[Problem]:
        """Problems with their places in the file."""
        listed = list(problems)
        found = places(self.source.text, {problem.path for problem in listed})
        located = []
        for code, message, hint, path, severity in listed:
            nearest = path
            while nearest not in found:
                nearest = nearest[:-1]
            position = self.source.position(*found[nearest].value)
            located.append(Problem(code, message, hint, position, severity))
        return located

    def written(self, data: Data) -> tuple[bytes, bool]:
        """Data as the bytes of this file, and whether its layout could not be kept.

        What did not change keeps every byte.
        """
        if data == self.data and not self.repeated:
            return self.raw, False
        style = style_of(self.source.text)
        mark, encoding = _encoding(self.raw)
        is_reformatted = not is_in_style(self.source.text, style)
        return mark + in_style(data, style).encode(encoding), is_reformatted


def open_file(name: str, raw: bytes) -> File:
    """The collection or environment in some bytes, which Postman's API wraps in another object.

    Raises InvalidSource if the bytes are neither, with the place and what to do.
    """
    source = _source(name, raw)
    data, has_repeated = _data(source)
    repeated = tuple(repeated_keys(source.text)) if has_repeated else ()
    is_bare = any(isinstance(part(data, key), list) for key in ("item", "values", "requests"))
    wrappers = () if is_bare else ("collection", "environment")
    root: Path = next(((key,) for key in wrappers if part(data, key) is not None), ())
    inner = part(data, *root)
    if isinstance(part(inner, "values"), list) and part(inner, "item") is None:
        return File(source, raw, "environment", root, data, repeated)
    file = File(source, raw, "collection", root, data, repeated)
    problems = [*_not_a_collection(inner, root)] or [*_repeated_ids(inner, root)]
    if problems:
        raise InvalidSource(file.located(problems))
    return file


def _encoding(raw: bytes) -> tuple[bytes, str]:
    """The byte order mark of a file, if it has one, and the encoding of the rest."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return mark, encoding
    return b"", "utf-8"


def _source(name: str, raw: bytes) -> Source:
    """The text of a file. Raises InvalidSource if it is neither UTF-8 nor marked as UTF-16."""
    mark, encoding = _encoding(raw)
    if encoding == "utf-8":
        source = decode(name, raw)
        refuse_other_encodings(source, raw)
        return source
    try:
        return Source(name, raw[len(mark) :].decode(encoding))
    except UnicodeDecodeError:
        hint = "save the file as UTF-8 (in most editors: Save with Encoding)"
        problem = Problem("Y001", "the file is not valid UTF-16", hint, Position(1, 1))
        raise InvalidSource([problem]) from None


def _data(source: Source) -> tuple[Data, bool]:
    """The data of a file, and whether it has repeated keys. Raises InvalidSource."""
    try:
        data, repeats = read_json(source.text)
    except json.JSONDecodeError as error:
        _refuse_malformed(source, error)
    except RecursionError:
        data, repeats = None, False
    else:
        if not is_deeper(data, DEEPEST):
            return data, repeats
    message = f"more than {DEEPEST} levels of objects and lists"
    hint = "no collection needs that many folders; look at what made the file"
    at = source.position(too_deep(source.text, DEEPEST) or 0)
    raise InvalidSource([Problem("P013", message, hint, at)])


def _refuse_malformed(source: Source, error: json.JSONDecodeError) -> NoReturn:
    """Raise InvalidSource for what is no JSON: an empty file, half of one, or another."""
    at = min(error.pos, len(source.text)) if error.doc == source.text else 0
    hint = "export the collection from Postman again"
    if not source.text.strip():
        message = "the file is empty"
    elif not source.text[at:].strip():
        message = "the file ends in the middle"
    else:
        message = f"not JSON: {_lower(error.msg)}"
        hint = f"correct it, or {hint}"
    if source.name.endswith((".yaml", ".yml")):
        hint = V3_INSTEAD if _V3.search(source.text) else _IS_MANIFEST
        message = f"not JSON: {V3}" if _V3.search(source.text) else message
    raise InvalidSource([Problem("P010", message, hint, source.position(at))]) from None


def _lower(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _not_a_collection(data: Data, root: Path) -> Iterator[PathProblem]:
    """An error if data is no collection in a format that can be read."""
    version = _VERSION.search(text(part(data, "info", "schema")))
    if part(data, "info") is None and isinstance(part(data, "requests"), list):
        message = "collections in format v1, from before 2017, cannot be read"
        hint = (
            "import the file into Postman and export it as Collection v2.1, or convert it with "
            "`npx postman-collection-transformer convert -i OLD -o NEW -j 1.0.0 -p 2.1.0`"
        )
        yield PathProblem("P011", message, hint, root, "error")
    elif version and version[1] not in ("2.1", "2.0"):
        message = f"collections in format v{version[1]} cannot be read"
        hint = "export it from Postman as Collection v2.1"
        yield PathProblem("P011", message, hint, (*root, "info", "schema"), "error")
    elif not isinstance(part(data, "item"), list):
        usual = (_NEITHER, "give what Postman exports: a collection has `info` and `item`")
        others = (other for key, other in _OTHERS.items() if part(data, key))
        message, hint = next(others, usual)
        yield PathProblem("P011", message, hint, root, "error")


def _repeated_ids(data: Data, root: Path) -> Iterator[PathProblem]:
    """An error for each item with the ID of another: Postman would keep only one of them."""
    seen: set[str] = set()
    for path, item, _ in items_of(data, root):
        own = scalar(part(item, "id"))
        if own and own in seen:
            message = f"two items have the ID `{own}`"
            hint = "give one of them another ID, or delete it: Postman makes a new one"
            yield PathProblem("P015", message, hint, (*path, "id"), "error")
        seen.add(own)
