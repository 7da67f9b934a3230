"""A stand-in for an Okta org on 127.0.0.1 that judges tokens and scopes as Okta's does."""

from __future__ import annotations

import functools
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.support.tokens import claims_of, scopes_of

Endpoint = tuple[str, str]
"""Method in capitals and path template, such as `("GET", "/api/v1/users/{userId}")`."""


@dataclass(frozen=True)
class Answer:
    """What the org says to one request."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A request that reached the org and the status it got; header names are in lower case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: str
    status: int


@dataclass(frozen=True)
class StubOrg:
    """The running org: where it is, what it demands and what it has been asked."""

    url: str
    scope_map: Mapping[Endpoint, frozenset[str]]
    answers: Mapping[Endpoint, Answer]
    seen: list[Seen] = field(default_factory=list)

    def answer(self, method: str, path: str, authorization: str) -> Answer:
        """The answer to a request, not yet recorded."""
        fixed = _endpoint(self.answers, method, path)
        if fixed:
            return self.answers[fixed]
        token = _bearer(authorization)
        if token is None:
            return error(401, "E0000011", "Invalid token provided")
        endpoint = _endpoint(self.scope_map, method, path)
        if endpoint is None:
            return error(404, "E0000007", f"Not found: Resource not found: {path}")
        missing = self.scope_map[endpoint] - (scopes_of(token) or frozenset())
        if missing:
            return _insufficient_scope(self.url, path, min(missing))
        one_object = method != "GET" or endpoint[1].endswith("}")
        return _json(200, {} if one_object else [])


@contextmanager
def stub_org(
    scope_map: Mapping[Endpoint, frozenset[str]],
    answers: Mapping[Endpoint, Answer] | None = None,
) -> Iterator[StubOrg]:
    """Run an org for the length of a `with`: each endpoint demands all of its scopes."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.org = StubOrg(f"http://127.0.0.1:{server.server_port}", scope_map, answers or {})
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.org
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def error(status: int, code: str, summary: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An error in Okta's own JSON shape."""
    body = {
        "errorCode": code,
        "errorSummary": summary,
        "errorLink": code,
        "errorId": "oae-example-Error0Id",
        "errorCauses": [],
    }
    return _json(status, body, headers)


def missing_role() -> Answer:
    """The answer to a token with the scope whose user lacks the admin role."""
    summary = "You do not have permission to perform the requested action"
    return error(403, "E0000006", summary)


def too_many_requests(reset_in: int = 30) -> Answer:
    """The answer past a rate limit that is lifted in `reset_in` seconds."""
    headers = {
        "X-Rate-Limit-Limit": "600",
        "X-Rate-Limit-Remaining": "0",
        "X-Rate-Limit-Reset": str(int(time.time()) + reset_in),
    }
    summary = "API call exceeded rate limit due to too many requests."
    return error(429, "E0000047", summary, headers)


def _json(status: int, body: object, headers: Mapping[str, str] | None = None) -> Answer:
    kind = {"Content-Type": "application/json"}
    return Answer(status, json.dumps(body), {**kind, **(headers or {})})


def _insufficient_scope(url: str, path: str, scope: str) -> Answer:
    realm = "http://" + urlsplit(url).netloc
    parameters = {
        "authorization_uri": f"{realm}/oauth2/v1/authorize",
        "realm": realm,
        "scope": scope,
        "error": "insufficient_scope",
        "error_description": "The access token provided does not contain the required scopes.",
        "resource": path,
    }
    challenge = ", ".join(f'{name}="{value}"' for name, value in parameters.items())
    return Answer(403, "", {"WWW-Authenticate": f"Bearer {challenge}"})


def _bearer(authorization: str) -> str | None:
    scheme, _, token = authorization.partition(" ")
    claims = claims_of(token) if scheme.lower() == "bearer" else None
    return token if claims and claims.get("exp", 0) > time.time() else None


def _endpoint(table: Mapping[Endpoint, object], method: str, path: str) -> Endpoint | None:
    fitting = [key for key in table if key[0] == method and _fits(key[1], path)]
    return min(fitting, key=_parameters, default=None)


def _fits(template: str, path: str) -> bool:
    return _pattern(template).fullmatch(path) is not None


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^{}]+\}", template)
    return re.compile("[^/]+".join(map(re.escape, parts)))


def _parameters(endpoint: Endpoint) -> list[bool]:
    # False sorts first, so the leftmost literal segment decides.
    return ["{" in segment for segment in endpoint[1].split("/")]


class _Server(ThreadingHTTPServer):
    org: StubOrg


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # or each answer would wait for the client to acknowledge its head

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        target = urlsplit(self.path)
        authorization = self.headers.get("Authorization") or ""
        answer = self.server.org.answer(self.command, target.path, authorization)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = tuple(parse_qsl(target.query, keep_blank_values=True))
        self.server.org.seen.append(
            Seen(self.command, target.path, query, headers, body, answer.status)
        )
        self._reply(answer)

    def _reply(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("X-Okta-Request-Id", "example-request-id")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _handle  # noqa: N815 (http.server's names)

    def log_message(self, *_: object) -> None:
        """Keep quiet: what was asked is in `seen`."""
