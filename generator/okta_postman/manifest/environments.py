"""The environments of a description: each an org, a server, an app and a redirect URI."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from okta_postman.documents.data import Path
from okta_postman.manifest.model import App, Environment
from okta_postman.manifest.names import LONGEST, check_length, check_name, slug
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules.variables import texts
from okta_postman.manifest.servers import authorization_server, is_elsewhere
from okta_postman.okta.org_url import OrgUrl, Refusal, org_url
from okta_postman.postman.variables import POSTMAN_CALLBACKS

_ORG_CODES: Final = {
    "placeholder": "R001",
    "admin": "R002",
    "more": "R003",
    "scheme": "R004",
    "host": "R005",
}
_SHARED: Final = ("org", "authorization_server", "redirect_uri")
# Source: `client_id` in Okta's OpenAPI document, ApplicationCredentialsOAuthClient.
_CLIENT_ID = re.compile(r"[A-Za-z0-9$\-_.+!*'(),]{6,100}")
# Source: RFC 6749, appendix A.1. Spaces around it are slips, and Postman takes double braces away.
_CLIENT_ID_ELSEWHERE = re.compile(r"(?!.*\{\{)[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_PLACEHOLDER = re.compile(r"your[-_]?client[-_]?id|^client[-_]?id$", re.IGNORECASE)
_NO_SCHEME = re.compile(r"(?:[\w-]+\.)*[\w-]+:\d|(?:[\w-]+\.)+[\w-]+/")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
# The first three were switched off in December 2020 (Postman's issue tracker, number 9390).
_POSTMANS_HOSTS: Final = (
    "www.getpostman.com",
    "getpostman.com",
    "app.getpostman.com",
    "app.postman.com",
    "www.postman.com",
    "oauth.pstmn.io",
)
_CALLBACK, _IN_BROWSER = POSTMAN_CALLBACKS


def environments(findings: Problems, data: dict[str, Any]) -> tuple[Environment, ...]:
    """Every environment that could be read; what is wrong with the others is in the findings."""
    named = data.get("environments")
    if named is None:
        only = _environment(findings, data, None, {})
        return (only,) if only else ()
    _check_files(findings, list(named))
    found = [_environment(findings, data, name, said or {}) for name, said in named.items()]
    read = tuple(environment for environment in found if environment)
    _check_types(findings, read)
    _check_client_ids(findings, read)
    return read


def _environment(
    findings: Problems, data: dict[str, Any], name: str | None, said: dict[str, Any]
) -> Environment | None:
    here: Path = () if name is None else ("environments", name)
    value: dict[str, Any] = {key: said.get(key, data.get(key)) for key in _SHARED}
    path: dict[str, Path] = {key: (*(here if key in said else ()), key) for key in _SHARED}
    app = _App(data.get("app") or {}, said.get("app") or {}, here)
    if name is not None:
        check_name(findings, here, name, at_key=True)
        if all(len(each.encode()) <= LONGEST for each in (name, data["name"])):
            check_length(findings, here, f"{data['name']} - {name}")
    own_app = bool(said.get("app") if here else data.get("app"))
    _check_complete(findings, here, {**value, "client_id": app.value("client_id")}, app=own_app)
    said_server = value["authorization_server"]
    elsewhere = is_elsewhere(said_server)
    org = _org(findings, path["org"], value["org"], any_port=elsewhere)
    client_id = _client_id(findings, app, elsewhere=elsewhere)
    redirect_uri = _redirect_uri(findings, path["redirect_uri"], value["redirect_uri"], org)
    server = authorization_server(
        findings, path["authorization_server"], said_server, org.url if org else ""
    )
    if org is None or client_id is None or redirect_uri is None:
        return None
    grants = app.value("grants")
    top = texts(findings, ("variables",), data.get("variables"))
    own = texts(findings, (*here, "variables"), said.get("variables")) if here else ()
    return Environment(
        name=org.host if name is None else name,
        slug=slug(org.host if name is None else name),
        org=org.url,
        authorization_server=server,
        app=App(
            client_id, app.value("type") or "native", None if grants is None else frozenset(grants)
        ),
        redirect_uri=redirect_uri,
        variables=dict(top) | dict(own),
    )


class _App:
    """The keys of `app`, an environment's own before the shared ones."""

    def __init__(self, shared: dict[str, Any], own: dict[str, Any], here: Path) -> None:
        self._shared, self._own, self._here = shared, own, here

    def value(self, key: str) -> Any:  # noqa: ANN401 - the schema says what it is
        return self._own.get(key, self._shared.get(key))

    def path(self, key: str) -> Path:
        return (*(self._here if key in self._own else ()), "app", key)


def _check_complete(findings: Problems, here: Path, value: dict[str, Any], *, app: bool) -> None:
    where = f"the environment `{here[-1]}`" if here else "the description"
    for key, example in _EXAMPLES.items():
        if value[key] is not None:
            continue
        if key == "client_id":
            path: Path = (*here, "app") if app else here
            name = "app.client_id"
            hint = f"add `{example}` to it" if app else f"add `app: {{{example}}}`"
        else:
            path, name, hint = here, key, f"add `{example}`"
        anywhere = ", or at the top for all environments" if here else ""
        findings.add_at_key("R006", path, f"{where} has no `{name}`", hint + anywhere)


