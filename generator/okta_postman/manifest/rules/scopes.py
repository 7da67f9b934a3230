"""What must hold between scopes, authorization servers and the grants of an app."""

from __future__ import annotations

from collections.abc import Iterable

from okta_postman.documents.data import Path
from okta_postman.manifest.model import Environment
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.scope_map import ScopedEntry, narrowest, ungranted
from okta_postman.okta import scopes as okta_scopes
from okta_postman.okta.servers import ORG_SERVER
from okta_postman.operation import ScopeSet
from okta_postman.wording import listed, nearest


def check_grants(
    findings: Problems, entries: Iterable[ScopedEntry], environments: tuple[Environment, ...]
) -> None:
    """Every request must find its scopes among the app's grants, where these are given."""
    granted = {scope for each in environments for scope in each.app.grants or ()}
    for each in entries:
        missing = ungranted(narrowest(each.scope_sets, environments), environments)
        if missing:
            needed = listed(missing)
            message = f"`{each.entry.endpoint}` needs {needed}, which `app.grants` does not list"
            hint = "grant it under Applications > your app > Okta API Scopes, then list it"
            guess = nearest(missing[0], granted - set(missing), cutoff=0.92)
            where = _lacking(missing, environments)
            hint = f"`{guess}` is listed; is that a slip? Otherwise {hint}" if guess else hint
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
    findings: Problems, sets: dict[str, ScopeSet], servers: dict[str, str | None]
) -> None:
    """Each scope must be one that the authorization servers mint."""
    _check_custom_servers(findings, sets, servers)
    for key, scopes in sets.items():
        path: Path = ("scopes", key)
        _check_custom_scopes(findings, path, scopes, org_server=ORG_SERVER in servers)
        for scope in scopes:
            if okta_scopes.is_okta_scope(scope) and scope not in okta_scopes.known():
                message = f"`{scope}` is not a scope of Okta"
                findings.warn_at_key("R012", path, message, _meant(scope))
        if okta_scopes.lacks_openid(scopes):
            message = "Okta refuses an OpenID scope without `openid`"
            findings.add_at_key("R036", path, message, f"write `openid {key}`")
        if len(key) > okta_scopes.LONGEST_SCOPES:
            hint = "split it: no endpoint needs so many"
            findings.add_at_key("R015", path, too_long(len(key)), hint)


def _meant(scope: str) -> str:
    """What to write instead of a scope that Okta is not known to have."""
    meant = okta_scopes.likely_meant(scope)
    guess = nearest(meant or scope, okta_scopes.known(), cutoff=0.8)
    if meant and guess in (meant, None):
        return f"Okta's scopes end in `read` or `manage`: write `{meant}`"
    if guess:
        return f"did you mean `{guess}`?"
    return "`okta-postman scopes` lists those of Okta; a newer one works all the same"


def check_operations(findings: Problems, entries: Iterable[ScopedEntry]) -> None:
    """Warn of an endpoint that Okta's documents have under other scopes.

    A scope that Okta does not have has been told, and is what is wrong there.
    """
    for each in entries:
        known = each.entry.operation.scope_sets if each.entry.operation else ()
        said = {okta_scopes.without_openid(scopes) for scopes in each.scope_sets}
        enough = {okta_scopes.without_openid(scopes) for scopes in known}
        if known and not said & {(), *enough} and all(map(okta_scopes.is_mapped, said)):
            needed = " or ".join(f"`{okta_scopes.joined(scopes)}`" for scopes in known)
            message = f"`{each.entry.endpoint}` needs {needed}"
            hint = f"list it under {needed}: that is what Okta documents, and no more than it takes"
            findings.warn("R041", each.entry.path, message, hint)


def _check_custom_servers(
    findings: Problems, sets: dict[str, ScopeSet], servers: dict[str, str | None]
) -> None:
    """A server that mints none of the `okta.*` scopes is one mistake, however many there are."""
    okta = [
        scope for scopes in sets.values() for scope in scopes if okta_scopes.is_okta_scope(scope)
    ]
    for server, environment in servers.items():
        if okta and server != ORG_SERVER:
            path: Path = ("environments", environment) if environment else ()
            named = f"`{server}`" if server else "a server that is not Okta's"
            message = f"{named} does not mint `{okta[0]}`; only the org authorization server does"
            hint = (
                "leave `authorization_server` out, and put custom scopes into a file of their own"
            )
            findings.add("R007", (*path, "authorization_server"), message, hint)


def _check_custom_scopes(
    findings: Problems, path: Path, scopes: ScopeSet, *, org_server: bool
) -> None:
    custom = [scope for scope in scopes if okta_scopes.is_custom_scope(scope)]
    if custom and org_server:
        message = f"the org authorization server does not mint {listed(custom)}"
        hint = "name the server that does: `authorization_server: default`, or its id"
        meant = [f"okta.{scope}" for scope in custom if scope.endswith((".read", ".manage"))]
        meant += [scope.lower() for scope in custom if scope.lower().startswith("okta.")]
        hint = f"did you mean `{meant[0]}`? Otherwise {hint}" if meant else hint
        findings.add_at_key("R008", path, message, hint)


def too_long(length: int) -> str:
    """The sentence about a scope set that Okta will not take."""
    return f"{length} characters of scopes; Okta takes {okta_scopes.LONGEST_SCOPES} at once"
