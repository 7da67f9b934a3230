"""Imports an OpenAPI document into a new manifest, or into an existing one."""

from __future__ import annotations

import codecs
import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple

from okta_postman.commands.check import ValidManifest, check
from okta_postman.commands.result import Result
from okta_postman.documents.decode import decode, refuse_other_encodings
from okta_postman.documents.document import Document, load, load_json
from okta_postman.files import disk, sync
from okta_postman.files.write import write_new
from okta_postman.manifest.model import Manifest, Request
from okta_postman.okta.credentials import safe
from okta_postman.openapi.api import Api
from okta_postman.openapi.connection import Connection, describe, lacks_urls
from okta_postman.openapi.read import read as read_openapi
from okta_postman.openapi.refused import Refusal, by_option, refusals, reports, without
from okta_postman.openapi.select import Choice, chosen, left_out, refuse_unknown
from okta_postman.openapi.update import Update, update
from okta_postman.operation import Operation
from okta_postman.problems import InvalidSource, Source, UserError

POSTMAN_CALLBACK: Final = "https://oauth.pstmn.io/v1/callback"

Ask = Callable[[str, str, str], str]
"""Asks a person for the value of an option: its name, the question, and the default or ``""``."""


class ConnectionOptions(NamedTuple):
    """What options say about the org, the app and its server; None where they say nothing."""

    org: str | None = None
    client_id: str | None = None
    redirect_uri: str | None = None
    authorize_url: str | None = None
    token_url: str | None = None


class NewManifest(NamedTuple):
    """The text of a manifest, the number of its operations, and a note on those it lacks."""

    text: str
    operations: int
    left_out: str


def read_document(path: str, *, examples: bool = True) -> Result[Api]:
    """The API in an OpenAPI document, as `api` has it. Raises UserError if it cannot be read."""
    data = disk.read_input(path, disk.LARGEST_API)
    beside = functools.partial(disk.read_beside, path)
    return api(disk.shown(path), data, beside, examples=examples)


def api(
    name: str, data: bytes, beside: Callable[[str], bytes], *, examples: bool = True
) -> Result[Api]:
    """The API in the bytes of an OpenAPI document.

    `beside` returns the bytes of a file that the document refers to. Request bodies are the
    document's examples, or samples made from its schemas; without `examples`, samples alone.
    """
    source = decode(name, data)

    def open_beside(other: str) -> Document:
        try:
            content = beside(other)
            return load_json(decode(other, content))
        except UserError as error:
            raise LookupError(str(error), "correct the reference, or save the file there") from None
        except InvalidSource as invalid:
            first = invalid.problems[0]
            message = f"`{other}` cannot be read: line {first.position.line}: {first.message}"
            raise LookupError(message, first.hint) from None

    try:
        refuse_other_encodings(source, data)
        read, checked = read_openapi(load_json(source), open_beside, examples=examples)
    except InvalidSource as invalid:
        return Result(None, (safe(source, invalid.problems),))
    return Result(
        read,
        tuple(safe(each.source, each.problems) if each.problems else each for each in checked),
    )


def selection(
    tags: Iterable[str], scopes: Iterable[str], paths: Iterable[str], *, deprecated: bool
) -> Choice:
    """The part of a document that has one of the tags, scopes and paths; without any, all of it."""
    return Choice(tuple(tags), tuple(scopes), tuple(paths), deprecated=deprecated)


def new_manifest(
    document: Api, choice: Choice, options: ConnectionOptions, ask: Ask, output: str | None
) -> Result[NewManifest]:
    """The text of a manifest for a part of a document, also written to `output` if given.

    `ask` is called for what neither the options nor the document say. What was written is read
    again, so there is no text if one of the values is invalid. Raises UserError if no operation is
    selected, or `output` exists.
    """
    operations = chosen(document, choice)
    org = options.org or ask("--org", "URL of the org, or of the API's host", document.host)
    client_id = options.client_id or ask("--client-id", "Client ID of the app", "")
    authorize_url, token_url = options.authorize_url or "", options.token_url or ""
    if lacks_urls(document, operations):
        known = document.flow or ("", "")
        authorize_url = authorize_url or ask("--authorize-url", "Authorization URL", known[0])
        token_url = token_url or ask("--token-url", "Token URL", known[1])
    redirect_uri = options.redirect_uri or POSTMAN_CALLBACK
    connection = Connection(org, client_id, redirect_uri, authorize_url, token_url)
    operations, text, result = _accepted(document, operations, connection, output)
    if result.value is None:
        return Result(None, result.checked)
    if output is not None:
        write_new(Path(output), text)
    return Result(NewManifest(text, len(operations), left_out(document, choice)), result.checked)


