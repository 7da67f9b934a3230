"""The variables of an environment: how to reach the org, then everything the requests ask for."""

from __future__ import annotations

from okta_postman.compose.ids import stable_word
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.postman.model import Variable
from okta_postman.postman.variables import parameter_variable

_SECRET = frozenset(("accessToken", "clientSecret"))


def is_confidential(manifest: Manifest) -> bool:
    """Whether the app has a secret; the environments of a description agree about that."""
    return manifest.environments[0].app.is_confidential


def environment_variables(manifest: Manifest, environment: Environment) -> tuple[Variable, ...]:
    """Every variable of an environment, the secret ones empty."""
    others = {name: environment.variables.get(name, "") for name in _asked_for(manifest)}
    return (
        *connection_variables(manifest, environment),
        *(Variable(name, value) for name, value in others.items()),
    )


def connection_variables(manifest: Manifest, environment: Environment) -> tuple[Variable, ...]:
    """The variables of an environment by which requests reach the org and sign in."""
    server = environment.authorization_server
    connection = {
        "baseUrl": environment.org,
        "authUrl": server.authorize_url,
        "accessTokenUrl": server.token_url,
        "clientId": environment.app.client_id,
        "redirectUri": environment.redirect_uri,
        "state": stable_word(manifest.id, "state", environment.name),
        "accessToken": "",
    }
    if is_confidential(manifest):
        connection["clientSecret"] = ""
    return tuple(Variable(key, value, secret=key in _SECRET) for key, value in connection.items())


def _asked_for(manifest: Manifest) -> list[str]:
    """Path parameters in the order of the requests, then the other declared names, sorted."""
    parameters = dict.fromkeys(
        parameter_variable(parameter)
        for request in manifest.requests
        for parameter in request.endpoint.parameters
        if parameter not in dict(request.variables)
    )
    named = {name for each in manifest.environments for name in each.variables}
    return [*parameters, *sorted(named - set(parameters))]
