"""The authorization servers of a manifest: Okta's by name, another provider's by its two URLs."""

from __future__ import annotations

from collections.abc import Iterable

from okta_postman.documents.data import Path
from okta_postman.manifest.keys import Settings
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.types import ServerUrls
from okta_postman.okta.org_url import LOOPBACK, has_usable_port, split_url
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, AuthorizationServer, server_of


def servers(environments: Iterable[Settings]) -> dict[str, Path]:
    """The names of the servers of a manifest, and where the first mention of each is."""
    paths: dict[str, Path] = {}
    for settings in environments:
        path = settings.path_of("authorization_server")
        paths.setdefault(_name(settings.authorization_server), path)
    return paths


def authorization_server(problems: Problems, settings: Settings, org: str) -> AuthorizationServer:
    """The server of an environment; adds a problem for each of its URLs that is wrong."""
    server = settings.authorization_server
    if not isinstance(server, dict):
        return server_of(org, _name(server))
    path = settings.path_of("authorization_server")
    urls = (("authorize_url", server["authorize_url"]), ("token_url", server["token_url"]))
    for key, url in urls:
        wrong = _wrong(url)
        if wrong:
            example = f"https://login.example.com/{key.removesuffix('_url')}"
            hint = f"write the whole URL, for example `{example}`"
            problems.error("R040", (*path, key), wrong, hint)
    return AuthorizationServer(OTHER_ISSUER, server["authorize_url"], server["token_url"])


def _name(server: str | ServerUrls | None) -> str:
    return OTHER_ISSUER if isinstance(server, dict) else server or ORG_SERVER


def _wrong(url: str) -> str | None:
    """Why a URL is no endpoint of an authorization server. Source: RFC 6749, 3.1 and 3.2."""
    parts = split_url(url)
    host = (parts.hostname or "").lower() if parts else ""
    if (
        not parts
        or not host
        or not has_usable_port(parts)
        or not url.isascii()
        or not url.isprintable()
        or set(url) & set(' {}"<>\\')
    ):
        return f"`{url}` is not an absolute URL"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return f"authorization server's URL begins with `{parts.scheme}`, not `https`"
    return "authorization server's URL has a fragment" if "#" in url else None
