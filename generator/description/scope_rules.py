"""What must hold between scopes, authorization servers and the grants of an app."""

from __future__ import annotations

from collections.abc import Iterable

from generator.description.findings import Findings
from generator.description.scope_map import ScopedEntry, narrowest, ungranted
from generator.description.wording import listed, nearest
from generator.document.reader import Path
from generator.model import Environment, ScopeSet
from generator.okta import scopes as okta_scopes
from generator.okta.servers import ORG_SERVER


def check_grants(
    findings: Findings, entries: Iterable[ScopedEntry], environments: tuple[Environment, ...]
) -> None:
    """Every request must find its scopes among the app's grants, where these are given."""
    granted = {scope for each in environments for scope in each.app.grants or ()}
    for each in entries:
        missing = ungranted(narrowest(each.scope_sets, environments), environments)
        if missing:
            needed = listed(missing)
            message = f"`{each.entry.endpoint}` needs {needed}, which `app.grants` does not list"
            hint = "grant it under Applications > your app > Okta API Scopes, then list it"
            guess = nearest(missing[0], granted - set(missing))
            where = _lacking(missing, environments)
            hint = f"did you mean it by `{guess}`? Otherwise {hint}" if guess else hint
            findings.add("R016", each.entry.path, message, hint + where)


def _lacking(missing: list[str], environments: tuple[Environment, ...]) -> str:
    """The environments whose app lacks a grant, if a description has several."""
    names = [
        each.name
        for each in environments
        if each.app.grants is not None and not set(missing) <= each.app.grants
    ]
    return f" for {listed(names)}" if len(environments) > 1 else ""


def check_servers(
    findings: Findings, sets: dict[str, ScopeSet], servers: dict[str, str | None]
) -> None:
    """Each scope must be one that the authorization servers mint."""
    for key, scopes in sets.items():
        path: Path = ("scopes", key)
        _check_mint(findings, path, scopes, servers)
        for scope in scopes:
            meant = okta_scopes.likely_meant(scope)
            if meant:
                message = f"`{scope}` is not a scope of Okta"
                hint = f"Okta's scopes end in `read` or `manage`: write `{meant}`"
                findings.warn_at_key("R012", path, message, hint)
        if okta_scopes.lacks_openid(scopes):
            message = "Okta refuses an OpenID scope without `openid`"
            findings.add_at_key("R036", path, message, f"write `openid {key}`")
        if len(key) > okta_scopes.LONGEST:
            hint = "split it: no endpoint needs so many"
            findings.add_at_key("R015", path, too_long(len(key)), hint)


def _check_mint(
    findings: Findings, path: Path, scopes: ScopeSet, servers: dict[str, str | None]
) -> None:
    okta = [scope for scope in scopes if okta_scopes.is_okta_scope(scope)]
    custom = [scope for scope in scopes if okta_scopes.is_custom_scope(scope)]
    others = [server for server in servers if server != ORG_SERVER]
    if okta and custom:
        message = f"no authorization server mints both `{okta[0]}` and `{custom[0]}`"
        findings.add_at_key("R008", path, message, "split the key, and the description with it")
    elif okta and others:
        message = f"`{others[0]}` does not mint {listed(okta)}; only the org server does"
        where = f" of `{servers[others[0]]}`" if servers[others[0]] else ""
        findings.add_at_key("R007", path, message, f"leave `authorization_server`{where} out")
    elif custom and ORG_SERVER in servers:
        message = f"the org authorization server does not mint {listed(custom)}"
        hint = "name the server that does: `authorization_server: default`, or its id"
        meant = [f"okta.{scope}" for scope in custom if scope.endswith((".read", ".manage"))]
        meant += [scope.lower() for scope in custom if scope.lower().startswith("okta.")]
        hint = f"did you mean `{meant[0]}`? Otherwise {hint}" if meant else hint
        findings.add_at_key("R008", path, message, hint)


def too_long(length: int) -> str:
    """The sentence about a scope set that Okta will not take."""
    return f"{length} characters of scopes; Okta takes {okta_scopes.LONGEST} at once"
