"""The HTTP client, the only one: requests to an org, and the problem if it does not respond.

Certificates are verified with the trust store of the system, where companies add their own CA;
proxies come from the environment (HTTPS_PROXY, NO_PROXY) or from the system.
"""

from __future__ import annotations

import functools
import json
import ssl
import threading
import time
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any, Final, NamedTuple, NoReturn
from urllib.parse import unquote, urlencode, urlsplit

import truststore
import urllib3
from urllib3.exceptions import (
    HTTPError,
    NewConnectionError,
    ProxyError,
    ProxySchemeUnknown,
    SSLError,
)
from urllib3.exceptions import TimeoutError as TimedOut

from okta_postman.org.no_response import (
    out_of_order,
    proxy_failed,
    rate_limited,
    too_slow,
    unreachable,
    untrusted,
)
from okta_postman.org.problem import OrgError

_LONGEST: Final = 24 * 60 * 60.0
_LARGEST: Final = 1024 * 1024
_TOO_MANY: Final = 429
_FAILURE: Final = 500


class Response(NamedTuple):
    """What an org returned; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def data(self) -> dict[str, Any] | None:
        """The JSON object in the body, or None if there is none."""
        try:
            data = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return data if isinstance(data, dict) else None

    @property
    def location(self) -> str | None:
        """Where a redirect leads, or None if this is no redirect."""
        return self.headers.get("location") if self.status // 100 == 3 else None  # noqa: PLR2004


@dataclass(frozen=True)
class Http:
    """A client with a time limit in seconds for each request; it follows no redirect.

    The limit covers all of a request, from the name of the host to the end of the body, and the
    wait for a rate limit to be lifted.
    """

    timeout: float = 10.0

    def get(self, url: str, query: Mapping[str, str] | None = None) -> Response:
        """The response to a GET request.

        Raises OrgError if there is none, if the org limits the rate for long, or if it fails.
        """
        return self._request("GET", f"{url}?{urlencode(query)}" if query else url, None)

    def post(self, url: str, form: str) -> Response:
        """The response to a POST request with an encoded form; raises OrgError like `get`."""
        return self._request("POST", url, form)

    def _request(self, method: str, url: str, form: str | None) -> Response:
        deadline = time.monotonic() + self.timeout
        response = self._in_time(deadline, method, url, form)
        wait = _wait(response)
        if response.status == _TOO_MANY and time.monotonic() + wait < deadline:
            time.sleep(wait)
            response = self._in_time(deadline, method, url, form)
        if response.status == _TOO_MANY:
            raise OrgError(rate_limited(url, _wait(response)))
        if response.status >= _FAILURE:
            raise OrgError(out_of_order(url, response.status))
        return response

    def _in_time(self, deadline: float, method: str, url: str, form: str | None) -> Response:
        """The response, or OrgError at the deadline, whatever the org does until then.

        A socket's own time limit starts again with every byte. So a thread of its own talks to the
        org, and this one stops waiting for it.
        """
        response: Future[Response] = Future()

        def request() -> None:
            try:
                response.set_result(self._once(deadline, method, url, form))
            except BaseException as error:  # noqa: BLE001 - raised again in the other thread
                response.set_exception(error)

        threading.Thread(target=request, daemon=True).start()
        try:
            return response.result(deadline - time.monotonic())
        except TimeoutError:
            raise OrgError(too_slow(url, self.timeout)) from None

    def _once(self, deadline: float, method: str, url: str, form: str | None) -> Response:
        headers = {"Accept": "application/json", "User-Agent": _user_agent()}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            response = _pool_for(url).request(
                method,
                url,
                body=form,
                headers=headers,
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(total=self.timeout),
                preload_content=False,
            )
            body = _body(response, deadline)
        except (HTTPError, OSError) as error:
            self._raise(url, error)
        response_headers = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status, response_headers, body.decode(errors="replace"))

    def _raise(self, url: str, error: Exception) -> NoReturn:
        """Raise OrgError for an error of urllib3."""
        if isinstance(error, (ProxyError, ProxySchemeUnknown)):
            raise OrgError(proxy_failed(url, error)) from None
        if isinstance(error, SSLError) and isinstance(error.args[0], ssl.SSLCertVerificationError):
            raise OrgError(untrusted(url, error.args[0])) from None
        # To urllib3, a host name that cannot be resolved is a connection that timed out.
        if isinstance(error, TimedOut) and not isinstance(error, NewConnectionError):
            raise OrgError(too_slow(url, self.timeout)) from None
        raise OrgError(unreachable(url, error)) from None


def _body(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """The body of a response, as much as is read of one by the deadline."""
    body = b""
    try:
        while len(body) <= _LARGEST and (part := response.read1(65536)):
            body += part
            if time.monotonic() > deadline:
                raise TimedOut
    finally:
        response.close()
    return body


@functools.cache
def _user_agent() -> str:
    return f"okta-postman/{version('okta-postman')}"


def _proxy(url: str) -> tuple[str | None, bool]:
    """The proxy for a URL, if any, and whether TLS is needed."""
    parts = urlsplit(url)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy is None or urllib.request.proxy_bypass(parts.hostname or ""):
        return None, parts.scheme == "https"
    return (proxy if "://" in proxy else f"http://{proxy}"), True


def _pool_for(url: str) -> urllib3.PoolManager:
    """The connection pool for a URL; raises OrgError if the proxy's URL is malformed."""
    try:
        return _pool(*_proxy(url))
    except ValueError as error:
        raise OrgError(proxy_failed(url, error)) from None


@functools.cache
def _pool(proxy: str | None, tls: bool) -> urllib3.PoolManager:  # noqa: FBT001 - the key of a cache
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if tls else None
    if proxy is None:
        return urllib3.PoolManager(ssl_context=context)
    parts = urlsplit(proxy)
    user = unquote(f"{parts.username}:{parts.password or ''}")
    headers = urllib3.make_headers(proxy_basic_auth=user) if parts.username else None
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return urllib3.ProxyManager(
        address, proxy_headers=headers, proxy_ssl_context=context, ssl_context=context
    )


def _wait(response: Response) -> float:
    """The seconds until a rate limit is lifted; 60 if the response does not tell.

    Source: RFC 9110, 10.2.3, and developer.okta.com/docs/reference/rl2-monitor/.
    """
    after = response.headers.get("retry-after", "")
    reset = response.headers.get("x-rate-limit-reset", "")
    try:
        if after.isdigit():
            return min(float(after), _LONGEST)
        if after:
            return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
        return max(0.0, int(reset) - time.time()) if reset else 60.0
    except (ValueError, OverflowError):
        return 60.0
