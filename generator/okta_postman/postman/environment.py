"""An environment as Postman exports it."""

from __future__ import annotations

from typing import Any

from okta_postman.postman.model import Environment, Variable


def environment_to_json(environment: Environment) -> dict[str, Any]:
    """An environment as JSON data, with the keys in Postman's order."""
    return {
        "id": environment.id,
        "name": environment.name,
        "values": [variable_to_json(variable) for variable in environment.variables],
        "_postman_variable_scope": "environment",
    }


def variable_to_json(variable: Variable) -> dict[str, Any]:
    """A variable as an environment has it."""
    return {
        "key": variable.key,
        "value": variable.value,
        "type": "secret" if variable.secret else "default",
        "enabled": True,
    }


def with_token(environment: Any, token: str) -> dict[str, Any] | None:  # noqa: ANN401 - any JSON
    """JSON data of an environment with the value of `accessToken` set and nothing else changed.

    None if the data is not that of a Postman environment.
    """
    values = environment.get("values") if isinstance(environment, dict) else None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        return None
    others = [value for value in values if value.get("key") != "accessToken"]
    access_token = variable_to_json(Variable("accessToken", token, secret=True))
    return {**environment, "values": [*others, access_token]}
