"""Why an org could not be asked, and what helps; none of it says anything about the description."""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

from urllib3.exceptions import NameResolutionError, ProxySchemeUnknown

from okta_postman.org.finding import Finding


def _host(url: str) -> str:
    return urlsplit(url).netloc


def unreachable(url: str, error: Exception) -> Finding:
    """No connection came about, or it broke."""
    return Finding(
        "D001",
        f"`{_host(url)}` does not answer: {_reason(error)}",
        "see that the org is spelled right, and that this machine reaches it: behind a proxy, set "
        "HTTPS_PROXY",
    )


def no_proxy(url: str, error: Exception) -> Finding:
    """A proxy stands in between, and refuses or is not there."""
    return Finding(
        "D001",
        f"the proxy does not let `{_host(url)}` be asked: {_reason(error)}",
        "look at HTTPS_PROXY and NO_PROXY, and whether the proxy wants a name and a password",
    )


def _reason(error: BaseException | None) -> str:
    """What the system says at the bottom of an error, whose own texts are for programmers."""
    while error is not None:
        if isinstance(error, NameResolutionError):
            return "there is no such host"
        if isinstance(error, ssl.SSLError):
            return f"it speaks no TLS there: {(error.reason or 'handshake failed').lower()}"
        if isinstance(error, ProxySchemeUnknown) or (type(error) is OSError and not error.strerror):
            return str(error)
        if isinstance(error, OSError) and error.strerror:
            return error.strerror.lower()
        if isinstance(error, ValueError):
            return "its address is malformed"
        inner = [each for each in error.args if isinstance(each, BaseException)]
        error = next(iter(inner), None) or error.__cause__ or error.__context__
    return "the connection broke off"


def too_slow(url: str, timeout: float) -> Finding:
    """The time limit has passed."""
    return Finding(
        "D002",
        f"`{_host(url)}` has not answered within {timeout:g} seconds",
        f"try again; `doctor --timeout {6 * timeout:g}` waits longer and says what answers; "
        "behind a proxy, set HTTPS_PROXY",
    )


def untrusted(url: str, error: ssl.SSLCertVerificationError) -> Finding:
    """The certificate is of nobody whom the system trusts, or of another host."""
    reason = error.verify_message or str(error)
    return Finding(
        "D003",
        f"the certificate of `{_host(url)}` is not trusted: {reason[:1].lower()}{reason[1:]}",
        "if your company looks into TLS, add its CA to the system's trust store, or name the PEM "
        "file in SSL_CERT_FILE; if not, this is not the host that you think it is",
    )


def too_many(url: str, wait: float) -> Finding:
    """The rate limit lasts longer than one waits."""
    return Finding(
        "D004",
        f"`{_host(url)}` has been asked too often (429)",
        f"try again in {max(1, round(wait))} seconds: Okta counts the requests of a client per "
        "minute, those of Postman and of colleagues behind the same address too",
    )


def out_of_order(url: str, status: int) -> Finding:
    """The host has a failure of its own."""
    return Finding(
        "D005",
        f"`{_host(url)}` is out of order: it answered {status} to {urlsplit(url).path}",
        "try again later; https://status.okta.com says whether Okta knows of it",
    )
