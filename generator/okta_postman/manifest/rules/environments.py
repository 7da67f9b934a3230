"""Environments: complete, with files of their own, and with apps that can share a collection."""

from __future__ import annotations

from typing import Final

from okta_postman.documents.data import Path
from okta_postman.manifest.draft import Draft
from okta_postman.manifest.keys import Settings
from okta_postman.manifest.model import Environment
from okta_postman.manifest.names import slug
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.redirect_uris import DESKTOP_CALLBACK, host_of, mistake_in
from okta_postman.okta.org_url import OrgUrl, org_url

_CLIENT_ID: Final = "client_id: 0oan47pj9BsB30h7"


def environments_are_complete(draft: Draft, problems: Problems) -> None:
    """R006: an environment needs an org, an app and a redirect URI."""
    for settings in draft.settings:
        if settings.org is None:
            hint = "add `org: https://acme.okta.com`"
            _add_missing(problems, settings, "org", settings.path, hint)
        if settings.client_id is None:
            app = settings.path_of_app
            hint = f"add `{_CLIENT_ID}` to `app`" if app else f"add `app: {{{_CLIENT_ID}}}`"
            _add_missing(problems, settings, "app.client_id", app or settings.path, hint)
        if settings.redirect_uri is None:
            hint = f"add `redirect_uri: {DESKTOP_CALLBACK}`"
            _add_missing(problems, settings, "redirect_uri", settings.path, hint)


def _add_missing(problems: Problems, settings: Settings, key: str, path: Path, hint: str) -> None:
    if settings.name is None:
        problems.error_at_key("R006", path, f"the manifest has no `{key}`", hint)
    else:
        message = f"environment `{settings.name}` has no `{key}`"
        hint = f"{hint}, or at the top level for all environments"
        problems.error_at_key("R006", path, message, hint)


def environments_have_files_of_their_own(draft: Draft, problems: Problems) -> None:
    """R028: no two environments may share a file, on a disk that ignores case either."""
    names: dict[str, str] = {}
    for settings in draft.settings:
        name = settings.name or ""
        first = names.setdefault(slug(name), name)
        if slug(name) and first != name:
            line = problems.line(("environments", first))
            message = f"`{name}` and `{first}` (line {line}) would be written to one file"
            hint = "use names that differ in more than case and punctuation"
            problems.error_at_key("R028", settings.path, message, hint)


def redirect_uris_are_off_the_org(draft: Draft, problems: Problems) -> None:
    """R011: on the org's own host, no redirect ever reaches Postman."""
    for settings in draft.settings:
        uri = settings.redirect_uri
        if uri is None or settings.org is None or mistake_in(uri):
            continue
        org = org_url(settings.org, any_port=not settings.is_okta)
        if isinstance(org, OrgUrl) and host_of(uri) == org.host:
            message = "redirect URI is on the org's own host, where Postman can't see the code"
            hint = f"register and write `{DESKTOP_CALLBACK}`, or a URI on another host"
            problems.warning("R011", settings.path_of("redirect_uri"), message, hint)


def apps_are_of_one_kind(draft: Draft, problems: Problems) -> None:
    """R037: all requests of a collection send a client secret, or none does."""
    first = next(iter(draft.environments), None)
    for environment in draft.environments:
        if first and environment.app.is_confidential != first.app.is_confidential:
            message = (
                f"the app of `{environment.name}` is of type `{environment.app.type}`, that of "
                f"`{first.name}` of type `{first.app.type}`"
            )
            hint = "write two manifests: all requests of a collection send a client secret, or none"
            problems.error_at_key("R037", ("environments", environment.name), message, hint)


def client_ids_belong_to_one_org(draft: Draft, problems: Problems) -> None:
    """R038: in another org a client ID is unknown, or another app's."""
    environments: dict[str, Environment] = {}
    for environment in draft.environments:
        first = environments.setdefault(environment.app.client_id, environment)
        if first.org != environment.org:
            message = f"`{environment.name}` and `{first.name}` are two orgs with one client ID"
            hint = "add the app of each org to its environment: `app: {client_id: ...}`"
            problems.warning_at_key("R038", ("environments", environment.name), message, hint)
