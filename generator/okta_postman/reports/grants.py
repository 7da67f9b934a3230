"""Grants for the admin who makes them: as instructions, JSON, Terraform, or API requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from okta_postman import templates
from okta_postman.problems import visible
from okta_postman.reports.machine import dumped
from okta_postman.review.grants import Grants
from okta_postman.review.inventory import Request

_MOST_REQUESTS: Final = 3


def as_text(environments: Sequence[Grants], *, since: bool) -> str:
    """Instructions for the Admin Console, for each environment."""
    return "\n".join(_rendered("grants.txt", grants, since=since) for grants in environments)


def as_json(environments: Sequence[Grants], *, since: bool) -> str:
    """One object with a version; whether there is an older version makes no difference to it."""
    del since
    return dumped({"version": 1, "environments": [_data(grants) for grants in environments]})


def _data(grants: Grants) -> dict[str, Any]:
    return {
        "environment": grants.connection.name,
        "org": grants.connection.org,
        "client_id": grants.connection.client_id,
        "grant": [
            {"scope": needed.scope, "requests": [request.endpoint for request in needed.requests]}
            for needed in grants.grant
        ],
        "revoke": list(grants.revoke),
        "not_needed": list(grants.spare),
    }


def as_terraform(environments: Sequence[Grants], *, since: bool) -> str:
    """A resource with all scopes of the app, new or not: Terraform revokes all others.

    Source: registry.terraform.io/providers/okta/okta, okta_app_oauth_api_scope.
    """
    return "\n".join(_rendered("grants.tf", grants, since=since) for grants in environments)


def provider() -> str:
    """The source of Okta's provider. Source: registry.terraform.io/providers/okta/okta."""
    return templates.render("review/provider.tf") + "\n"


def as_http(environments: Sequence[Grants], *, since: bool) -> str:
    """The requests to Okta's API that grant and revoke, in a format that editors can send.

    Source: developer.okta.com/docs/api/openapi/okta-management, Application Grants.
    """
    return "\n".join(_rendered("grants.http", grants, since=since) for grants in environments)


def _rendered(template: str, grants: Grants, *, since: bool) -> str:
    connection = grants.connection
    text = templates.render(
        f"review/{template}",
        grants=grants,
        connection=connection,
        since=since,
        resource=f"okta_{grants.file.removesuffix('.grants')}".replace(".", "--"),
        url=f"{connection.org}/api/v1/apps/{quote(connection.client_id, safe='')}/grants",
        some=_some,
    )
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


def _some(requests: tuple[Request, ...]) -> str:
    shown = [request.endpoint for request in requests[:_MOST_REQUESTS]]
    more = len(requests) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more else shown)


class Format(NamedTuple):
    """How grants are written: the ending of a file, and whether it can have several environments.

    `shared` is written once for all of them: into a file of its own, or before the only one.
    """

    write: Callable[..., str]
    ending: str
    several: bool
    shared: Callable[[], str] | None = None


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format(as_text, "txt", several=True),
    "json": Format(as_json, "json", several=True),
    "terraform": Format(as_terraform, "tf", several=False, shared=provider),
    "http": Format(as_http, "http", several=False),
}
