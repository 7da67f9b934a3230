"""Requests: listed once, sendable, and each with a name of its own in its folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Draft, Entry, Listing
from okta_postman.manifest.keys import pairs
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.requests import listed_again, same_endpoint
from okta_postman.operation import FormBody, ScopeSet
from okta_postman.postman.variables import REFERENCE

# Source: RFC 9110, 5.6.2 and 5.5. Node sends no other names; other values it sends in one encoding
# with a body, and in another without, or not at all.
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e]*")

AUTHORIZATION: Final = "authorization"
_FRAMING: Final = frozenset(("content-length", "expect", "trailer", "transfer-encoding"))


def endpoints_are_listed_once(draft: Draft, problems: Problems) -> None:
    """R019: under one key an endpoint is listed once, or each time with a name of its own."""
    for same in listed_again(draft.listings):
        for first, again in _repeats(same):
            message = _is_listed(problems, first)
            hint = "delete one, or give each its own `name` to make two requests"
            problems.error("R019", again.entry.path, message, hint)


def _repeats(same: Iterable[Listing]) -> Iterator[tuple[Listing, Listing]]:
    """Each listing that an earlier one is the same as, after that one.

    Without a name a listing is the same as any other of its endpoint under these scopes.
    """
    firsts: dict[ScopeSet, Listing] = {}
    unnamed: dict[ScopeSet, tuple[int, Listing]] = {}
    named: dict[tuple[ScopeSet, str], tuple[int, Listing]] = {}
    for number, again in enumerate(same):
        scopes, name = again.scopes, again.entry.name
        if name is None:
            first = firsts.get(scopes)
        else:
            candidates = (unnamed.get(scopes), named.get((scopes, name)))
            earlier = [candidate for candidate in candidates if candidate]
            first = min(earlier, key=lambda numbered: numbered[0])[1] if earlier else None
        if first:
            yield first, again
        firsts.setdefault(scopes, again)
        if name is None:
            unnamed.setdefault(scopes, (number, again))
        else:
            named.setdefault((scopes, name), (number, again))


def requests_are_described_once(draft: Draft, problems: Problems) -> None:
    """R020: under several keys a request has its details once, or each time the same ones."""
    for same in listed_again(draft.listings):
        for first, *others in same_endpoint(same).by_name:
            for again in others:
                if again.scopes != first.scopes and _details(again) != _details(first):
                    message = f"{_is_listed(problems, first)}, with other details"
                    hint = (
                        "give the details in one entry and only the endpoint here, or give each "
                        "its own `name`"
                    )
                    problems.error("R020", again.entry.path, message, hint)


def public_endpoints_need_no_token(draft: Draft, problems: Problems) -> None:
    """R043: an endpoint needs a token or it does not, unless it is two requests by name."""
    firsts: dict[str, Listing] = {}
    for again in draft.listings:
        first = firsts.setdefault(again.entry.endpoint.shape, again)
        names = {first.entry.name, again.entry.name}
        if first.entry.public != again.entry.public and (None in names or len(names) == 1):
            other = "public" if first.entry.public else "one that needs a token"
            message = f"{_is_listed(problems, first)}, as {other}"
            hint = "delete one, or give each its own `name` to make two requests"
            problems.error("R043", again.entry.path, message, hint)


def _details(listing: Listing) -> Entry:
    """An entry without its place, and without the names of its path parameters."""
    endpoint = listing.entry.endpoint
    return listing.entry._replace(path=(), endpoint=endpoint._replace(path=endpoint.shape))


def _is_listed(problems: Problems, listing: Listing) -> str:
    line = problems.document.value(listing.entry.path).line
    return f"`{listing.entry.endpoint}` is already listed on line {line}"


def headers_can_be_sent(draft: Draft, problems: Problems) -> None:
    """R029: headers need a name and a value that HTTP can carry, each of them once."""
    for entry in draft.entries:
        path, names = (*entry.path, "headers"), dict[str, str]()
        for name, value in entry.headers:
            first = names.setdefault(name.lower(), name)
            _check_header(problems, (*path, name), name, value, first)


def _check_header(problems: Problems, path: Path, name: str, value: str, first: str) -> None:
    if name.lower() == AUTHORIZATION:
        if not problems.has_credential(path):
            hint = "delete it: the request's OAuth 2.0 settings add this header"
            message = "a manifest can't set the `Authorization` header"
            problems.error_at_key("R029", path, message, hint)
    elif name.lower() in _FRAMING:
        hint = "delete it: Postman sets it for the body that it sends"
        problems.error_at_key("R029", path, f"a manifest can't set the `{name}` header", hint)
    elif name == "__proto__" or not _HEADER_NAME.fullmatch(name):
        hint = "use letters, digits and `-`"
        problems.error_at_key("R029", path, f"`{name}` is not a valid header name", hint)
    elif not _HEADER_VALUE.fullmatch(REFERENCE.sub("", value)):
        hint = "write it on one line, in ASCII characters"
        message = f"header `{name}` contains a character that HTTP can't send"
        problems.error("R029", path, message, hint)
    elif value != value.strip(" \t"):
        message = f"header `{name}` would lose the spaces at the ends of its value"
        problems.error("R029", path, message, "delete them: HTTP does not send them")
    elif name != first:
        message = f"header `{name}` is already given as `{first}`"
        problems.error_at_key("R029", path, message, "keep one: header names ignore case")


def bodies_can_be_sent(draft: Draft, problems: Problems) -> None:
    """R030: a request has one body at most, and Postman sends none with GET and HEAD."""
    for entry in draft.entries:
        keys = draft.typed(entry)
        bodies = [key for key in ("body", "form") if keys and keys.get(key) is not None]
        path = (*entry.path, *bodies[-1:])
        if len(bodies) > 1:
            hint = "keep `body` for JSON or `form` for form fields"
            problems.error_at_key("R030", path, "request has two bodies", hint)
        elif bodies and entry.endpoint.method in ("GET", "HEAD"):
            message = f"Postman sends no body with {entry.endpoint.method}"
            problems.error_at_key("R030", path, message, "write `query`, or another method")
        elif isinstance(entry.body, FormBody) and "__proto__" in dict(entry.body.fields):
            message = "Postman sends no form field called `__proto__`"
            hint = "write `body`, or another name"
            problems.error_at_key("R030", (*path, "__proto__"), message, hint)


def path_values_fit_their_paths(draft: Draft, problems: Problems) -> None:
    """R035: an entry's variables are parameters of its path, each of one segment."""
    for entry in draft.entries:
        keys = draft.typed(entry)
        path = (*entry.path, "variables")
        for name, value in pairs(draft.document, path, keys.get("variables") if keys else None):
            if name not in entry.endpoint.parameters:
                guess = problems.nearest(name, entry.endpoint.parameters)
                hint = "declare it in the `variables` at the top level"
                hint = f"did you mean `{guess}`?" if guess else hint
                message = f"`{entry.endpoint}` has no path parameter `{name}`"
                problems.error_at_key("R035", (*path, name), message, hint)
            elif set(REFERENCE.sub("", value)) & set("/?#"):
                hint = "percent-encode it: `/` is `%2F`, `?` is `%3F`, `#` is `%23`"
                message = "a path parameter's value can't contain `/`, `?` or `#`"
                problems.error("R035", (*path, name), message, hint)


def names_differ_in_a_folder(draft: Draft, problems: Problems) -> None:
    """R032: no request is named like another in its folder, or like a folder beside it.

    If both are of one endpoint, one with a token and one without, that is R043.
    """
    paths: dict[tuple[str, str], Path] = {}
    halves: dict[tuple[str, str], tuple[str, bool]] = {}
    for scoped, request in zip(draft.scoped, draft.requests, strict=True):
        path, place = scoped.entry.path, (request.folder, request.name)
        half = (request.endpoint.shape, request.public)
        if halves.setdefault(place, half) == (half[0], not half[1]):
            continue
        if place in paths:
            line = problems.document.value(paths[place]).line
            message = f"two requests in one folder would be called `{request.name}`"
            hint = f"the other is on line {line}: give one of them another `name` or `folder`"
            problems.error("R032", path, message, hint)
        paths.setdefault(place, path)
        if request.folder:  # it is beside the requests that have none
            paths.setdefault(("", request.folder), path)
