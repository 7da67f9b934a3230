"""The door of the room: a document goes in, a description and its warnings come out."""

from __future__ import annotations

from typing import Any

from generator.description import grammar
from generator.description.endpoints import Entry
from generator.description.environments import environments
from generator.description.findings import Findings
from generator.description.names import check_name, stem
from generator.description.scope_map import (
    ScopedEntry,
    check_grants,
    check_servers,
    requests,
    scoped_entries,
    too_long,
)
from generator.description.variables import check_references, declared
from generator.document.load import Document
from generator.model import Description, FormBody, JsonBody, Layout, Request
from generator.okta import credentials
from generator.okta.scopes import LONGEST, joined
from generator.problems import Problem, in_order


def read(document: Document) -> tuple[Description, tuple[Problem, ...]]:
    """The description in a document, and warnings about it.

    Raises Refused with every problem, of shape and of meaning, if one of them is an error.
    """
    findings = Findings(document)
    refuse_credentials(findings)
    data = document.data if grammar.fits(document.data) else grammar.mended(findings)
    found = environments(findings, data)
    entries = scoped_entries(findings, data["scopes"])
    check_servers(findings, data["scopes"], found)
    check_grants(findings, entries, found)
    _check_variables(findings, data, entries)
    check_name(findings, ("name",), data["name"])
    file_slug = stem(data.get("id") or data["name"])
    if not file_slug:
        message = f"no file name can be made of `{data['name']}`"
        findings.add("R027", ("name",), message, "add an `id`: `id: okta-users`")
    layout = Layout(**data.get("collection", {}))
    made = requests(findings, entries, found, layout)
    _check_layout(findings, layout, made)
    findings.raise_if_refused()
    description = Description(
        id=data.get("id") or file_slug,
        slug=file_slug,
        name=data["name"],
        description=data.get("description", ""),
        environments=found,
        requests=made,
        layout=layout,
    )
    return description, in_order(findings.problems)


def refuse_credentials(findings: Findings) -> None:
    """Add a problem for each credential in the file, comments included, without its value."""
    source = findings.document.source
    for credential in credentials.found_in(source.text):
        message = f"{credential.kind} stands in the file"
        hint = "delete it, and revoke it if this file was ever shared; no credential belongs here"
        position = source.position(credential.start, credential.end)
        findings.problems.append(Problem("R026", message, hint, position))


def _check_variables(findings: Findings, data: dict[str, Any], entries: list[ScopedEntry]) -> None:
    parameters = [name for each in entries for name in each.entry.endpoint.parameters]
    names = declared(findings, data, parameters)
    for each in entries:
        _check_references(findings, each.entry, names)


def _check_references(findings: Findings, entry: Entry, names: set[str]) -> None:
    for key in ("query", "headers", "variables"):
        check_references(findings, (*entry.path, key), dict(getattr(entry, key)), names)
    if isinstance(entry.body, JsonBody):
        check_references(findings, (*entry.path, "body"), entry.body.data, names)
    elif isinstance(entry.body, FormBody):
        check_references(findings, (*entry.path, "form"), dict(entry.body.fields), names)


def _check_layout(findings: Findings, layout: Layout, made: tuple[Request, ...]) -> None:
    if layout.auth == "folder" and layout.folders == "none":
        hint = "choose `folders: scope`, or `auth: request`"
        findings.add(
            "R034", ("collection", "auth"), "there are no folders for the OAuth block", hint
        )
    if layout.auth == "collection":
        union = joined({scope for each in made for scope in each.scopes})
        if len(union) > LONGEST:
            findings.add("R015", ("collection", "auth"), *too_long(len(union)))
