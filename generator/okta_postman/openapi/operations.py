"""The operations of a document: endpoint, scopes, required query and body of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Data
from okta_postman.documents.scalars import scalar_text
from okta_postman.openapi.harmless import harmless, harmless_text
from okta_postman.openapi.nodes import Documents, Node
from okta_postman.openapi.samples import Sampler
from okta_postman.openapi.security import Requirement, Security
from okta_postman.openapi.urls import split
from okta_postman.operation import METHODS, Endpoint, FormBody, JsonBody, Operation, wrong_path
from okta_postman.wording import as_title

_KEYS: Final = {method.lower(): method for method in METHODS}
_NOT_SENT: Final = ("GET", "HEAD")
_JSON: Final = re.compile(
    r"(?:application/(?:[\w.-]+\+)?|text/)json(?:;.*)?|application/\*|\*/\*", re.IGNORECASE
)
_FORM: Final = "application/x-www-form-urlencoded"
_LIFECYCLE: Final = "x-okta-lifecycle"
_RENAME: Final = "give each operation an id of its own"


class Found(NamedTuple):
    """An operation without its scopes, what it requires, and where it stands."""

    operation: Operation
    requirements: tuple[Requirement, ...]
    node: Node


class Reader:
    """Reads the operations of some documents one by one."""

    def __init__(self, documents: Documents, security: Security, *, examples: bool) -> None:
        self._documents, self._security = documents, security
        self._sampler = Sampler(documents, examples=examples)
        self._tags = {
            tag.text("name"): tag.text("x-displayName")
            for tag in documents.root.get("tags").entries()
        }
        self._base = self._base_path(documents.root)
        self._ids: dict[str, Node] = {}
        self._shapes: dict[str, Node] = {}

    def operations(self) -> Iterator[Found]:
        """Every operation that can be used, in the order of the document."""
        for path, said in self._documents.root.get("paths").pairs():
            if not path.startswith("x-"):
                item = self._documents.resolve(said)
                yield from self._of_path(path, said, item) if item else ()

    def _of_path(self, path: str, said: Node, item: Node) -> Iterator[Found]:
        wrong = wrong_path(path)
        if wrong:
            hint = "a path is like `/api/v1/users/{userId}`; its operations are left out"
            self._documents.warn("O009", said, wrong, hint, at_key=True)
            return
        base = self._base_path(item) if item.get("servers").data else self._base
        for key, operation in item.pairs():
            if key in _KEYS and isinstance(operation.data, dict):
                own = self._base_path(operation) if operation.get("servers").data else base
                endpoint = Endpoint(_KEYS[key], f"{own}{path}")
                if self._is_new(endpoint, said, operation):
                    required = self._security.requirements(operation)
                    made = self._operation(endpoint, item, operation)
                    yield Found(made, required, operation)

    def _base_path(self, node: Node) -> str:
        """The path that the first server of a node puts before every other."""
        server = next(node.get("servers").entries(), None)
        url = _server_url(server) if server else ""
        parts = split(url)
        if server and parts is None:
            hint = "correct it; the paths are taken as if nothing stood before them"
            self._documents.warn("O013", server.get("url"), f"`{url}` is not a URL", hint)
        path = parts.path.rstrip("/") if parts and ("://" in url or url.startswith("/")) else ""
        return "" if wrong_path(path) else path

    def _is_new(self, endpoint: Endpoint, said: Node, operation: Node) -> bool:
        first = self._shapes.setdefault(endpoint.shape, operation)
        if first is not operation:
            line = first.document.key(first.path).line
            message = f"`{endpoint}` stands in line {line} already, under another parameter"
            self._documents.warn("O010", said, message, "keep one of them", at_key=True)
            return False
        return True

    def _operation(self, endpoint: Endpoint, item: Node, operation: Node) -> Operation:
        lifecycle = operation.get(_LIFECYCLE).data or item.get(_LIFECYCLE).data or {}
        body, media = self._body(endpoint, operation)
        return Operation(
            endpoint=endpoint,
            id=self._id(operation),
            tag=self._tag(operation),
            lifecycle=str(lifecycle.get("lifecycle", "")) if isinstance(lifecycle, dict) else "",
            deprecated=operation.data.get("deprecated") is True,
            query=self._query(item, operation),
            media=media,
            body=body,
        )

    def _id(self, operation: Node) -> str:
        said = operation.text("operationId")
        first = self._ids.setdefault(said, operation) if said else operation
        if first.data is not operation.data:  # it is where two paths refer to one item
            line = first.document.key((*first.path, "operationId")).line
            message = f"the operation id `{said}` stands in line {line} already"
            self._documents.warn("O010", operation.get("operationId"), message, _RENAME)
        return said

    def _tag(self, operation: Node) -> str:
        """The first tag as people say it: its display name, which Redoc invented, if it has one."""
        tag = next((each.data for each in operation.get("tags").entries()), None)
        if not isinstance(tag, str):
            return ""
        return self._tags.get(tag) or (as_title(tag) if tag.isidentifier() else tag.strip())

    def _query(self, item: Node, operation: Node) -> tuple[tuple[str, str], ...]:
        """The required query parameters; an operation's own before those of its path."""
        found: dict[tuple[str, str], Node] = {}
        for each in (*item.get("parameters").entries(), *operation.get("parameters").entries()):
            parameter = self._documents.resolve(each)
            if parameter and parameter.text("name"):
                found[parameter.text("in"), parameter.text("name")] = parameter
        return tuple(
            (name, self._query_value(parameter))
            for (place, name), parameter in found.items()
            if place == "query" and parameter.data.get("required") is True
        )

    def _query_value(self, parameter: Node) -> str:
        """A value to begin with; empty where the schema allows any text."""
        value = self._sampler.of_media(parameter)
        if isinstance(value, list):
            value = value[0] if value else None
        empty = value in (None, "string") or isinstance(value, dict)
        return "" if empty else harmless_text(scalar_text(value), parameter.text("name"))

    def _body(self, endpoint: Endpoint, operation: Node) -> tuple[JsonBody | FormBody | None, str]:
        """The body of an operation, if it is one that can be written, and its media type."""
        said = operation.get("requestBody")
        found = self._documents.resolve(said) if said.data else None
        medias = dict(found.get("content").pairs()) if found else {}
        if not medias or endpoint.method in _NOT_SENT:
            return None, ""
        json_medias = filter(_JSON.fullmatch, medias)
        chosen = min(json_medias, key=lambda media: "*" in media, default=None)
        if chosen is not None:
            sample = _parsed(self._sampler.of_media(medias[chosen]))
            media = "application/json" if "*" in chosen else chosen
            return (None if sample is None else JsonBody(harmless(sample))), media
        if _FORM in medias:
            return _form(self._sampler.of_media(medias[_FORM])), _FORM
        return None, next(iter(medias))


def _server_url(server: Node) -> str:
    """The URL of a server with the defaults of its variables; Okta's own stay as they are."""
    url = server.text("url")
    for name, variable in server.get("variables").pairs():
        url = url.replace(f"{{{name}}}", variable.text("default"))
    return url


def _parsed(sample: Data) -> Data:
    """A sample that somebody wrote as the JSON text that it stands for."""
    if isinstance(sample, str) and sample.lstrip()[:1] in ("{", "["):
        try:
            parsed: Data = json.loads(sample)
        except ValueError:
            return sample
        return parsed
    return sample


def _form(sample: Data) -> FormBody | None:
    if not isinstance(sample, dict):
        return None
    return FormBody(tuple(harmless({key: _text(each) for key, each in sample.items()}).items()))


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value) if isinstance(value, dict | list) else scalar_text(value)
