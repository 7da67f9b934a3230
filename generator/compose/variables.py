"""The variables of an environment: how to reach the org, then everything the requests ask for."""

from __future__ import annotations

from generator.compose.identity import stable_word
from generator.model import Description, Environment, parameter_variable
from generator.workspace import Variable

_SECRET = frozenset(("accessToken", "clientSecret"))


def is_confidential(description: Description) -> bool:
    """Whether the app has a secret; the environments of a description agree about that."""
    return description.environments[0].app.is_confidential


def environment_variables(
    description: Description, environment: Environment
) -> tuple[Variable, ...]:
    """Every variable of an environment, the secret ones empty."""
    others = {name: environment.variables.get(name, "") for name in _asked_for(description)}
    return (
        *connection_variables(description, environment),
        *(Variable(name, value) for name, value in others.items()),
    )


def connection_variables(
    description: Description, environment: Environment
) -> tuple[Variable, ...]:
    """The variables of an environment by which requests reach the org and sign in."""
    server = environment.authorization_server
    connection = {
        "baseUrl": environment.org,
        "authUrl": server.authorize_url,
        "accessTokenUrl": server.token_url,
        "clientId": environment.app.client_id,
        "redirectUri": environment.redirect_uri,
        "state": stable_word(description.id, "state", environment.name),
        "accessToken": "",
    }
    if is_confidential(description):
        connection["clientSecret"] = ""
    return tuple(Variable(key, value, secret=key in _SECRET) for key, value in connection.items())


def _asked_for(description: Description) -> list[str]:
    """Path parameters in the order of the requests, then the other declared names, sorted."""
    parameters = dict.fromkeys(
        parameter_variable(parameter)
        for request in description.requests
        for parameter in request.endpoint.parameters
        if parameter not in dict(request.variables)
    )
    named = {name for each in description.environments for name in each.variables}
    return [*parameters, *sorted(named - set(parameters))]
