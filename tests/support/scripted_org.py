"""An org on 127.0.0.1 that answers as it is told: for what no well-kept server ever does."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.stub_org import Answer


class Stream(NamedTuple):
    """An answer as bytes on the wire, and the seconds between its pieces."""

    pieces: Iterable[bytes]
    pause: float = 0.03


Asked = Mapping[str, str]
Script = Callable[[Asked], Answer | Stream]
"""From the query and the form of a request, and the `org` that was asked, to its answer."""

ORGANIZATION = "/.well-known/okta-organization"
METADATA = "/.well-known/oauth-authorization-server"
CONFIGURATION = "/.well-known/openid-configuration"
AUTHORIZE = "/oauth2/v1/authorize"
TOKEN = "/oauth2/v1/token"  # noqa: S105 - a path

HTML = Answer(200, "<html><body>Welcome</body></html>", {"Content-Type": "text/html"})


def said(data: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(data), {"Content-Type": "application/json"})


def redirect(location: str) -> Answer:
    return Answer(302, "", {"Location": location})


def metadata(url: str) -> dict[str, object]:
    """What Okta's org server says of itself, as far as the program reads it."""
    return {
        "issuer": url,
        "authorization_endpoint": f"{url}{AUTHORIZE}",
        "token_endpoint": f"{url}{TOKEN}",
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
        "scopes_supported": ["okta.users.read"],
    }


def login_required(asked: Asked) -> Answer:
    query = urlencode({"error": "login_required", "state": asked["state"]})
    return redirect(f"{asked['redirect_uri']}?{query}")


def nothing(_: Asked) -> Answer:
    return Answer(404)


@contextmanager
def scripted_org(
    scripts: Mapping[str, Script] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Run an org for the length of a `with`, and give its URL; it is a good one where not told."""
    server = _Server(("127.0.0.1", 0), _handler(lambda: table))
    url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    table: dict[str, Script] = {
        ORGANIZATION: lambda _: said({"pipeline": "idx"}),
        METADATA: lambda _: said(metadata(url)),
        CONFIGURATION: lambda _: said({"issuer": url}),
        AUTHORIZE: login_required,
        **(scripts or {}),
    }
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Keep quiet: who asked has hung up."""


def _handler(table: Callable[[], Mapping[str, Script]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target = urlsplit(self.path)
            script = table().get(target.path, nothing)
            here = {"org": f"http://{self.headers['Host']}"}
            form = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            answer = script({**here, **dict(parse_qsl(target.query)), **dict(parse_qsl(form))})
            if isinstance(answer, Stream):
                self._stream(answer)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body.encode())))
            self.end_headers()
            self.wfile.write(answer.body.encode())

        do_POST = do_CONNECT = do_GET  # noqa: N815 - http.server's names

        def _stream(self, answer: Stream) -> None:
            with suppress(OSError):  # who asked has hung up
                for piece in answer.pieces:
                    self.wfile.write(piece)
                    time.sleep(answer.pause)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler
