"""Read the environments of a manifest: each is an org, a server, an app and a redirect URI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from okta_postman.manifest.keys import Settings, pairs
from okta_postman.manifest.model import DEFAULT_APP_TYPE, App, Environment
from okta_postman.manifest.names import slug
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.redirect_uris import mistake_in
from okta_postman.manifest.servers import authorization_server
from okta_postman.okta.org_url import OrgUrl, Refusal, org_url

_ORG_CODES: Final = {
    "placeholder": "R001",
    "admin": "R002",
    "more": "R003",
    "scheme": "R004",
    "host": "R005",
}
# Source: `client_id` in Okta's OpenAPI document, ApplicationCredentialsOAuthClient.
_CLIENT_ID = re.compile(r"[A-Za-z0-9$\-_.+!*'(),]{6,100}")
# Source: RFC 6749, appendix A.1. Spaces around it are slips, and Postman takes double braces away.
_OTHER_CLIENT_ID = re.compile(r"\A(?! )(?:[\x20-\x7a|}~]|\{(?!\{))++(?<! )")
_PLACEHOLDER = re.compile(r"your[-_]?client[-_]?id|^client[-_]?id$", re.IGNORECASE)


def environments(problems: Problems, every: Iterable[Settings]) -> tuple[Environment, ...]:
    """Every environment that can be read; adds the problems of the others."""
    read = (_environment(problems, settings) for settings in every)
    return tuple(environment for environment in read if environment)


def _environment(problems: Problems, settings: Settings) -> Environment | None:
    org = _org(problems, settings)
    client_id = _client_id(problems, settings)
    redirect_uri = _redirect_uri(problems, settings)
    server = authorization_server(problems, settings, org.url if org else "")
    if org is None or client_id is None or redirect_uri is None:
        return None
    name = org.host if settings.name is None else settings.name
    return Environment(
        name=name,
        slug=slug(name),
        org=org.url,
        authorization_server=server,
        app=App(client_id, settings.app_type or DEFAULT_APP_TYPE, settings.grants),
        redirect_uri=redirect_uri,
        variables=_merged(problems, settings, "variables"),
        sign_in_parameters=tuple(_merged(problems, settings, "sign_in_parameters").items()),
    )


def _merged(
    problems: Problems, settings: Settings, key: Literal["sign_in_parameters", "variables"]
) -> dict[str, str]:
    """The values of a mapping at the top and in an environment, whose own values count."""
    document = problems.document
    shared = pairs(document, (key,), settings.shared.get(key))
    return dict(shared) | dict(pairs(document, (*settings.path, key), settings.own.get(key)))


def _org(problems: Problems, settings: Settings) -> OrgUrl | None:
    if settings.org is None:
        return None
    url = org_url(settings.org, any_port=not settings.is_okta)
    if isinstance(url, Refusal):
        code, path = _ORG_CODES[url.reason], settings.path_of("org")
        problems.error(code, path, url.message, url.hint)
        return None
    return url


def _client_id(problems: Problems, settings: Settings) -> str | None:
    client_id = settings.client_id
    form = _CLIENT_ID if settings.is_okta else _OTHER_CLIENT_ID
    if client_id is not None and (_PLACEHOLDER.search(client_id) or not form.fullmatch(client_id)):
        hint = "copy it from Applications > your app > General; it looks like `0oan47pj9BsB30h7`"
        if not settings.is_okta:
            hint = "copy the client ID from the app's registration"
        message = f"`{client_id}` is not a client ID"
        problems.error("R033", settings.path_of_client_id, message, hint)
        return None
    return client_id


def _redirect_uri(problems: Problems, settings: Settings) -> str | None:
    mistake = mistake_in(settings.redirect_uri) if settings.redirect_uri is not None else None
    if mistake:
        path = settings.path_of("redirect_uri")
        problems.error(mistake.code, path, mistake.message, mistake.hint)
        return None
    return settings.redirect_uri
