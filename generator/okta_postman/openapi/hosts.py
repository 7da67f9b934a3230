"""The servers of a document: their URLs with the defaults of their variables, and their hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from okta_postman.documents.scalars import scalar_text
from okta_postman.okta.org_url import is_okta_host, split_url
from okta_postman.openapi.nodes import Documents, Node
from okta_postman.operation import METHODS

_METHODS: Final = frozenset(method.lower() for method in METHODS)


def server_url(server: Node) -> str:
    """The URL of a server with the defaults of its variables; one without a default stays."""
    url = server.text("url")
    for name, variable in server.get("variables").pairs():
        default = variable.get("default").data
        if isinstance(default, str | int | float) and default != "":
            url = url.replace(f"{{{name}}}", scalar_text(default))
    return url


def origin(server: Node) -> str:
    """Scheme and host of a server, also of one that only shows what they look like."""
    url = server_url(server)
    parts = split_url(url) if "://" in url else None
    return f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else ""


def main_origin(documents: Documents) -> str:
    """Scheme and host of a document: of its first server, or else of most operations."""
    first = next(documents.root.get("servers").entries(), None)
    main = origin(first) if first else ""
    if main:
        return main
    counts = Counter(filter(None, map(origin, _servers_below(documents))))
    return max(counts, key=counts.__getitem__, default="")


def server_of(node: Node, main: str) -> Node | None:
    """The server of a node that is on the host of the document, or else its first one."""
    servers = list(node.get("servers").entries())
    same = (server for server in servers if not is_other_host(origin(server), main))
    return next(same, servers[0] if servers else None)


def is_other_host(own: str, main: str) -> bool:
    """Whether a server is on another host than the document; a relative one is on the same."""
    return bool(own) and _host(own) != _host(main)


def is_placeholder(documents: Documents, main: str) -> bool:
    """Whether the host of a document stands for those of its users.

    A variable host in a domain of Okta's does, and so does one without a default.
    """
    first = next(documents.root.get("servers").entries(), None)
    written = split_url(first.text("url")) if first else None
    is_variable = bool(written and "{" in written.netloc)
    return "{" in main or (is_variable and is_okta_host(_host(main)))


def _servers_below(documents: Documents) -> Iterator[Node]:
    """The first server of each path and operation that has servers."""
    for _, node in documents.root.get("paths").pairs():
        item = documents.resolve(node) or node
        operations = [operation for key, operation in item.pairs() if key in _METHODS]
        for part in (item, *operations):
            yield from list(part.get("servers").entries())[:1]


def _host(url: str) -> str:
    return url.partition("://")[2].lower()
