"""The servers of a document: their URLs with the defaults of their variables, and their hosts."""

from __future__ import annotations

from okta_postman.documents.scalars import scalar_text
from okta_postman.okta.org_url import is_okta_host, split_url
from okta_postman.openapi.nodes import Node


def server_url(server: Node) -> str:
    """The URL of a server with the defaults of its variables; one without a default stays."""
    url = server.text("url")
    for name, variable in server.get("variables").pairs():
        default = variable.get("default").data
        if isinstance(default, str | int | float) and default != "":
            url = url.replace(f"{{{name}}}", scalar_text(default))
    return url


def host_of(node: Node) -> str:
    """Scheme and host of the first server of a node; empty if it has none, or only a placeholder.

    A variable host in a domain of Okta's stands for every customer's org.
    """
    server = next(node.get("servers").entries(), None)
    url = server_url(server) if server else ""
    parts = split_url(url) if "://" in url else None
    if server is None or parts is None or "{" in parts.netloc:
        return ""
    written = split_url(server.text("url"))
    is_placeholder = written is None or (
        "{" in written.netloc and is_okta_host(parts.hostname or "")
    )
    return "" if is_placeholder else f"{parts.scheme}://{parts.netloc}"
