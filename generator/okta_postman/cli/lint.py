"""`okta-postman lint`: the problems of descriptions, and nothing else."""

from __future__ import annotations

from okta_postman.cli.options import Descriptions, FormatOption
from okta_postman.cli.terminal import say_all_is_well, show_findings
from okta_postman.files import disk


def lint(descriptions: Descriptions, form: FormatOption = "text") -> int:
    """Say what is wrong with descriptions."""
    from okta_postman.commands.pipeline import check

    results = [
        check(disk.shown(name), disk.read_input(name))[1] for name in dict.fromkeys(descriptions)
    ]
    show_findings(results, form, asked_for=True)
    if not any(checked.problems for checked in results):
        say_all_is_well(len(results))
    return 2 if any(checked.refused for checked in results) else 0
