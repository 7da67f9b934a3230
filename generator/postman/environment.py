"""An environment as Postman exports it."""

from __future__ import annotations

from typing import Any

from generator.workspace import Environment, Variable


def spell_environment(environment: Environment) -> dict[str, Any]:
    """The environment as JSON data, keys in the order in which they are written."""
    return {
        "id": environment.id,
        "name": environment.name,
        "values": [_value(variable) for variable in environment.variables],
        "_postman_variable_scope": "environment",
    }


def _value(variable: Variable) -> dict[str, Any]:
    return {
        "key": variable.key,
        "value": variable.value,
        "type": "secret" if variable.secret else "default",
        "enabled": True,
    }
