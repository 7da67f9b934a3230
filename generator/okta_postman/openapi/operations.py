"""The operations of a document, with endpoint, security, required query and body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from okta_postman.documents.data import Data
from okta_postman.documents.json_text import json_data
from okta_postman.documents.scalars import scalar_text
from okta_postman.okta.org_url import split_url
from okta_postman.openapi.hosts import is_other_host, main_origin, origin, server_of, server_url
from okta_postman.openapi.nodes import Documents, Node
from okta_postman.openapi.samples import Sampler, without_credentials
from okta_postman.openapi.security import Requirement, Security
from okta_postman.operation import METHODS, Endpoint, FormBody, JsonBody, Operation, wrong_path
from okta_postman.wording import as_title

_METHODS: Final = {method.lower(): method for method in METHODS}
_NOT_SENT: Final = ("GET", "HEAD")
_JSON: Final = re.compile(
    r"(?:application/(?:[\w.-]+\+)?|text/)json(?:;.*)?|application/\*|\*/\*", re.IGNORECASE
)
_FORM: Final = "application/x-www-form-urlencoded"
_LIFECYCLE: Final = "x-okta-lifecycle"
_RENAME: Final = "give each operation its own ID"


class ReadOperation(NamedTuple):
    """An operation, still without scopes, with its security requirements and its node."""

    operation: Operation
    requirements: tuple[Requirement, ...]
    node: Node


class OperationReader:
    """Reads the operations of a document one by one."""

    def __init__(self, documents: Documents, security: Security, *, examples: bool) -> None:
        self._documents, self._security = documents, security
        self._sampler = Sampler(documents, examples=examples)
        self._tags = {
            tag.text("name"): tag.text("x-displayName")
            for tag in documents.root.get("tags").entries()
        }
        self._main = main_origin(documents)
        self._base, _ = self._base_of(documents.root)
        self._ids: dict[str, Node] = {}
        self._shapes: dict[str, Node] = {}

    def operations(self) -> Iterator[ReadOperation]:
        """Every operation that can be used, in the order of the document."""
        for path, node in self._documents.root.get("paths").pairs():
            if not path.startswith("x-"):
                item = self._documents.resolve(node)
                yield from self._of_path(path, node, item) if item else ()

    def _of_path(self, path: str, node: Node, item: Node) -> Iterator[ReadOperation]:
        """The operations of a path; `item` is what its node refers to, or the node itself."""
        mistake = wrong_path(path)
        if mistake:
            hint = "write it like `/api/v1/users/{userId}`; its operations are not imported"
            self._documents.warn("O009", node, mistake, hint, at_key=True)
            return
        base = self._base_of(item) if item.get("servers").data else (self._base, "")
        for key, operation in item.pairs():
            if key in _METHODS and isinstance(operation.data, dict):
                has_servers = operation.get("servers").data
                own, host = self._base_of(operation) if has_servers else base
                endpoint = Endpoint(_METHODS[key], f"{own}{path}")
                if self._is_new(endpoint, node, operation):
                    requirements = self._security.requirements(operation)
                    without_scopes = self._operation(endpoint, item, operation)
                    yield ReadOperation(without_scopes._replace(host=host), requirements, operation)

    def _base_of(self, node: Node) -> tuple[str, str]:
        """The path of the server of a node, which all paths begin with, and its host.

        The host is empty if it is that of the document.
        """
        server = server_of(node, self._main)
        url = server_url(server) if server else ""
        parts = split_url(url)
        if server and parts is None:
            hint = "correct it; paths are imported without the path of this server"
            self._documents.warn("O013", server.get("url"), f"`{url}` is not a URL", hint)
        path = parts.path.rstrip("/") if parts and ("://" in url or url.startswith("/")) else ""
        own = origin(server) if server else ""
        host = own if is_other_host(own, self._main) else ""
        return "" if wrong_path(path) else path, host

    def _is_new(self, endpoint: Endpoint, node: Node, operation: Node) -> bool:
        """Whether no earlier path has this endpoint; a problem if one has."""
        first = self._shapes.setdefault(endpoint.shape, operation)
        if first is not operation:
            line = first.document.key(first.path).line
            message = f"`{endpoint}` is on line {line} too, with another parameter name"
            self._documents.warn("O010", node, message, "keep one of them", at_key=True)
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
        """The ID of an operation; a problem if an earlier one has it."""
        operation_id = operation.text("operationId")
        first = self._ids.setdefault(operation_id, operation) if operation_id else operation
        if first.data is not operation.data:  # it is where two paths refer to one item
            line = first.document.key((*first.path, "operationId")).line
            message = f"operation ID `{operation_id}` is on line {line} too"
            self._documents.warn("O010", operation.get("operationId"), message, _RENAME)
        return operation_id

    def _tag(self, operation: Node) -> str:
        """The first tag as a title; `x-displayName`, an extension of Redoc, comes first."""
        tag = next((entry.data for entry in operation.get("tags").entries()), None)
        if not isinstance(tag, str):
            return ""
        return self._tags.get(tag) or (as_title(tag) if tag.isidentifier() else tag.strip())

    def _query(self, item: Node, operation: Node) -> tuple[tuple[str, str], ...]:
        """The required query parameters; those of an operation override those of its path."""
        parameters: dict[tuple[str, str], Node] = {}
        for node in (*item.get("parameters").entries(), *operation.get("parameters").entries()):
            parameter = self._documents.resolve(node)
            if parameter and parameter.text("name"):
                parameters[parameter.text("in"), parameter.text("name")] = parameter
        return tuple(
            (name, self._query_value(parameter))
            for (location, name), parameter in parameters.items()
            if location == "query" and parameter.data.get("required") is True
        )

    def _query_value(self, parameter: Node) -> str:
        """A sample value; empty if the schema allows any string."""
        value = self._sampler.of_media(parameter)
        if isinstance(value, list):
            value = value[0] if value else None
        empty = value in (None, "string") or isinstance(value, dict)
        if empty:
            return ""
        text: str = without_credentials(scalar_text(value), parameter.text("name"))
        return text

    def _body(self, endpoint: Endpoint, operation: Node) -> tuple[JsonBody | FormBody | None, str]:
        """The body and media type of an operation; the body is None if a manifest can't have it."""
        node = operation.get("requestBody")
        request_body = self._documents.resolve(node) if node.data else None
        content = dict(request_body.get("content").pairs()) if request_body else {}
        if not content or endpoint.method in _NOT_SENT:
            return None, ""
        json_types = filter(_JSON.fullmatch, content)
        json_type = min(json_types, key=lambda media_type: "*" in media_type, default=None)
        if json_type is not None:
            sample = _parsed(self._sampler.of_media(content[json_type]))
            body = None if sample is None else JsonBody(without_credentials(sample))
            return body, "application/json" if "*" in json_type else json_type
        if _FORM in content:
            return _form(self._sampler.of_media(content[_FORM])), _FORM
        return None, next(iter(content))


def _parsed(sample: Data) -> Data:
    """A sample, parsed if it is a string of JSON, as some documents write them."""
    if isinstance(sample, str) and sample.lstrip()[:1] in ("{", "["):
        try:
            return json_data(sample)
        except ValueError:
            return sample
    return sample


def _form(sample: Data) -> FormBody | None:
    """The fields of a sample, as strings; None if it is not an object."""
    if not isinstance(sample, dict):
        return None
    fields = without_credentials({key: _text(value) for key, value in sample.items()})
    return FormBody(tuple(fields.items()))


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value) if isinstance(value, dict | list) else scalar_text(value)
