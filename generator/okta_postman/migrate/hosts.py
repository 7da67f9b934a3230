"""Where a request goes, by all files of a run: to an org, elsewhere, or where nobody can know.

A variable has the value that Postman would give it: that of the environment, of the collection, or
of the globals, in this order. With several environments a request must lead to no other host in any
of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from okta_postman.okta.org_url import OKTA_DOMAINS
from okta_postman.postman.existing.collection import Collection, Content, Environment, Variable
from okta_postman.postman.existing.request import Target
from okta_postman.postman.existing.url import Url, parsed
from okta_postman.postman.variables import REFERENCE

Values = Mapping[str, str]
"""The values of variables in one environment."""

_DEEPEST: Final = 19
"""How often Postman fills variables in the values of others.

Source: github.com/postmanlabs/postman-collection, lib/superstring/index.js.
"""
_LONGEST: Final = 100_000
"""Characters of a URL that is filled; one value may have another many times."""

_MOCKS: Final = re.compile(r"(?:[\w-]+\.)*(?:mock\.pstmn\.io|virtserver\.swaggerhub\.com)")
"""Mock servers: Postman's, and SwaggerHub's, which Okta's own file for log streams names."""
_UNKNOWN: Final = re.compile(r"\{\{[^{}]*\}\}|\$?\{[^{}]*\}|<[^<>]*>")
"""What is to be filled in: a variable of Postman, or a placeholder as Okta's own files have."""
_OKTAS_PLACEHOLDER: Final = re.compile(r"\$?[{<][^{}<>]*okta[^{}<>]*[}>]")
_NAME: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_IN_OKTA: Final = tuple(f".{domain}" for domain in OKTA_DOMAINS)

Kind = Literal["foreign", "org", "unknown"]
_RANK: Final[tuple[Kind, ...]] = ("foreign", "org", "unknown")


class Host(NamedTuple):
    """Where a request goes, and if that is elsewhere, why it gets no token."""

    kind: Kind
    reason: str = ""


def environments_of(collection: Collection, contents: Iterable[Content]) -> list[Values]:
    """What variables are for a collection in each environment of a run, or in none.

    A mock server as the collection's own default says nothing: it stands for a host that whoever
    uses the collection has to fill in. In an environment, it is the host that requests go to.
    """
    environments = [each for each in contents if isinstance(each, Environment)]
    own = _values(collection.variables)
    own = {name: value for name, value in own.items() if not _is_mock(value)}
    shared = [_values(each.variables) for each in environments if each.is_global]
    below = {name: value for values in (*shared, own) for name, value in values.items()}
    chosen = [_values(each.variables) for each in environments if not each.is_global]
    return [{**below, **values} for values in chosen or [{}]]


def host_of(target: Target, environments: Iterable[Values], orgs: Sequence[str]) -> Host:
    """Where a request goes: elsewhere if that is so for one of its texts in one environment."""
    texts = target.urls or ("",)
    filled = {resolved(text, values) for text in texts for values in environments}
    hosts = (_host(parsed(text), orgs) for text in filled)
    return min(hosts, key=lambda host: (_RANK.index(host.kind), host.reason))


def resolved(text: str, values: Values) -> str:
    """A text with the values of variables, and of those in values, as far as they are known."""
    for _ in range(_DEEPEST):
        before = text
        text = REFERENCE.sub(lambda found: _value(found, values), before)
        if text == before or len(text) > _LONGEST:
            break
    return text


def paths(target: Target, environments: Iterable[Values]) -> Iterator[str]:
    """The path as it was typed; below the path that a value has; and with all values in it.

    A value in it is no part of the endpoint where the typed path alone is one.
    """
    yield target.path
    for values in environments:
        base = parsed(resolved(target.host, values)).path.rstrip("/")
        if base:
            yield f"{base}{target.path}"
        for text in target.urls[:1]:
            yield parsed(resolved(text, values)).path


def _values(variables: Iterable[Variable]) -> dict[str, str]:
    """The values of those variables that have one; an empty value waits for somebody to type it."""
    return {each.key: each.value.strip() for each in variables if each.is_on and each.value.strip()}


def _value(reference: re.Match[str], values: Values) -> str:
    name = reference[1]
    return values.get(name) or values.get(name.strip()) or reference[0]


def _is_mock(value: str) -> bool:
    return bool(_MOCKS.fullmatch(parsed(value).host.lower()))


def _host(url: Url, orgs: Sequence[str]) -> Host:
    """Where a URL leads whose variables are filled as far as they are known."""
    shown = f"{url.host}:{url.port}" if url.port else url.host
    name = shown.lower().removesuffix(":443")
    if f"{url.protocol}://{name}" in orgs:
        return Host("org")
    kind = _kind(url, orgs)
    if kind == "foreign":
        return Host(kind, f"{shown} is not an org")
    may_be_plain = any(org.startswith("http://") for org in orgs)  # on this machine alone
    if _protocol(url) in ("https", "unknown") or (kind == "unknown" and may_be_plain):
        is_known = _protocol(url) == "https" and not _UNKNOWN.search(f"{url.user}{url.port}")
        return Host(kind if is_known or kind == "unknown" else "unknown")
    return Host("foreign", f"{shown} is called without https, which would show the token")


def _kind(url: Url, orgs: Iterable[str]) -> Kind:
    """Where a host and a port lead, whatever the protocol.

    What is behind the last variable of a host is all that is certain of it.
    """
    host = url.host.lower()
    end = _UNKNOWN.split(host)[-1]
    if not (url.port.isdecimal() or _UNKNOWN.search(url.port) or not url.port):
        return "foreign"
    if not host:
        return "unknown"
    name = f"{host}:{url.port}" if url.port not in ("", "443") else host
    if _OKTAS_PLACEHOLDER.fullmatch(host) or name in [org.partition("://")[2] for org in orgs]:
        return "org"
    if end.endswith(_IN_OKTA) and _NAME.fullmatch(end.removeprefix(".")):
        return "org"
    if end == host or "{{$" in host:  # a value that Postman makes up is no org's
        return "foreign"
    possible = (*_IN_OKTA, *(org.partition("://")[2].partition(":")[0] for org in orgs))
    return "unknown" if any(name.endswith(end) for name in possible) else "foreign"


def _protocol(url: Url) -> str:
    """The protocol, which is http where there is none, and `unknown` where a variable may have it.

    Source: github.com/postmanlabs/postman-url-encoder, index.js, `DEFAULT_PROTOCOL`.
    """
    if _UNKNOWN.search(url.protocol):
        return "unknown"
    if not url.protocol:
        return "unknown" if not url.host or _UNKNOWN.match(url.host) else "http"
    return url.protocol
