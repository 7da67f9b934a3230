"""A listener on a loopback redirect URI, which receives the response to a sign-in."""

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

from okta_postman.org.problem import OrgError
from okta_postman.org.token import timed_out
from okta_postman.problems import UserError

_ADDRESSES: Final = {
    "127.0.0.1": ((socket.AF_INET, "127.0.0.1"),),
    "::1": ((socket.AF_INET6, "::1"),),
    # A browser may use either address.
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
    """Whether this program can listen at a redirect URI; https would need a certificate.

    Source: RFC 8252, 7.3.
    """
    parts = urlsplit(redirect_uri)
    return parts.scheme == "http" and parts.hostname in _ADDRESSES


@contextlib.contextmanager
def listening(redirect_uri: str, state: str, page: str) -> Iterator[Callable[[float], str]]:
    """Listen on a loopback redirect URI for the length of a `with`.

    Yields a function: it waits for a number of seconds, and returns the path and query of the first
    request that has `state`, or raises OrgError if there was none. The browser gets `page`.
    Raises UserError if the port cannot be used.
    """
    parts = urlsplit(redirect_uri)
    received: queue.SimpleQueue[str] = queue.SimpleQueue()
    handler = _handler(parts.path or "/", state, page, received)
    servers = _servers(parts.hostname or "", parts.port or 80, handler)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()

    def first(seconds: float) -> str:
        try:
            return received.get(timeout=seconds)
        except queue.Empty:
            raise OrgError(timed_out(seconds)) from None

    try:
        yield first
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows, two programs could share one port; elsewhere, a port can be reused at once.
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, *_: object) -> None:
        """Ignore it: the client closed the connection."""


class _Server6(_Server):
    address_family = socket.AF_INET6


def _servers(host: str, port: int, handler: type[BaseHTTPRequestHandler]) -> list[_Server]:
    """A server for each address of a host; raises UserError if a port of one is in use."""
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
            # The program that listens on the other address could receive the code.
            reason = (error.strerror or str(error)).lower()
            raise UserError(
                f"can't listen on port {port} of {address}: {reason}; stop the program that uses "
                "the port, or register a redirect URI with another port and write it into the "
                "manifest"
            ) from None
    return servers


def _handler(
    path: str, state: str, page: str, received: queue.SimpleQueue[str]
) -> type[BaseHTTPRequestHandler]:
    """A handler that keeps each request for `path` with `state`, and refuses all others."""

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
                received.put(self.path)

        def log_message(self, *_: object) -> None:
            """Log nothing: the path contains the code."""

    return Handler


def _status(target: str, path: str, state: str) -> HTTPStatus:
    """The status for a request; browsers request an icon too.

    Source of the state: RFC 6749, 10.12.
    """
    target_path, _, query = target.partition("?")
    if target_path != path:
        return HTTPStatus.NOT_FOUND
    expected = parse_qs(query).get("state") == [state]
    return HTTPStatus.OK if expected else HTTPStatus.BAD_REQUEST
