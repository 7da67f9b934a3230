"""The one door to the network: asks an org, and says in a finding why there is no answer.

Certificates are checked against the trust store of the system, where companies put their own;
proxies are those of the environment (HTTPS_PROXY, NO_PROXY) or of the system.
"""

from __future__ import annotations

import functools
import json
import ssl
import time
import urllib.request
from collections.abc import Mapping
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

from okta_postman.org.finding import OrgError
from okta_postman.org.no_answer import (
    no_proxy,
    out_of_order,
    too_many,
    too_slow,
    unreachable,
    untrusted,
)

PATIENCE: Final = 15.0
"""Seconds that a rate limit is waited for; Okta's last a minute at most."""
_LONGEST: Final = 24 * 60 * 60.0
_LARGEST: Final = 1024 * 1024
_TOO_MANY: Final = 429
_FAILURE: Final = 500


class Answer(NamedTuple):
    """What an org answered; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def data(self) -> dict[str, Any] | None:
        """The JSON object in the body, or None if there is none."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return read if isinstance(read, dict) else None

    @property
    def location(self) -> str | None:
        """Where a redirect leads, or None if this is no redirect."""
        return self.headers.get("location") if self.status // 100 == 3 else None  # noqa: PLR2004


@dataclass(frozen=True)
class Http:
    """Asks with a time limit in seconds for each question; follows no redirect."""

    timeout: float = 10.0

    def get(self, url: str, query: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET.

        Raises OrgError if none comes, or if the org limits the rate for long or is out of order.
        """
        return self._ask("GET", f"{url}?{urlencode(query)}" if query else url, None)

    def post(self, url: str, form: str) -> Answer:
        """The answer to a POST of a form that is encoded already; raises OrgError like `get`."""
        return self._ask("POST", url, form)

    def _ask(self, method: str, url: str, form: str | None) -> Answer:
        answer = self._once(method, url, form)
        wait = _wait(answer)
        if answer.status == _TOO_MANY and wait <= PATIENCE:
            time.sleep(wait)
            answer = self._once(method, url, form)
        if answer.status == _TOO_MANY:
            raise OrgError(too_many(url, _wait(answer)))
        if answer.status >= _FAILURE:
            raise OrgError(out_of_order(url, answer.status))
        return answer

    def _once(self, method: str, url: str, form: str | None) -> Answer:
        headers = {"Accept": "application/json", "User-Agent": _user_agent()}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        deadline = time.monotonic() + self.timeout
        try:
            response = _door(url).request(
                method,
                url,
                body=form,
                headers=headers,
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(total=self.timeout),
                preload_content=False,
            )
            body = self._body(response, deadline)
        except (HTTPError, OSError) as error:
            self._explain(url, error)
        named = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, named, body.decode(errors="replace"))

    def _body(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        """The body, which may neither be endless nor come by the drop."""
        body = b""
        try:
            while len(body) <= _LARGEST and (part := response.read1(65536)):
                body += part
                if time.monotonic() > deadline:
                    raise TimedOut
        finally:
            response.close()
        return body

    def _explain(self, url: str, error: Exception) -> NoReturn:
        if isinstance(error, (ProxyError, ProxySchemeUnknown)):
            raise OrgError(no_proxy(url, error)) from None
        if isinstance(error, SSLError) and isinstance(error.args[0], ssl.SSLCertVerificationError):
            raise OrgError(untrusted(url, error.args[0])) from None
        # The name of a host that cannot be resolved is, to urllib3, a connection that timed out.
        if isinstance(error, TimedOut) and not isinstance(error, NewConnectionError):
            raise OrgError(too_slow(url, self.timeout)) from None
        raise OrgError(unreachable(url, error)) from None


@functools.cache
def _user_agent() -> str:
    return f"okta-postman/{version('okta-postman')}"


def _proxy(url: str) -> tuple[str | None, bool]:
    """The proxy for a URL, if any, and whether TLS is spoken at all."""
    parts = urlsplit(url)
    proxies = urllib.request.getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    if found is None or urllib.request.proxy_bypass(parts.hostname or ""):
        return None, parts.scheme == "https"
    return (found if "://" in found else f"http://{found}"), True


def _door(url: str) -> urllib3.PoolManager:
    try:
        return _pool(*_proxy(url))
    except ValueError as error:  # what the environment names is no address
        raise OrgError(no_proxy(url, error)) from None


@functools.cache
def _pool(proxy: str | None, tls: bool) -> urllib3.PoolManager:  # noqa: FBT001 - the key of a cache
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if tls else None
    if proxy is None:
        return urllib3.PoolManager(ssl_context=context)
    parts = urlsplit(proxy)
    user = unquote(f"{parts.username}:{parts.password or ''}")
    headers = urllib3.make_headers(proxy_basic_auth=user) if parts.username else None
    where = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return urllib3.ProxyManager(
        where, proxy_headers=headers, proxy_ssl_context=context, ssl_context=context
    )


def _wait(answer: Answer) -> float:
    """The seconds after which a rate limit is lifted.

    Source: RFC 9110, 10.2.3, and developer.okta.com/docs/reference/rl2-monitor/.
    """
    after = answer.headers.get("retry-after", "")
    reset = answer.headers.get("x-rate-limit-reset", "")
    try:
        if after.isdigit():
            return min(float(after), _LONGEST)
        if after:
            return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
        return max(0.0, int(reset) - time.time()) if reset else 60.0
    except (ValueError, OverflowError):
        return 60.0
