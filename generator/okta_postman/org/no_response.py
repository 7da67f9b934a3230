"""Problems where an org does not respond; none of them proves anything about the manifest."""

from __future__ import annotations

import re
import ssl
from urllib.parse import urlsplit

from urllib3.exceptions import NameResolutionError, ProxySchemeUnknown

from okta_postman.org.problem import OrgProblem


def unreachable(url: str, error: Exception) -> OrgProblem:
    """The problem if no connection could be made, or if it was closed."""
    return OrgProblem(
        "D001",
        f"`{_host(url)}` does not respond: {_reason(error)}",
        "check the spelling of `org`, and that this machine can reach it; behind a proxy, set "
        "HTTPS_PROXY",
    )


def proxy_failed(url: str, error: Exception) -> OrgProblem:
    """The problem if a proxy refuses the connection, or cannot be reached itself."""
    return OrgProblem(
        "D001",
        f"can't reach `{_host(url)}` through the proxy: {_reason(error)}",
        "check HTTPS_PROXY and NO_PROXY, and whether the proxy needs a user name and a password",
    )


def too_slow(url: str, timeout: float) -> OrgProblem:
    """The problem if the time limit, in seconds, has passed."""
    return OrgProblem(
        "D002",
        f"`{_host(url)}` did not respond within {timeout:g} seconds",
        f"try again, or wait longer with `doctor --timeout {6 * timeout:g}`; behind a proxy, set "
        "HTTPS_PROXY",
    )


def untrusted(url: str, error: ssl.SSLCertVerificationError) -> OrgProblem:
    """The problem if the system does not trust the certificate, or it names another host."""
    reason = error.verify_message or str(error)
    return OrgProblem(
        "D003",
        f"the certificate of `{_host(url)}` is not trusted: {reason[:1].lower()}{reason[1:]}",
        "if your company inspects TLS, add its CA to the system's trust store or set SSL_CERT_FILE "
        "to its PEM file; otherwise another host may be impersonating the org",
    )


def rate_limited(url: str, wait: float) -> OrgProblem:
    """The problem if a rate limit is lifted after more seconds than the program waits."""
    return OrgProblem(
        "D004",
        f"`{_host(url)}` has a rate limit, which this client exceeds (429)",
        f"try again in {max(1, round(wait))} seconds; Okta counts the requests of a client per "
        "minute, including those from Postman and from others behind the same IP address",
    )


def out_of_order(url: str, status: int) -> OrgProblem:
    """The problem if the host fails with a 5xx status."""
    return OrgProblem(
        "D005",
        f"`{_host(url)}` is out of order: {urlsplit(url).path} returned {status}",
        "try again later; see https://status.okta.com for known incidents",
    )


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _reason(error: BaseException | None) -> str:
    """What the system reports at the root of an error; the outer texts are for programmers."""
    while error is not None:
        if isinstance(error, NameResolutionError):
            return "no such host"
        if isinstance(error, ssl.SSLError):
            return f"no TLS on this port: {(error.reason or 'handshake failed').lower()}"
        if isinstance(error, ProxySchemeUnknown):
            return str(error)
        if type(error) is OSError and not error.strerror:  # http.client's, about a proxy
            # The sentence after the status is the proxy's, which knows the password for it.
            status = re.match(r"Tunnel connection failed: \d+", str(error))
            return status[0] if status else "the connection failed"
        if isinstance(error, OSError) and error.strerror:
            return error.strerror.lower()
        if isinstance(error, ValueError):
            return "its URL is malformed"
        inner = [argument for argument in error.args if isinstance(argument, BaseException)]
        error = next(iter(inner), None) or error.__cause__ or error.__context__
    return "the connection was closed"
