"""The URL of an Okta org, which is `https://` and a host and nothing more."""

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
"""The hosts of this machine, where tests and proxies run; only these may have http."""

_PLACEHOLDER: Final = re.compile(
    r"[{}<>\[\]$%]|(?:^|[/.])your[-_]?(?:okta[-_]?)?(?:sub)?(?:domain|org)(?:$|[/.:])",
    re.IGNORECASE,
)
_NOT_ORGS: Final = (".com.com", *(f".{number}" for number in range(256)))
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_ADMIN: Final = re.compile(rf"({_LABEL})-admin\.({'|'.join(map(re.escape, OKTA_DOMAINS))})")


class Refusal(NamedTuple):
    """Why a string is not the URL of an org: a word for programs, a message, and what to write."""

    reason: str
    message: str
    hint: str


class OrgUrl(NamedTuple):
    """The URL of an org, with which its endpoints and authorization servers begin, and its host."""

    url: str
    host: str


def org_url(text: str, *, any_port: bool = False) -> OrgUrl | Refusal:
    """The org of `https://acme.okta.com` or `acme.okta.com`, or the reason why there is none.

    Only loopback hosts may have http and a port; with `any_port`, for an API that is not Okta's,
    other hosts may have a port too.
    Source: developer.okta.com/docs/guides/find-your-domain/main/.
    """
    if _PLACEHOLDER.search(text) and "://[" not in text:
        return Refusal(
            "placeholder",
            f"`{text}` is a placeholder, not an org",
            "write your own, like `https://acme.okta.com`: the Okta Admin Console shows it under "
            "your name, top right",
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
            f"`{host}` is the Admin Console, which has no API",
            f"write `https://{admin[1]}.{admin[2]}`",
        )
    loopback = host in LOOPBACK
    not_an_org = host in OKTA_DOMAINS or host.endswith(_NOT_ORGS) or not _HOST.fullmatch(host)
    if not_an_org and not loopback:
        return _not_a_host(text)
    if parts.scheme not in (("https", "http") if loopback else ("https",)):
        message = f"the URL of an org begins with `https`, not `{parts.scheme}`"
        return Refusal("scheme", message, f"write `https://{host}`")
    bracketed = f"[{host}]" if ":" in host else host
    may_have_port = loopback or any_port
    authority = f"{bracketed}:{port}" if port and may_have_port else bracketed
    url = f"{parts.scheme}://{authority}"
    rest = [parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password]
    if any(rest) or (port and not may_have_port) or text.endswith(("?", "#")):
        server = re.fullmatch(r"/oauth2/([A-Za-z0-9]{3,})(?:/.*)?", parts.path)
        and_server = f" and `authorization_server: {server[1]}`" if server else ""
        message = f"`{text}` has more than the org's host"
        return Refusal("more", message, f"write `{url}`{and_server}")
    return OrgUrl(url, authority)


def _not_a_host(text: str) -> Refusal:
    return Refusal(
        "host", f"`{text}` is not the URL of an org", "write it like `https://acme.okta.com`"
    )


def is_okta_host(host: str) -> bool:
    """Whether a host is in a domain of Okta's; orgs may have domains of their own, too."""
    name = host.lower().partition(":")[0]
    return any(name == domain or name.endswith(f".{domain}") for domain in OKTA_DOMAINS)


def split_url(url: str) -> SplitResult | None:
    """The parts of a URL that may be anything; None if it is malformed, such as `http://[x`."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


def has_usable_port(parts: SplitResult) -> bool:
    """Whether the port of a URL, if it has one, is a number from 1 to 65535."""
    try:
        return parts.port != 0
    except ValueError:
        return False
