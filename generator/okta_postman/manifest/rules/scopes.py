"""Scopes: which server issues tokens with them, whether they exist, and what documents say."""

from __future__ import annotations

from urllib.parse import parse_qsl

from okta_postman.manifest.draft import Draft
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.schema.lookup import in_yaml
from okta_postman.manifest.schema.types import TOKEN_ONLY, UNSCOPED
from okta_postman.okta.org_url import OrgUrl, org_url
from okta_postman.okta.scopes import (
    LONGEST_SCOPES,
    is_custom_scope,
    is_mapped,
    is_okta_scope,
    joined,
    known,
    lacks_openid,
    likely_meant,
    without_openid,
)
from okta_postman.okta.servers import ORG_SERVER, OTHER_ISSUER, server_of
from okta_postman.wording import listed


def servers_issue_okta_scopes(draft: Draft, problems: Problems) -> None:
    """R007: only the org authorization server issues tokens with Okta's scopes.

    Another server is one mistake, however many of these scopes there are.
    """
    every = (scope for scopes in draft.scope_sets.values() for scope in scopes)
    scope = next(filter(is_okta_scope, every), None)
    if scope is None:
        return
    for server, path in draft.servers.items():
        written_out = _org_server_by_urls(draft) if server == OTHER_ISSUER else None
        if written_out is not None:
            message = "these are URLs of the org authorization server, the one without any"
            hint = "delete `authorization_server`"
            if written_out:
                hint += f", and write `sign_in_parameters: {in_yaml(written_out)}`"
            problems.error("R007", path, message, hint)
        elif server != ORG_SERVER:
            name = "another provider's server" if server == OTHER_ISSUER else f"`{server}`"
            message = (
                f"{name} can't issue tokens with `{scope}`; only the org authorization server can"
            )
            hint = "delete `authorization_server`, and put custom scopes into another manifest"
            problems.error("R007", path, message, hint)


def _org_server_by_urls(draft: Draft) -> dict[str, str] | None:
    """The query of the authorization URL if that is the URL of the org authorization server."""
    for settings in draft.settings:
        server, org = settings.authorization_server, org_url(settings.org or "")
        if isinstance(server, dict) and isinstance(org, OrgUrl):
            url, _, query = server["authorize_url"].partition("?")
            if url == server_of(org.url, ORG_SERVER).authorize_url:
                return dict(parse_qsl(query))
    return None


def org_server_issues_no_custom_scopes(draft: Draft, problems: Problems) -> None:
    """R008: tokens with custom scopes come from a custom authorization server."""
    if ORG_SERVER not in draft.servers:
        return
    for key, scopes in draft.scope_sets.items():
        custom = list(filter(is_custom_scope, scopes))
        if custom:
            message = f"the org authorization server can't issue tokens with {listed(custom)}"
            hint = "name the server that can: `authorization_server: default`, or its ID"
            if key in UNSCOPED:
                hint = f"indent less, so that `{key}:` is beside `scopes:`. Otherwise {hint}"
            guess = next(filter(None, (_okta_scope(problems, scope) for scope in custom)), None)
            hint = f"did you mean `{guess}`? Otherwise {hint}" if guess else hint
            problems.error_at_key("R008", ("scopes", key), message, hint)


def org_server_issues_no_token_without_a_scope(draft: Draft, problems: Problems) -> None:
    """R044: the org authorization server has no scopes that a token gets by default."""
    if TOKEN_ONLY in draft.data and ORG_SERVER in draft.servers:
        message = "the org authorization server issues no token without a scope"
        hint = "list these endpoints under `openid:` in `scopes`: that scope needs no grant"
        problems.error_at_key("R044", (TOKEN_ONLY,), message, hint)


def _okta_scope(problems: Problems, custom: str) -> str | None:
    """The scope of Okta that was meant, but for its prefix, its letter case or a typo."""
    folded = {scope.casefold(): scope for scope in known()}
    with_prefix = folded.get(f"okta.{custom}".casefold())
    return with_prefix or problems.nearest(custom, known(), cutoff=0.9)


def okta_scopes_are_known(draft: Draft, problems: Problems) -> None:
    """R012: warn of a scope that Okta is not known to have; it adds them faster than any list."""
    for key, scopes in draft.scope_sets.items():
        for scope in scopes:
            if is_okta_scope(scope) and scope not in known():
                message = f"`{scope}` is not a known Okta scope"
                problems.warning_at_key("R012", ("scopes", key), message, _meant(problems, scope))


def _meant(problems: Problems, scope: str) -> str:
    """What to write instead of an unknown scope."""
    meant = likely_meant(scope)
    guess = problems.nearest(meant or scope, known(), cutoff=0.8)
    if meant and guess in (meant, None):
        return f"write `{meant}`: most of Okta's scopes end in `.read` or `.manage`"
    if guess:
        return f"did you mean `{guess}`?"
    return "run `okta-postman scopes` to list those of Okta; a newer scope works, too"


def openid_scopes_include_openid(draft: Draft, problems: Problems) -> None:
    """R036: Okta refuses OpenID Connect's other scopes without `openid`; other servers do not."""
    if not draft.has_okta_tokens:
        return
    for key, scopes in draft.scope_sets.items():
        if lacks_openid(scopes):
            message = f"Okta refuses `{key}` without `openid`"
            problems.error_at_key("R036", ("scopes", key), message, f"write `openid {key}`")


def scope_sets_are_short(draft: Draft, problems: Problems) -> None:
    """R015: Okta's `scope` parameter has a limit."""
    if not draft.has_okta_tokens:
        return
    for key in draft.scope_sets:
        if len(key) > LONGEST_SCOPES:
            hint = "split the key: no endpoint needs so many scopes"
            problems.error_at_key("R015", ("scopes", key), too_long(len(key)), hint)


def too_long(length: int) -> str:
    """The message about a scope set that Okta does not accept."""
    return f"{length} characters of scopes; Okta accepts {LONGEST_SCOPES} in one request"


def endpoints_are_under_documented_scopes(draft: Draft, problems: Problems) -> None:
    """R041: warn of an endpoint of which Okta's documents say that it takes other scopes.

    A scope that Okta does not have is R012, and is what is wrong there.
    """
    for scoped in draft.scoped:
        operation = scoped.entry.operation
        documented = operation.scope_sets if operation else ()
        own = {without_openid(scopes) for scopes in scoped.scope_sets}
        enough = {without_openid(scopes) for scopes in documented}
        is_enough = bool(own & {(), *enough}) and not scoped.entry.public
        if documented and not is_enough and all(map(is_mapped, own)):
            needed = " or ".join(f"`{joined(scopes)}`" for scopes in documented)
            others = "these scopes" if max(map(len, own)) > 1 else "this scope"
            if scoped.entry.public:
                others = "a request without a token"
            message = f"Okta documents {needed} for `{scoped.entry.endpoint}`, not {others}"
            hint = f"list it under {needed}"
            problems.warning("R041", scoped.entry.path, message, hint)
