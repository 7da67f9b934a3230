"""The rules are a list that none is missing from."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

from okta_postman.manifest import rules
from okta_postman.manifest.rules.order import RULES

MODULES = sorted(
    path.stem for path in Path(rules.__file__).parent.glob("*.py") if path.stem != "__init__"
)


def test_every_function_of_a_draft_is_a_rule_once() -> None:
    functions = {
        function
        for name in MODULES
        for _, function in inspect.getmembers(
            import_module(f"{rules.__name__}.{name}"), inspect.isfunction
        )
        if [*inspect.signature(function).parameters] == ["draft", "problems"]
    }
    assert functions
    assert set(RULES) == functions
    assert len(set(RULES)) == len(RULES)


def test_a_rule_begins_with_its_codes() -> None:
    for rule in RULES:
        assert re.match(r"R\d{3}(?:, R\d{3})*: ", rule.__doc__ or ""), rule.__name__
