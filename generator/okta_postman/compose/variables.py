"""The variables of an environment: the connection to the org, then those that requests use."""

from __future__ import annotations

from okta_postman.compose.ids import stable_word
from okta_postman.manifest.model import Environment, Manifest
from okta_postman.postman.model import Variable
from okta_postman.postman.variables import parameter_variable, sign_in_variable

_SECRET = frozenset(("accessToken", "clientSecret"))


def is_confidential(manifest: Manifest) -> bool:
    """Whether the app has a client secret; the environments of a manifest agree about that."""
    return manifest.environments[0].app.is_confidential


def varies(manifest: Manifest, parameter: str) -> bool:
    """Whether environments have different values for a parameter of the sign-in."""
    values = (dict(each.sign_in_parameters).get(parameter) for each in manifest.environments)
    return len(set(values)) > 1


def environment_variables(manifest: Manifest, environment: Environment) -> tuple[Variable, ...]:
    """Every variable of an environment; secrets are empty."""
    used = [Variable(name, environment.variables.get(name, "")) for name in _names(manifest)]
    return (*connection_variables(manifest, environment), *used)


def connection_variables(manifest: Manifest, environment: Environment) -> tuple[Variable, ...]:
    """The variables of an environment by which requests reach the org and users sign in."""
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
    parameters = dict(environment.sign_in_parameters)
    for name in manifest.sign_in_parameters:
        if varies(manifest, name):
            # Where an environment has no value, an empty one is as good as none (RFC 6749, 3.1).
            connection[sign_in_variable(name)] = parameters.get(name, "")
    return tuple(Variable(key, value, secret=key in _SECRET) for key, value in connection.items())


def _names(manifest: Manifest) -> list[str]:
    """Variables for path parameters in the order of the requests, then the other ones, sorted."""
    parameters: dict[str, None] = {}  # a set that keeps its order
    for request in manifest.requests:
        values = dict(request.variables)
        for parameter in request.endpoint.parameters:
            if parameter not in values:
                parameters[parameter_variable(parameter)] = None
    declared = {name for environment in manifest.environments for name in environment.variables}
    return [*parameters, *sorted(declared - parameters.keys())]
