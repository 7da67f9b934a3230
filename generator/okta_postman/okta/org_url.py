"""The URL of an Okta org: `https://` and a host, nothing more."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

# Source: developer.okta.com/docs/concepts/okta-organizations and Okta's own SDKs.
OKTA_DOMAINS: Final = (
    "okta.com",
    "oktapreview.com",
    "okta-emea.com",
    "okta-gov.com",
    "okta.mil",
    "okta-miltest.com",
    "trex-govcloud.com",
)
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
"""This machine, where tests and proxies live: a port and http are for it."""

_PLACEHOLDER = re.compile(
    r"[{}<>\[\]$%]|(?:^|[/.])your[-_]?(?:okta[-_]?)?(?:sub)?(?:domain|org)(?:$|[/.:])",
    re.IGNORECASE,
)
_NO_ORG: Final = (".com.com", *(f".{number}" for number in range(256)))
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_ADMIN = re.compile(rf"({_LABEL})-admin\.({'|'.join(map(re.escape, OKTA_DOMAINS))})")


class Refusal(NamedTuple):
    """Why a text is no org, in one word for programs and in a sentence, and what to write."""

    reason: str
    message: str
    instead: str


class OrgUrl(NamedTuple):
    """An org, and the URL that every request and authorization server of it begins with."""

    url: str
    host: str


def org_url(text: str, *, any_port: bool = False) -> OrgUrl | Refusal:
    """The org that a user means by `https://acme.okta.com` or `acme.okta.com`.

    Or the reason why it cannot be one. A port and http are for loopback addresses only; an API
    that is not Okta's may have any port.
    Source: developer.okta.com/docs/guides/find-your-domain/main/.
    """
    if _PLACEHOLDER.search(text) and "://[" not in text:
        return Refusal(
            "placeholder",
            f"`{text}` is a placeholder, not an org",
            "write your own: `https://acme.okta.com`; it stands under your name in the Okta "
            "Admin Console, top right",
        )
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return _not_a_host(text)
    admin = _ADMIN.fullmatch(host)
    if admin:
        return Refusal(
            "admin",
            f"`{host}` is the Admin Console, which answers no API requests",
            f"write `https://{admin[1]}.{admin[2]}`",
        )
    loopback = host in LOOPBACK
    no_org = host in OKTA_DOMAINS or host.endswith(_NO_ORG) or not _HOST.fullmatch(host)
    if no_org and not loopback:
        return _not_a_host(text)
    if parts.scheme not in (("https", "http") if loopback else ("https",)):
        message = f"an org answers on https, not `{parts.scheme}`"
        return Refusal("scheme", message, f"write `https://{host}`")
    shown = f"[{host}]" if ":" in host else host
    with_port = loopback or any_port
    authority = f"{shown}:{port}" if port and with_port else shown
    url = f"{parts.scheme}://{authority}"
    more = [parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password]
    if any(more) or (port and not with_port) or text.endswith(("?", "#")):
        server = re.fullmatch(r"/oauth2/([A-Za-z0-9]{3,})(?:/.*)?", parts.path)
        and_server = f" and `authorization_server: {server[1]}`" if server else ""
        message = f"`{text}` says more than the org's host"
        return Refusal("more", message, f"write `{url}`{and_server}")
    return OrgUrl(url, authority)


def _not_a_host(text: str) -> Refusal:
    return Refusal(
        "host", f"`{text}` is not the URL of an org", "write it like `https://acme.okta.com`"
    )


def split_url(url: str) -> SplitResult | None:
    """The parts of a URL that may be anything; None if it is malformed, such as `http://[x`."""
    try:
        return urlsplit(url)
    except ValueError:
        return None
