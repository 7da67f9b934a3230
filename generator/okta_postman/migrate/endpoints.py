"""Which endpoint a path is for, whatever is in its parameters, and which org a host is."""

from __future__ import annotations

import re
from typing import Final

from okta_postman.okta.org_url import Refusal, org_url
from okta_postman.postman.existing.request import Target
from okta_postman.postman.existing.url import parsed
from okta_postman.postman.variables import REFERENCE

_PARAMETER: Final = re.compile(r":[^/]+|(?s:.*?\{\{.*)|\{[^{}]*\}|<[^<>]*>")
_PLACEHOLDER: Final = re.compile(r"\$?\{[^{}]*\}")


def shape(path: str) -> str:
    """A path with a parameter for each segment that a variable fills."""
    segments = [segment for segment in path.split("/") if segment]
    return "".join(
        "/{x}" if _PARAMETER.fullmatch(segment) else f"/{segment}" for segment in segments
    )


def other_org(target: Target, orgs: tuple[str, ...]) -> str:
    """The host of a request if that is an org, and none of those of a manifest; or nothing."""
    host = target.host.lower()
    filled = bool(REFERENCE.search(host) or _PLACEHOLDER.search(host))
    if not host or filled or f"https://{host}" in orgs or isinstance(org_url(host), Refusal):
        return ""
    return target.host


def is_placeholder(value: str) -> bool:
    """Whether the value of a variable is a URL whose host somebody still has to fill in."""
    host = parsed(value).host
    return bool(_PLACEHOLDER.search(REFERENCE.sub("", host)))
