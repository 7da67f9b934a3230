"""`okta-postman lint`: the problems of descriptions, and nothing else."""

from __future__ import annotations

from generator import files
from generator.cli.options import Descriptions, FormatOption
from generator.cli.terminal import say_all_is_well, show_findings


def lint(descriptions: Descriptions, form: FormatOption = "text") -> int:
    """Say what is wrong with descriptions."""
    from generator.pipeline import check  # noqa: PLC0415 - keeps --help quick

    results = [
        check(files.shown(name), files.read_input(name))[1] for name in dict.fromkeys(descriptions)
    ]
    show_findings(results, form, asked_for=True)
    if not any(checked.problems for checked in results):
        say_all_is_well(len(results))
    return 2 if any(checked.refused for checked in results) else 0
