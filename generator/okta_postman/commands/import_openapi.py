"""Calls the hops of an import in order: a document becomes an API, a description takes it in."""

from __future__ import annotations

from collections.abc import Callable

from okta_postman.commands.pipeline import check
from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.documents.document import Document, load, load_json
from okta_postman.manifest.model import Manifest, Request
from okta_postman.manifest.read import read
from okta_postman.okta.credentials import safe
from okta_postman.openapi.api import Api
from okta_postman.openapi.read import read as read_openapi
from okta_postman.openapi.select import Choice
from okta_postman.openapi.update import Update, update
from okta_postman.problems import Checked, InvalidSource, UserError


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
        except UserError as problem:
            raise LookupError(
                str(problem), "correct the reference, or save the file there"
            ) from None
        except InvalidSource as refused:
            first = refused.problems[0]
            message = f"`{other}` cannot be read: line {first.position.line}: {first.message}"
            raise LookupError(message, first.hint) from None

    try:
        refuse_other_encodings(source, data)
        found, checked = read_openapi(load_json(source), open_beside, examples=examples)
    except InvalidSource as refused:
        return None, [safe(source, refused.problems)]
    return found, [safe(each.source, each.problems) if each.problems else each for each in checked]


def updated(
    name: str, data: bytes, newer: Api, choice: Choice, *, prune: bool
) -> tuple[Update | None, Checked]:
    """A description with the operations of a newer document, and everything found in it.

    There is none if the description has errors. Raises UserError if it is written in a way that
    cannot be edited line by line: then an entry would not say any more what it said.
    """
    source = decode(name, data)
    try:
        refuse_other_encodings(source, data)
        document = load(source)
        manifest, problems = read(document)
    except InvalidSource as refused:
        return None, safe(source, refused.problems)
    made = update(document, manifest, newer, choice, prune=prune)
    again, checked = check(name, made.text.encode())
    if again is None or _kept(again, made, prune=prune) != _kept(manifest, made, prune=prune):
        first = next(iter(checked.problems), None)
        where = f" (line {first.position.line} would be wrong: {first.message})" if first else ""
        raise UserError(
            f"{name}: cannot be edited as it is written{where}; write the entries of `scopes` one "
            "to a line, without anchors and aliases"
        )
    return made, safe(source, problems)


def _kept(manifest: Manifest, made: Update, *, prune: bool) -> tuple[object, ...]:
    """What an update keeps: all but added and removed requests, and the scopes of changed ones."""
    kinds = {each.endpoint.shape: each.kind for each in made.differences}
    outside = {"added", "removed"} if prune else {"added"}
    requests = sorted(
        repr(_apart_from_scopes(each) if kinds.get(each.endpoint.shape) == "changed" else each)
        for each in manifest.requests
        if kinds.get(each.endpoint.shape) not in outside
    )
    return manifest._replace(requests=()), requests


def _apart_from_scopes(request: Request) -> Request:
    return request._replace(scopes=(), alternatives=(), folder="", variant=0)