def _accepted(
    document: Api, operations: list[Operation], connection: Connection, output: str | None
) -> tuple[list[Operation], str, Result[ValidManifest]]:
    """The operations that a manifest can have, its text, and what was said about both.

    An operation that cannot be used costs that operation, and no other.
    """
    name = output or "the new manifest"
    refused: list[Refusal] = []
    while True:
        text = describe(document, operations, connection)
        result = check(name, text.encode())
        if result.value is not None:
            break
        manifest = load(Source(name, text))
        problems = result.checked[0].problems
        more = refusals(manifest, problems, operations)
        refused += more
        operations = without(operations, more)
        if not more or not operations:
            by_options = by_option(manifest, problems)
            told = reports(refused, document.nodes, "error")
            checked = (*by_options, *told) or result.checked
            return operations, text, Result(None, checked)
    told = reports(refused, document.nodes, "warning")
    return operations, text, Result(result.value, (*told, *result.checked))


def update_manifest(
    document: Api, choice: Choice, path: str, output: str | None, *, prune: bool
) -> Result[Update]:
    """A manifest with the operations of a newer document, written to `output`, or over `path`.

    A manifest from standard input without `output` is only returned. Raises UserError if nothing
    is selected, or if an edit line by line would change other entries too.
    """
    refuse_unknown(document, choice)
    data = disk.read_input(path)
    result = updated(disk.shown(path), data, document, choice, prune=prune)
    if result.value is None:
        return result
    mark = codecs.BOM_UTF8.decode() if data.startswith(codecs.BOM_UTF8) else ""
    text = mark + result.value.text
    if output is not None:
        write_new(Path(output), result.value.text)
    elif path != disk.STDIN:
        sync.apply([sync.change(disk.target_of(Path(path)), data, text.encode())])
    return Result(result.value._replace(text=text), result.checked)


def updated(
    name: str, data: bytes, document: Api, choice: Choice, *, prune: bool
) -> Result[Update]:
    """The bytes of a manifest with the operations of a newer document.

    Raises UserError if the manifest is written in a way that cannot be edited line by line: an edit
    would change what another entry means.
    """
    before = check(name, data)
    if before.value is None:
        return Result(None, before.checked)
    manifest = before.value.manifest
    edited = update(before.value.document, manifest, document, choice, prune=prune)
    again = check(name, edited.text.encode())
    if again.value is None or (
        _kept(again.value.manifest, edited, prune=prune) != _kept(manifest, edited, prune=prune)
    ):
        first = next(iter(again.checked[0].problems), None)
        where = f" (line {first.position.line} would be wrong: {first.message})" if first else ""
        raise UserError(
            f"{name}: cannot be edited as it is written{where}; write the entries of `scopes` one "
            "to a line, without anchors and aliases"
        )
    return Result(edited, before.checked)


def _kept(manifest: Manifest, edited: Update, *, prune: bool) -> tuple[object, ...]:
    """What an update leaves unchanged: all but added and removed requests, and changed scopes."""
    kinds = {difference.endpoint.shape: difference.kind for difference in edited.differences}
    outside = {"added", "removed"} if prune else {"added"}
    requests = []
    for request in manifest.requests:
        kind = kinds.get(request.endpoint.shape)
        if kind not in outside:
            requests.append(repr(_without_scopes(request) if kind == "changed" else request))
    return manifest._replace(requests=()), sorted(requests)


def _without_scopes(request: Request) -> Request:
    return request._replace(scopes=(), alternatives=(), folder="", variant=0)
