"""Which endpoint a request is for, however its URL is written, and whether its host is an org."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

from okta_postman.okta.org_url import OKTA_DOMAINS, Refusal, org_url
from okta_postman.postman.existing.request import Target
from okta_postman.postman.variables import REFERENCE

_PARAMETER: Final = re.compile(r":[^/]+|(?s:.*?\{\{.*)|\{[^{}]*\}|<[^<>]*>")
_PLACEHOLDER: Final = re.compile(r"\$?\{[^{}]*\}")


def shape(path: str) -> str:
    """A path with a parameter for each segment that a variable fills."""
    segments = [segment for segment in path.split("/") if segment]
    return "".join(
        "/{x}" if _PARAMETER.fullmatch(segment) else f"/{segment}" for segment in segments
    )


def paths(target: Target, values: Mapping[str, str]) -> Iterator[str]:
    """The path as it was typed, and then below each path that a variable for the host has."""
    yield target.path
    for name in REFERENCE.findall(target.host):
        base = _split(values.get(name, "")).path.rstrip("/")
        if base:
            yield f"{base}{target.path}"


def foreign_host(target: Target, orgs: tuple[str, ...]) -> str:
    """The host of a request if that is no Okta org, which must not get a token; or nothing.

    The value of a variable does not count: Okta's own files name a mock server as their default.
    """
    host = target.host.lower()
    filled = _PLACEHOLDER.sub("x", REFERENCE.sub("x", host))
    name = _split(f"//{filled}").hostname or ""
    is_variable = "." not in name and filled != host
    is_listed = f"//{host}" in [org.partition(":")[2] for org in orgs]
    in_okta = name.endswith(tuple(f".{domain}" for domain in OKTA_DOMAINS)) or name in OKTA_DOMAINS
    if not name or is_variable or is_listed or in_okta:
        return ""
    refusal = org_url(filled)
    if isinstance(refusal, Refusal) and refusal.reason == "placeholder":
        return ""
    return target.host.rpartition("@")[2]  # what is before it may be a password


def other_org(target: Target, orgs: tuple[str, ...]) -> str:
    """The host of a request if that is an org, and none of those of a manifest; or nothing."""
    host = target.host.lower()
    filled = bool(REFERENCE.search(host) or _PLACEHOLDER.search(host))
    if not host or filled or f"https://{host}" in orgs or isinstance(org_url(host), Refusal):
        return ""
    return target.host


def _split(url: str) -> SplitResult:
    """The parts of a URL; what is no URL has a host that no org has."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("//not.a.url")
