"""Every scope of Okta as `all`: the manifest of one collection of the whole API."""

from __future__ import annotations

from okta_postman.manifest.model import Manifest
from okta_postman.okta import catalog
from okta_postman.okta.endpoints import reason_against_bearer
from okta_postman.okta.scopes import OPENID_SCOPES, joined
from okta_postman.postman.variables import parameter_variable
from tests.support.manifests import check

HEAD = """\
version: 1
name: Okta
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
"""
MANAGEMENT = [
    each
    for each in catalog.operations()
    if each.scope_sets
    and not each.host
    and not set(each.scope_sets[0]) & OPENID_SCOPES
    and not reason_against_bearer(each.endpoint.path)
]
SCOPE_SETS = sorted({scopes for each in MANAGEMENT for scopes in each.scope_sets})


def whole(more: str = "") -> str:
    """The text of a manifest of everything; each path parameter has a value."""
    listed = "".join(f"  {joined(scopes)}: all\n" for scopes in SCOPE_SETS)
    names = {parameter_variable(name) for each in MANAGEMENT for name in each.endpoint.parameters}
    variables = "".join(f"  {name}: filled\n" for name in sorted(names))
    return f"{HEAD}{listed}variables:\n{variables}{more}"


def everything(more: str = "") -> Manifest:
    manifest, checked = check("okta.yaml", whole(more).encode())
    assert manifest is not None, checked.problems
    assert checked.problems == ()
    return manifest


def judged(manifest: Manifest) -> dict[tuple[str, str], frozenset[str]]:
    """What the org asks of each endpoint."""
    return {(*each.endpoint,): frozenset(each.scopes) for each in manifest.requests}
