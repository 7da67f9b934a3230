"""`okta-postman lint`: the problems of manifests, without writing anything."""

from __future__ import annotations

from okta_postman.cli.exit_codes import ExitCode
from okta_postman.cli.options import FormatOption, ManifestFiles
from okta_postman.cli.terminal import say_no_problems, show_problems


def lint(manifests: ManifestFiles, form: FormatOption = "text") -> ExitCode:
    """Check manifests for problems."""
    from okta_postman.commands.check import check_files

    results = [checked for result in check_files(manifests) for checked in result.checked]
    show_problems(results, form, on_stdout=True)
    say_no_problems(results)
    refused = any(checked.refused for checked in results)
    return ExitCode.INVALID_INPUT if refused else ExitCode.OK
