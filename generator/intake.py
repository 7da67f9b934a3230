"""Calls the hops of an import in order: a document becomes an API, a description takes it in."""

from __future__ import annotations

from collections.abc import Callable

from generator.description.read import read
from generator.document.decode import decode, refuse_other_encodings
from generator.document.load import Document, load, load_json
from generator.openapi.api import Api
from generator.openapi.read import read as read_openapi
from generator.openapi.select import Choice
from generator.openapi.update import Update, update
from generator.pipeline import check, safe
from generator.problems import Checked, Refused, Unusable


def api(
    name: str, data: bytes, beside: Callable[[str], bytes], *, examples: bool = True
) -> tuple[Api | None, list[Checked]]:
    """The API in an OpenAPI document, if it can be used, and everything found in it.

    `beside` gives the bytes of the files that it refers to. What is not an example is made of the
    schemas; without `examples`, everything is.
    """
    source = decode(name, data)

    def open_beside(other: str) -> Document:
        try:
            content = beside(other)
            return load_json(decode(other, content))
        except Unusable as problem:
            raise LookupError(
                str(problem), "correct the reference, or save the file there"
            ) from None
        except Refused as refused:
            first = refused.problems[0]
            message = f"`{other}` cannot be read: line {first.position.line}: {first.message}"
            raise LookupError(message, first.hint) from None

    try:
        refuse_other_encodings(source, data)
        found, checked = read_openapi(load_json(source), open_beside, examples=examples)
    except Refused as refused:
        return None, [safe(source, refused.problems)]
    return found, [safe(each.source, each.problems) if each.problems else each for each in checked]


def updated(name: str, data: bytes, newer: Api, choice: Choice, *, keep: bool) -> Update:
    """A description, which must be right, with the operations of a newer document.

    Raises Unusable if it is written in a way that cannot be edited line by line.
    """
    source = decode(name, data)
    document = load(source)
    description, _ = read(document)
    made = update(document, description, newer, choice, keep=keep)
    again, checked = check(name, made.text.encode())
    if again is None:
        first = checked.problems[0]
        raise Unusable(
            f"{name}: cannot be edited as it is written: line {first.position.line}, "
            f"{first.message}; write the entries of `scopes` one to a line, without aliases"
        )
    return made
