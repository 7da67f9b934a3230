"""An environment as Postman exports it."""

from __future__ import annotations

from typing import Any

from okta_postman.postman.model import Environment, Variable


def environment_to_json(environment: Environment) -> dict[str, Any]:
    """The environment as JSON data, keys in the order in which they are written."""
    return {
        "id": environment.id,
        "name": environment.name,
        "values": [variable_to_json(variable) for variable in environment.variables],
        "_postman_variable_scope": "environment",
    }


def variable_to_json(variable: Variable) -> dict[str, Any]:
    """A variable as an environment lists it."""
    return {
        "key": variable.key,
        "value": variable.value,
        "type": "secret" if variable.secret else "default",
        "enabled": True,
    }


def with_token(environment: Any, token: str) -> dict[str, Any] | None:  # noqa: ANN401 - any JSON
    """The JSON data of an environment with an access token in it, all else as it was.

    None if it is no Postman environment.
    """
    values = environment.get("values") if isinstance(environment, dict) else None
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        return None
    kept = [each for each in values if each.get("key") != "accessToken"]
    filled = variable_to_json(Variable("accessToken", token, secret=True))
    return {**environment, "values": [*kept, filled]}
