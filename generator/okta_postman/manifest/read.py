"""The door of the room: a document goes in, a description and its warnings come out."""

from __future__ import annotations

from typing import Any, Final

from okta_postman.documents.data import texts_of
from okta_postman.documents.document import Document
from okta_postman.manifest.entries import Entry
from okta_postman.manifest.environments import environments
from okta_postman.manifest.model import Layout, Manifest, Request
from okta_postman.manifest.names import check_name, stem
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules.scopes import (
    check_grants,
    check_operations,
    check_servers,
    too_long,
)
from okta_postman.manifest.rules.variables import check_references, declared
from okta_postman.manifest.schema.validate import fits
from okta_postman.manifest.scope_map import (
    Listing,
    ScopedEntry,
    requests,
    scope_sets,
    scoped_entries,
)
from okta_postman.manifest.scope_map import listings as listings_of
from okta_postman.manifest.servers import servers
from okta_postman.okta import credentials
from okta_postman.okta.scopes import LONGEST_SCOPES, is_okta_scope, joined
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.operation import FormBody, JsonBody, ScopeSet
from okta_postman.postman.variables import parameter_variable
from okta_postman.problems import Problem, Source, in_order


def read(document: Document) -> tuple[Manifest, tuple[Problem, ...]]:
    """The description in a document, and warnings about it.

    Raises InvalidSource with every problem, of shape and of meaning, if one of them is an error.
    """
    findings = Problems(document, credentials_in(document.source))
    _refuse_hidden_credentials(findings)
    data = document.data if fits(document.data) else _mended(findings)
    found = environments(findings, data)
    sets = scope_sets(findings, data["scopes"])
    entries = scoped_entries(findings, data["scopes"], sets, of_okta=_is_of_okta(data, sets))
    check_servers(findings, sets, servers(data))
    check_operations(findings, entries)
    check_grants(findings, entries, found)
    _check_variables(findings, data, entries)
    file_slug = _file_slug(findings, data)
    layout = Layout(**data.get("collection", {}))
    made = requests(findings, entries, found, layout)
    _check_layout(findings, layout, made)
    findings.raise_if_refused()
    manifest = Manifest(
        id=data.get("id") or file_slug,
        slug=file_slug,
        name=data["name"],
        description=data.get("description", ""),
        environments=found,
        requests=made,
        layout=layout,
    )
    return manifest, in_order(findings.problems)


def listings(document: Document) -> list[Listing]:
    """Every entry of a document's scope map that can be used, with its place and scopes."""
    findings = Problems(document, [])
    scope_map = document.data["scopes"]
    sets = scope_sets(findings, scope_map)
    return listings_of(findings, scope_map, sets, of_okta=_is_of_okta(document.data, sets))


def _is_of_okta(data: dict[str, Any], sets: dict[str, ScopeSet]) -> bool:
    """Whether the endpoints are Okta's, whose scopes only the org authorization server mints.

    With Okta's scopes they are meant to be, and another server is what is wrong.
    """
    scopes = (scope for each in sets.values() for scope in each)
    return ORG_SERVER in servers(data) or any(map(is_okta_scope, scopes))


def _refuse_hidden_credentials(findings: Problems) -> None:
    """A credential that YAML's escapes or line breaks keep out of sight in the text of the file."""
    if "\\" in findings.document.source.text:
        for path, text, _ in texts_of((), findings.document.data):
            for credential in credentials.find_credentials(text):
                if not findings.holds_credential(path):
                    findings.add("R026", path, f"{credential.kind} stands in the file", _DELETE)


def _mended(findings: Problems) -> dict[str, Any]:
    from okta_postman.manifest.schema.recovery import mended  # noqa: PLC0415 - 0.1 s, for errors alone

    return mended(findings)


def credentials_in(source: Source) -> list[Problem]:
    """A problem for each credential in a file, comments included, without its value."""
    return [
        Problem(
            "R026",
            f"{each.kind} stands in the file",
            _SECRET if each.kind == credentials.CLIENT_SECRET else _DELETE,
            source.position(each.start, each.end),
        )
        for each in credentials.find_credentials(source.text)
    ]


_DELETE: Final = "delete it, and revoke it if this file was ever shared"
_SECRET: Final = f"{_DELETE}; it is typed into the variable `clientSecret` in Postman"


def _file_slug(findings: Problems, data: dict[str, Any]) -> str:
    check_name(findings, ("name",), data["name"])
    made = stem(data.get("id") or data["name"])
    if not made and data["name"].strip():
        message = f"no file name can be made of `{data['name']}`"
        findings.add("R027", ("name",), message, "add an `id`: `id: okta-users`")
    return made


def _check_variables(findings: Problems, data: dict[str, Any], entries: list[ScopedEntry]) -> None:
    parameters = [
        parameter_variable(name)
        for each in entries
        for name in each.entry.endpoint.parameters
        if name not in dict(each.entry.variables)
    ]
    names = declared(findings, data, parameters)
    for each in entries:
        _check_references(findings, each.entry, names)


def _check_references(findings: Problems, entry: Entry, names: set[str]) -> None:
    headers = {name: text for name, text in entry.headers if name.lower() != "authorization"}
    for key, said in (
        ("query", dict(entry.query)),
        ("headers", headers),
        ("variables", dict(entry.variables)),
    ):
        check_references(findings, (*entry.path, key), said, names)
    if isinstance(entry.body, JsonBody):
        check_references(findings, (*entry.path, "body"), entry.body.data, names)
    elif isinstance(entry.body, FormBody):
        check_references(findings, (*entry.path, "form"), dict(entry.body.fields), names)


def _check_layout(findings: Problems, layout: Layout, made: tuple[Request, ...]) -> None:
    if layout.auth == "folder" and layout.folders == "none":
        hint = "choose `folders: scope`, or `auth: request`"
        findings.add(
            "R034", ("collection", "auth"), "there are no folders for the OAuth block", hint
        )
    if layout.auth == "collection":
        union = joined({scope for each in made for scope in each.scopes})
        if len(union) > LONGEST_SCOPES:
            hint = "ask at a narrower level: `auth: folder` or `auth: request`"
            findings.add("R015", ("collection", "auth"), too_long(len(union)), hint)
