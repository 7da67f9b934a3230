"""Names: what Postman can keep of them, and what a file can be named after."""

from __future__ import annotations

import re
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Draft, Entry
from okta_postman.manifest.model import Layout, Request
from okta_postman.manifest.names import CONTROL, slug, stem
from okta_postman.manifest.problem_list import Problems
from okta_postman.okta.scopes import scopes_label

_LONGEST: Final = 240
"""Bytes: Postman's own tools make files of names, and fail above this."""

_BRACES: Final = re.compile(r"\{\{|\}\}")


def names_are_literal(draft: Draft, problems: Problems) -> None:
    """R023, R024: a name must arrive in Postman as it was typed."""
    collection = draft.data["name"]
    _check_name(problems, ("name",), collection)
    for settings in draft.settings:
        if settings.name is not None:
            _check_name(problems, settings.path, settings.name, at_key=True)
            if max(_size(settings.name), _size(collection)) <= _LONGEST:
                _check_length(problems, settings.path, f"{collection} - {settings.name}")
    for path, keys in draft.typed_entries():
        if "name" in keys:
            _check_name(problems, (*path, "name"), keys["name"])
        if "folder" in keys:
            _check_name(problems, (*path, "folder"), keys["folder"])


def default_names_are_short(draft: Draft, problems: Problems) -> None:
    """R024: a name that nobody typed must not be too long, either."""
    for scoped, request in zip(draft.scoped, draft.requests, strict=True):
        for name in _default_names(scoped.entry, request, draft.layout):
            _check_length(problems, scoped.entry.path, name)


def names_make_file_names(draft: Draft, problems: Problems) -> None:
    """R027: a file name needs a letter or a digit."""
    name = draft.data["name"]
    if name.strip() and not stem(draft.data.get("id") or name):
        message = f"`{name}` has no letters or digits for a file name"
        problems.error("R027", ("name",), message, "add an `id`, for example `id: okta-users`")
    for settings in draft.settings:
        if settings.name and settings.name.strip() and not slug(settings.name):
            message = f"`{settings.name}` has no letters or digits for a file name"
            hint = "put at least one ASCII letter or digit into the name"
            problems.error_at_key("R027", settings.path, message, hint)


def _check_name(problems: Problems, path: Path, name: str, *, at_key: bool = False) -> None:
    wrong = _wrong_name(name)
    if wrong:
        add = problems.error_at_key if at_key else problems.error
        code, message, hint = wrong
        add(code, path, message, hint)
    else:
        _check_length(problems, path, name)


def _wrong_name(name: str) -> tuple[str, str, str] | None:
    """Why Postman cannot keep a name: a code, a message, and what to write."""
    stripped = name.strip()
    if _BRACES.search(name):
        hint = "write the name itself: Postman shows `{{` in a name as typed"
        return "R023", f"`{name}` contains a variable", hint
    if not stripped:
        return "R024", "name is empty", "write at least one letter or digit"
    if name.endswith("\n") and "\n" not in stripped:
        hint = f"write `{stripped}` on the line of its key: `|` and `>` add a line break"
        return "R024", "name ends with a line break", hint
    if name != stripped:
        hint = f"write `{stripped}`: Postman trims names"
        return "R024", "name begins or ends with white space", hint
    if CONTROL.search(name):
        hint = "write it on one line, without invisible characters"
        return "R024", "name contains a line break or another control character", hint
    return None


def _check_length(problems: Problems, path: Path, name: str) -> None:
    if len(name) > _LONGEST // 4 and _size(name) > _LONGEST:  # UTF-8 has at most 4 bytes for one
        message = f"name has {_size(name)} bytes, too many for Postman's tools"
        problems.error("R024", path, message, f"use at most {_LONGEST} bytes")


def _size(name: str) -> int:
    return len(name.encode())


def _default_names(entry: Entry, request: Request, layout: Layout) -> list[str]:
    """The names of a request and its folders that nobody typed."""
    is_folder = layout.auth == "folder"
    scopes = scopes_label(request.scopes, public=request.public) if is_folder else ""
    return ["" if entry.name else request.name, "" if entry.folder else request.folder, scopes]
