"""Waits on a loopback redirect URI for the browser, which brings the answer to a sign-in."""

from __future__ import annotations

import contextlib
import errno
import queue
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from okta_postman.org.finding import OrgError
from okta_postman.org.login import nobody_came
from okta_postman.problems import UserError

_ADDRESSES: Final = {
    "127.0.0.1": ((socket.AF_INET, "127.0.0.1"),),
    "::1": ((socket.AF_INET6, "::1"),),
    # A browser may try either.
    "localhost": ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")),
}
# Not every machine has IPv6.
_NO_SUCH_ADDRESS: Final = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
_HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def is_loopback(redirect_uri: str) -> bool:
    """Whether this machine can wait there; https would need a certificate.

    Source: RFC 8252, 7.3.
    """
    parts = urlsplit(redirect_uri)
    return parts.scheme == "http" and parts.hostname in _ADDRESSES


@contextlib.contextmanager
def listening(redirect_uri: str, state: str, page: str) -> Iterator[Callable[[float], str]]:
    """Listen on a loopback redirect URI for the length of a `with`.

    Yields a function that waits for so many seconds and gives the address that the browser came to
    with the state, which sees the page; OrgError if none came. Raises UserError if the port
    cannot be used.
    """
    parts = urlsplit(redirect_uri)
    came: queue.SimpleQueue[str] = queue.SimpleQueue()
    handler = _handler(parts.path or "/", state, page, came)
    servers = _servers(parts.hostname or "", parts.port or 80, handler)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()

    def first(seconds: float) -> str:
        try:
            return came.get(timeout=seconds)
        except queue.Empty:
            raise OrgError(nobody_came(seconds)) from None

    try:
        yield first
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows it would let two programs have one port; elsewhere, use a port again at once.
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever came has hung up."""


class _Server6(_Server):
    address_family = socket.AF_INET6


def _servers(host: str, port: int, handler: type[BaseHTTPRequestHandler]) -> list[_Server]:
    servers: list[_Server] = []
    for family, address in _ADDRESSES[host]:
        kind = _Server6 if family == socket.AF_INET6 else _Server
        try:
            servers.append(kind((address, port), handler))
        except OSError as error:
            if servers and error.errno in _NO_SUCH_ADDRESS:
                continue
            for server in servers:
                server.server_close()
            # Whoever has the other address would receive the code.
            reason = (error.strerror or str(error)).lower()
            raise UserError(
                f"cannot wait for the browser on port {port} of {address}: {reason}; end the "
                "program that uses the port, or register and write a redirect URI with another one"
            ) from None
    return servers


def _handler(
    path: str, state: str, page: str, came: queue.SimpleQueue[str]
) -> type[BaseHTTPRequestHandler]:
    """A handler that notes who comes to the path with the state; anyone else may come in vain."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = _status(self.path, path, state)
            body = page.encode() if status == HTTPStatus.OK else status.phrase.encode()
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            if status == HTTPStatus.OK:
                came.put(self.path)

        def log_message(self, *_: object) -> None:
            """Say nothing: the path holds the code."""

    return Handler


def _status(asked: str, path: str, state: str) -> HTTPStatus:
    """What a request is answered with; browsers ask for an icon too.

    Source of the state: RFC 6749, 10.12.
    """
    there, _, query = asked.partition("?")
    if there != path:
        return HTTPStatus.NOT_FOUND
    expected = parse_qs(query).get("state") == [state]
    return HTTPStatus.OK if expected else HTTPStatus.BAD_REQUEST
