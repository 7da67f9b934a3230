"""A server on 127.0.0.1 that answers every request with 200 and keeps the bytes that arrived."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"


@dataclass(frozen=True)
class Arrived:
    """A request as it came over the wire; header names are in lower case."""

    method: str
    target: str
    headers: tuple[tuple[str, bytes], ...]
    body: bytes

    def header(self, name: str) -> bytes | None:
        """The value of a header, or None without it."""
        return dict(self.headers).get(name.lower())


@dataclass(frozen=True)
class EchoServer:
    """The running server: where it is, and what has arrived."""

    url: str
    arrived: list[Arrived] = field(default_factory=list)


@contextmanager
def echo_server() -> Iterator[EchoServer]:
    """Run a server for the length of a `with`."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.echo = EchoServer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.echo
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    echo: EchoServer


class _Handler(socketserver.StreamRequestHandler):
    """Takes requests until the client closes; http.server would split targets at white space."""

    server: _Server

    def handle(self) -> None:
        while line := self.rfile.readline():
            method, _, rest = line.decode("latin-1").rstrip("\r\n").partition(" ")
            headers = tuple(iter(self._header, None))
            body = self.rfile.read(int(dict(headers).get("content-length", b"0")))
            target = rest.removesuffix(" HTTP/1.1")
            self.server.echo.arrived.append(Arrived(method, target, headers, body))
            self.wfile.write(_HEAD if method == "HEAD" else _HEAD + b"{}")

    def _header(self) -> tuple[str, bytes] | None:
        line = self.rfile.readline().rstrip(b"\r\n")
        if not line:
            return None
        name, _, value = line.partition(b":")
        return name.decode("latin-1").lower(), value.strip(b" \t")