_EXAMPLES: Final = {
    "org": "org: https://acme.okta.com",
    "client_id": "client_id: 0oan47pj9BsB30h7",
    "redirect_uri": f"redirect_uri: {_CALLBACK}",
}


def _org(findings: Problems, path: Path, text: str | None, *, any_port: bool) -> OrgUrl | None:
    if text is None:
        return None
    found = org_url(text, any_port=any_port)
    if isinstance(found, Refusal):
        findings.add(_ORG_CODES[found.reason], path, found.message, found.hint)
        return None
    return found


def _client_id(findings: Problems, app: _App, *, elsewhere: bool) -> str | None:
    text: str | None = app.value("client_id")
    form = _CLIENT_ID_ELSEWHERE if elsewhere else _CLIENT_ID
    if text is not None and (_PLACEHOLDER.search(text) or not form.fullmatch(text)):
        hint = "copy it from Applications > your app > General; it looks like `0oan47pj9BsB30h7`"
        if elsewhere:
            hint = "copy the one under which the server knows the app"
        findings.add("R033", app.path("client_id"), f"`{text}` is not a client id", hint)
        return None
    return text


def _redirect_uri(
    findings: Problems, path: Path, text: str | None, org: OrgUrl | None
) -> str | None:
    if text is None:
        return None
    problem = _unusable_redirect(text)
    if problem:
        findings.add("R009", path, *problem)
        return None
    host = _host_of(text)
    if host in _POSTMANS_HOSTS and text not in POSTMAN_CALLBACKS:
        message = f"Postman has no callback `{text}`"
        hint = f"register and write `{_CALLBACK}`; Postman in a browser: `{_IN_BROWSER}`"
        findings.add("R010", path, message, hint)
        return None
    if org and host == org.host:
        message = "a redirect URI on the org's own host ends the sign-in too early"
        findings.warn("R011", path, message, f"register and write `{_CALLBACK}`, or your own host")
    return text


def _unusable_redirect(text: str) -> tuple[str, str] | None:
    """What is wrong with a redirect URI, and what to write."""
    if any(each in text for each in "{}*"):
        return f"`{text}` is not literal", f"write the URI itself, like `{_CALLBACK}`"
    if text.count("://") > 1:
        return "more than one redirect URI stands here", "write the one that Postman is to use"
    if "#" in text:
        return (
            "a redirect URI has no fragment",
            f"write `{''.join(text.partition('#')[0].split())}`",
        )
    if re.search(r"\s", text):
        return "a redirect URI holds no white space", f"write `{''.join(text.split())}`"
    if text.lower().startswith(("javascript:", "data:", "file:")):
        return (
            f"`{text.partition(':')[0]}:` takes no answer",
            f"write an address, like `{_CALLBACK}`",
        )
    if not text.isprintable():
        return "a redirect URI holds an invisible character", f"type it anew, like `{_CALLBACK}`"
    if _NO_SCHEME.match(text):
        scheme = "http" if text.startswith(("localhost", "127.")) else "https"
        return f"`{text}` has no scheme", f"write `{scheme}://{text}`"
    if not _SCHEME.fullmatch(text) or (text[:4].lower() == "http" and not _host_of(text)):
        return f"`{text}` is not an absolute URI", f"write it whole, like `{_CALLBACK}`"
    return None


def _host_of(uri: str) -> str:
    try:
        return (urlsplit(uri).hostname or "").lower()
    except ValueError:
        return ""


def _check_files(findings: Problems, names: list[str]) -> None:
    """No two environments may share a file, on a disk that ignores case either."""
    first: dict[str, str] = {}
    for name in names:
        path: Path = ("environments", name)
        if name.strip() and not slug(name):
            hint = "put an ASCII letter or a digit into its name"
            findings.add_at_key("R027", path, f"no file name can be made of `{name}`", hint)
        elif slug(name) in first:
            other = first[slug(name)]
            line = findings.line(("environments", other))
            message = f"`{name}` and `{other}` (line {line}) would share a file"
            hint = "names must differ in more than case and punctuation"
            findings.add_at_key("R028", path, message, hint)
        elif slug(name):
            first[slug(name)] = name


def _check_types(findings: Problems, read: tuple[Environment, ...]) -> None:
    """One collection has one kind of client: a secret for all environments or for none."""
    for environment in read:
        if (environment.app.type == "web") != (read[0].app.type == "web"):
            message = (
                f"`{environment.name}` is of type {environment.app.type}, "
                f"`{read[0].name}` of type {read[0].app.type}"
            )
            hint = "the requests of one collection send a client secret or none: make two files"
            findings.add_at_key("R037", ("environments", environment.name), message, hint)


def _check_client_ids(findings: Problems, read: tuple[Environment, ...]) -> None:
    """A client id belongs to one org: in another it is unknown, or somebody else's."""
    first: dict[str, Environment] = {}
    for environment in read:
        other = first.setdefault(environment.app.client_id, environment)
        if other.org != environment.org:
            message = f"`{environment.name}` and `{other.name}` are two orgs with one client id"
            hint = "each org has an app of its own: add `app: {client_id: ...}` where it is missing"
            findings.warn_at_key("R038", ("environments", environment.name), message, hint)
