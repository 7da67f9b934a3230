"""A request of a collection as a review compares it: where it goes, and what is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from okta_postman.documents.data import Data
from okta_postman.okta.scopes import scopes_label
from okta_postman.postman.collection_v2 import BASE
from okta_postman.postman.existing import request as recorded
from okta_postman.postman.existing.file import File
from okta_postman.postman.existing.shapes import elements, part, scalar, text
from okta_postman.postman.variables import REFERENCE, parameter_variable
from okta_postman.review.inventory import FORM, JSON, Request, header_lines, lines, pairs

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:(?<=/)|^):([^/]+)")


def request_of(
    request: recorded.Request, settings: Mapping[str, str], auth: str, file: File
) -> Request:
    """A request with the OAuth 2.0 settings and the auth that it is sent with."""
    data = part(file.data, *request.path)
    own = request.holder.auth if request.holder else None
    public = own is not None and own.type == "noauth"
    path = _path(request.target.path)
    name = words(request.name) or f"{request.method} {path}"
    host = _host(data if isinstance(data, str) else part(data, "url"), request.target.host)
    media = _MEDIA.get(request.body.mode, "") if request.body else ""
    headers = ((each.name, each.value) for each in request.headers if each.is_on)
    return Request(
        method=request.method,
        path=path,
        name=name,
        folder=" / ".join(_folders(request, public=public)),
        scopes=tuple(sorted({*settings.get("scope", "").split()})),
        public=public,
        host="" if host == BASE else host,
        auth=auth,
        query=_pairs(request.query),
        headers=tuple(map(words, header_lines(headers, path, media))),
        variables=pairs(
            (name, value)
            for name, value in request.path_variables
            if value != "{{" + parameter_variable(name) + "}}"
        ),
        body=_body(request.body, part(data, "body")) if request.body else (),
        description=lines(request.description),
    )


_MEDIA: Final = {"raw": JSON, "urlencoded": FORM}


def _host(url: Data, host: str) -> str:
    """Where a request is sent, with the scheme and the port that are beside the host in some URLs.

    Source: schema.getpostman.com/json/collection/v2.1.0.
    """
    typed = ".".join(map(text, elements(part(url, "host")))) or text(part(url, "host"))
    if not typed and part(url, "path") is None:
        typed = text(part(url, "raw")) or text(url)
    scheme = _SCHEME.match(typed)
    protocol = scheme[1] if scheme else text(part(url, "protocol")).removesuffix("://")
    port = scalar(part(url, "port"))
    return words((f"{protocol}://" if protocol else "") + host + (f":{port}" if port else ""))


def _pairs(values: Iterable[recorded.Pair]) -> tuple[str, ...]:
    """The parameters or fields that are sent, as lines."""
    sent = (each for each in values if each.is_on)
    return tuple(
        words(each.key if each.value is None else f"{each.key}={each.value}") for each in sent
    )


def _body(body: recorded.Body, data: Data) -> tuple[str, ...]:
    """A body as lines, below its mode if generated files have no such body."""
    if body.mode == "raw":
        return lines(body.text)
    if body.mode == "urlencoded":
        return _pairs(body.fields)
    shown = json.dumps(part(data, body.mode), indent=2, ensure_ascii=False, default=str)
    return (body.mode, *lines(shown))


def _folders(request: recorded.Request, *, public: bool) -> Iterable[str]:
    """The names of the folders of a request.

    A folder in a folder that is named like its scopes only holds their token, and does not count.
    """
    for number, folder in enumerate(request.holders[-2:0:-1]):
        name, auth = words(folder.name), folder.auth
        is_oauth = auth is not None and auth.type == "oauth2"
        scope = auth.parameters.get("scope") if auth and is_oauth else None
        token = scopes_label(str(scope or "").split(), public=public)
        if number == 0 or token != name or not (is_oauth or public):
            yield name


def words(text: str) -> str:
    """A name on one line."""
    return " ".join(text.split())


def _path(typed: str) -> str:
    """A path as a manifest would write it, with `{parameters}`."""
    named = _PARAMETER.sub(r"{\1}", REFERENCE.sub(r"{\1}", typed))
    return f"/{''.join(named.split()).strip('/')}"
