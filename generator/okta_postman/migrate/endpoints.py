"""Which endpoint a request is about, however its URL is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from okta_postman.migrate.requests import Request
from okta_postman.migrate.tree import child, elements, text
from okta_postman.okta.org_url import OKTA_DOMAINS, Refusal, org_url
from okta_postman.postman.variables import REFERENCE

_WHOLE: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?P<host>(?:\{\{[^{}]*\}\}|[^/?#\\])*)(?P<path>[^?#]*)",
    re.IGNORECASE,
)
_FILLED: Final = re.compile(r":[^/]+|.*\{\{.*|\{[^{}]*\}|<[^<>]*>")


_BRACED: Final = re.compile(r"\$?\{[^{}]*\}")


class Target(NamedTuple):
    """Where a request goes: its host, and its path as it was typed."""

    host: str
    path: str

    @property
    def shape(self) -> str:
        """The path with a parameter for each segment that a variable fills."""
        return shape(self.path)


def target_of(request: Request) -> Target:
    """The host and path of a request.

    Runners read the parts of a URL; where there are none, `raw` has to do.
    """
    url = request.url
    if child(url, "path") is None and child(url, "host") is None:
        found = _WHOLE.match((text(child(url, "raw")) or text(url)).strip())
        return Target(found["host"], found["path"]) if found else Target("", "")
    host = child(url, "host")
    name = ".".join(map(text, elements(host))) or text(host)
    whole = _WHOLE.match(name)
    path = child(url, "path")
    segments = [text(each) or text(child(each, "value")) for each in elements(path)]
    below = "/".join(segments) or text(path)
    begun = whole["path"] if whole else ""
    return Target(whole["host"] if whole else name, f"{begun.rstrip('/')}/{below.lstrip('/')}")


def paths(target: Target, values: Mapping[str, str]) -> Iterator[str]:
    """The path as it stands, and then below the path that a variable for the host may hold."""
    yield target.path
    for name in REFERENCE.findall(target.host):
        base = _parts(values.get(name, "")).path.rstrip("/")
        if base:
            yield f"{base}{target.path}"


def foreign_host(target: Target, orgs: tuple[str, ...]) -> str | None:
    """The host of a request if that is no Okta org, which must not get a token.

    What a variable holds does not count: Okta's own files name a mock server as their default.
    """
    host = target.host.lower()
    filled = _BRACED.sub("x", REFERENCE.sub("x", host))
    name = _parts(f"//{filled}").hostname or ""
    if f"//{host}" in [org.partition(":")[2] for org in orgs]:
        return None
    if not name or ("." not in name and filled != host):  # a variable holds the host, all of it
        return None
    if name in OKTA_DOMAINS or name.endswith(tuple(f".{each}" for each in OKTA_DOMAINS)):
        return None
    refused = org_url(filled)
    if isinstance(refused, Refusal) and refused.reason == "placeholder":
        return None
    return target.host.rpartition("@")[2]  # what stands before may be a password


def other_org(target: Target, orgs: tuple[str, ...]) -> str:
    """The host of a request that names another org than a description has, or none."""
    host = target.host.lower()
    filled = bool(REFERENCE.search(host) or _BRACED.search(host))
    if not host or filled or f"https://{host}" in orgs or isinstance(org_url(host), Refusal):
        return ""
    return target.host


def shape(path: str) -> str:
    """A path with a parameter for each segment that a variable fills."""
    segments = [each for each in path.split("/") if each]
    return "".join("/{x}" if _FILLED.fullmatch(each) else f"/{each}" for each in segments)


def _parts(url: str) -> SplitResult:
    """The parts of a URL; what is none has a host that no org has."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("//not.a.url")
