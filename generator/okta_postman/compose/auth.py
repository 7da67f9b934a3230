"""The OAuth 2.0 settings of requests, folders and collections."""

from __future__ import annotations

from collections.abc import Iterable

from okta_postman.compose.variables import is_confidential, varies
from okta_postman.manifest.model import Manifest
from okta_postman.okta.scopes import joined, scopes_label
from okta_postman.postman.model import OAuth2, Pair
from okta_postman.postman.variables import POSTMAN_CALLBACKS, sign_in_variable


def oauth2(manifest: Manifest, scopes: Iterable[str], *, collection: str | None = None) -> OAuth2:
    """The settings that request a token with these scopes, for a collection of this name.

    Without a name it is the manifest's own collection. The token is named after collection and
    scopes, because Postman's list of tokens shows only names. The system browser is used with
    Postman's own callbacks only, for it can return to no other.
    Source: learning.postman.com/docs/sending-requests/authorization/oauth-20.
    """
    scopes = tuple(scopes)
    scope = joined(scopes)
    return OAuth2(
        token_name=f"{collection or manifest.name}: {scopes_label(scopes)}",
        scope=scope,
        use_browser=all(
            environment.redirect_uri in POSTMAN_CALLBACKS for environment in manifest.environments
        ),
        confidential=is_confidential(manifest),
        parameters=tuple(_parameter(manifest, name) for name in manifest.sign_in_parameters),
    )


def _parameter(manifest: Manifest, name: str) -> Pair:
    """A parameter of the sign-in: its value, or a variable if environments differ in it."""
    if varies(manifest, name):
        return Pair(name, f"{{{{{sign_in_variable(name)}}}}}")
    return Pair(name, dict(manifest.environments[0].sign_in_parameters)[name])
