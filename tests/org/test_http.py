"""The time limit of a request, which holds whatever an org sends, and however slowly."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okta_postman.cli.app import app
from okta_postman.org.http import Http
from okta_postman.org.problem import OrgError
from tests.support.scripted_org import (
    AUTHORIZE,
    CONFIGURATION,
    METADATA,
    ORGANIZATION,
    TOKEN,
    Stream,
    scripted_org,
)

LIMIT = 0.4
MARGIN = 0.8
"""Seconds that a machine with other work may take to notice."""

PIECES = 80
"""Pieces of an answer by the drop, which takes some seconds in all."""

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = OK + b"Content-Encoding: gzip\r\n\r\n"
EMPTY_CHUNK = gzip.compress(b"")


def drops(beginning: bytes, piece: bytes) -> Callable[[], Iterable[bytes]]:
    return lambda: chain((beginning,), repeat(piece, PIECES))


SLOW: dict[str, Callable[[], Iterable[bytes]]] = {
    "no answer": drops(b"", b""),
    "a status line by the drop": drops(b"HTTP/1.1 200 ", b"O"),
    "a header by the drop": drops(OK + b"X-Long: ", b"x"),
    "headers by the drop": drops(OK, b"X-More: x\r\n"),
    "100 Continue by the drop": drops(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body by the drop": drops(OK + b"Content-Length: 4000\r\n\r\n", b" "),
    "a body without end": drops(OK + b"\r\n", b" "),
    "chunks by the drop": drops(CHUNKED, b"1\r\n \r\n"),
    "the size of a chunk by the drop": drops(CHUNKED, b"0"),
    "the extension of a chunk by the drop": drops(CHUNKED + b"1;", b"x"),
    "a trailer by the drop": drops(CHUNKED + b"0\r\nX-Trailer: ", b"x"),
    "empty gzip members by the drop": drops(GZIPPED, EMPTY_CHUNK),
    "a redirect by the drop": drops(b"HTTP/1.1 302 Found\r\nLocation: /", b"x"),
    "a failure by the drop": drops(b"HTTP/1.1 503 Unavailable\r\nX-Long: ", b"x"),
    "a rate limit by the drop": drops(b"HTTP/1.1 429 Too Many\r\nRetry-After: 0\r\nX: ", b"x"),
}


@contextmanager
def in_time(limit: float = LIMIT) -> Iterator[None]:
    """Fail if the block takes longer than the limit."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < limit + MARGIN


@pytest.mark.parametrize("pieces", SLOW.values(), ids=list(SLOW))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_ends_in_time(pieces: Callable[[], Iterable[bytes]], method: str) -> None:
    http = Http(LIMIT)
    with (
        scripted_org({TOKEN: lambda _: Stream(pieces())}) as url,
        in_time(),
        pytest.raises(OrgError, match=r"D002: .* within 0\.4 seconds"),
    ):
        http.get(url + TOKEN) if method == "GET" else http.post(url + TOKEN, "grant_type=x")


def test_a_flood_of_interim_answers_ends_in_time() -> None:
    flood = repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 100_000)
    with (
        scripted_org({TOKEN: lambda _: Stream(flood, pause=0)}) as url,
        in_time(),
        pytest.raises(OrgError, match="D002"),
    ):
        Http(LIMIT).get(f"{url}{TOKEN}")


def test_a_tls_handshake_by_the_drop_ends_in_time() -> None:
    record = b"\x16\x03\x03\x40\x00"
    with (
        dripping(record) as port,
        in_time(),
        pytest.raises(OrgError, match="D002"),
    ):
        Http(LIMIT).get(f"https://127.0.0.1:{port}/")


def test_a_proxy_that_answers_by_the_drop_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "nowhere.example")
    with dripping(b"HTTP/1.1 200 ") as port:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        with in_time(), pytest.raises(OrgError, match="D002"):
            Http(LIMIT).get("https://acme.okta.com/")


def test_a_rate_limit_is_waited_for_within_the_time_limit_and_no_longer() -> None:
    limited = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"
    with (
        scripted_org({TOKEN: lambda _: Stream([limited])}) as url,
        in_time(),
        pytest.raises(OrgError, match="D004"),
    ):
        Http(LIMIT).get(f"{url}{TOKEN}")


def test_a_defect_in_the_thread_that_asks_is_not_lost() -> None:
    with scripted_org() as url, pytest.raises(TypeError, match="body"):
        Http(LIMIT).post(url, 5)  # type: ignore[arg-type]


@contextmanager
def dripping(beginning: bytes) -> Iterator[int]:
    """A server that sends this and then a byte at a time, for some seconds; yields its port."""

    def drip(server: socket.socket) -> None:
        accepted, _ = server.accept()
        with accepted:
            accepted.recv(4096)
            try:
                accepted.sendall(beginning)
                for _ in range(PIECES):
                    accepted.sendall(b"x")
                    time.sleep(0.03)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


MANIFEST = """\
version: 1
name: Okta users
org: {org}
app: {{client_id: 0oafine}}
redirect_uri: http://localhost:8080/callback
scopes:
  okta.users.read:
    - GET /api/v1/users
"""


@pytest.mark.parametrize("path", [ORGANIZATION, METADATA, CONFIGURATION, AUTHORIZE])
def test_doctor_ends_in_time_whatever_endpoint_is_slow(path: str, tmp_path: Path) -> None:
    file = tmp_path / "users.yaml"
    with scripted_org({path: lambda _: Stream(SLOW["a header by the drop"]())}) as url:
        file.write_text(MANIFEST.format(org=url), encoding="utf-8")
        with in_time(LIMIT + 1):  # the other endpoints are asked, too
            ended = CliRunner().invoke(app, ["doctor", str(file), "--timeout", str(LIMIT)])
    assert "error[D002]" in ended.stdout, ended.output
    assert ended.exit_code == 3
