"""OpenAPI documents for tests: the head that all of them share, and what is read of them."""

from __future__ import annotations

from collections.abc import Mapping

from okta_postman.commands import import_openapi
from okta_postman.openapi.api import Api
from okta_postman.operation import Operation
from okta_postman.problems import Checked, UserError

HEAD = """\
openapi: 3.1.0
info: {title: Orders, version: "7"}
servers: [{url: https://api.example.com/v2}]
components:
  securitySchemes:
    key: {type: apiKey, name: X-Key, in: header}
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.example.com/authorize
          tokenUrl: https://login.example.com/token
          scopes: {orders.read: Read, orders.manage: Change}
"""


def api(text: str, beside: Mapping[str, str] | None = None) -> tuple[Api, tuple[Checked, ...]]:
    """What is read of a document, and everything found in it and in the files beside it."""

    def read(name: str) -> bytes:
        if name not in (beside or {}):
            raise UserError(f"{name}: no such file or directory")
        return (beside or {})[name].encode()

    found, checked = import_openapi.api("orders.yaml", text.encode(), read)
    assert found is not None, checked
    return found, checked


def operations(text: str, beside: Mapping[str, str] | None = None) -> tuple[Operation, ...]:
    """The operations of a document without any problem."""
    found, checked = api(text, beside)
    assert [each.problems for each in checked if each.problems] == []
    return found.operations


def operation(text: str, beside: Mapping[str, str] | None = None) -> Operation:
    """The only operation of a document without any problem."""
    (only,) = operations(text, beside)
    return only
