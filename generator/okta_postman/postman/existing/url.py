"""The text of a recorded URL, and its parts as Postman's own parser takes them.

Sources: github.com/postmanlabs/postman-collection, lib/collection/url.js, which joins the parts;
and github.com/postmanlabs/postman-url-encoder, parser/index.js, which takes the text apart again
after the values of variables are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okta_postman.documents.data import Data
from okta_postman.documents.json_style import Number
from okta_postman.postman.existing.shapes import elements, part, scalar, text

_PARTS: Final = ("protocol", "auth", "host", "port", "path")
# A reference to a variable is one character, as it were: whatever is in it separates nothing.
_URL: Final = re.compile(
    r"(?:(?P<protocol>(?>\{\{[^{}]*\}\}|[^?#])*?):///*)?"
    r"(?P<authority>(?>\{\{[^{}]*\}\}|[^/?#])*)"
    r"(?P<path>(?>\{\{[^{}]*\}\}|[^?#])*)"
)


class Url(NamedTuple):
    """What of a URL says where it leads; without a protocol, Postman sends by plain http.

    The `user` may have a password, and is never shown.
    """

    protocol: str
    user: str
    host: str
    port: str
    path: str


def parsed(url: str) -> Url:
    """The parts of the text of a URL, in which variables may be filled or not."""
    found = _URL.match(url.strip().replace("\\", "/"))
    if found is None:
        return Url("", "", "", "", "")
    user, _, host = found["authority"].rpartition("@")
    before, colon, port = host.rpartition(":")
    if not colon or "]" in port:  # the end of an IPv6 address
        before, port = host, ""
    return Url((found["protocol"] or "").lower(), user, before, port, found["path"])


def texts(url: Data) -> Iterator[str]:
    """The text of a URL that a runner makes of its parts, and the one that it has besides."""
    if any(part(url, key) for key in _PARTS):
        yield _joined(url)
    whole = (text(part(url, "raw")) or text(url)).strip()
    if whole:
        yield whole


def _joined(url: Data) -> str:
    protocol, port = _spelled(part(url, "protocol")), part(url, "port")
    begun = protocol if protocol.endswith("://") or not protocol else f"{protocol}://"
    names = [part(url, "auth", key) for key in ("user", "password")]
    auth = ":".join(map(text, names)) if any(isinstance(name, str) for name in names) else None
    path = part(url, "path")
    segments = [_spelled(part(each, "value") or each) for each in elements(path)]
    below = "/".join(segments) or text(path).removeprefix("/")
    return "".join(
        (
            begun,
            f"{auth}@" if auth is not None else "",
            _spelled(part(url, "host"), "."),
            f":{_spelled(port)}" if port is not None else "",
            f"/{below}" if path is not None else "",
        )
    ).rstrip()


def _spelled(data: Data, separator: str = ",") -> str:
    """A part as JavaScript writes it; an object there is no part of a URL that leads anywhere."""
    if isinstance(data, str | Number):
        return scalar(data)
    if isinstance(data, list):
        return separator.join(map(_spelled, data))
    return "" if data is None else "[object]"
