"""Problems for programs: JSON, GitHub annotations, a GitLab code-quality report, and SARIF."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from okta_postman.problems import Checked, Position, Problem, Source

_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def _problems(results: Sequence[Checked]) -> Iterator[tuple[Source, Problem]]:
    """Every problem with its source."""
    for checked in results:
        for problem in checked.problems:
            yield checked.source, problem


def as_json(results: Sequence[Checked]) -> str:
    """One object with a version, which tells a program the format that it reads."""
    return dumped({"version": 1, **problems_to_json(results)})


def problems_to_json(results: Sequence[Checked]) -> dict[str, Any]:
    """Problems as every report in JSON has them; with the number of those left out, if any are."""
    left_out = sum(checked.left_out for checked in results)
    problems = [
        {
            "file": source.name,
            "line": problem.position.line,
            "column": problem.position.column,
            "end_column": problem.position.column + problem.position.width,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "help": problem.hint,
        }
        for source, problem in _problems(results)
    ]
    return {"problems": problems, **({"left_out": left_out} if left_out else {})}


def as_github(results: Sequence[Checked]) -> str:
    """Workflow commands, which GitHub shows beside the line of a file.

    Source: docs.github.com, Workflow commands for GitHub Actions; the escapes are those of
    github.com/actions/toolkit, packages/core/src/command.ts.
    """
    return "".join(
        workflow_command(
            problem.severity,
            source.name,
            problem.position,
            problem.code,
            f"{problem.message}\n{problem.hint}",
        )
        for source, problem in _problems(results)
    ) + "".join(
        workflow_command("notice", checked.source.name, Position(1, 1), "", _more(checked))
        for checked in results
        if checked.left_out
    )


def _more(checked: Checked) -> str:
    return f"and {checked.left_out:,} more problems that are not shown"


def workflow_command(severity: str, file: str, place: Position, title: str, message: str) -> str:
    """One annotation of a line of a file; `severity` is `error`, `warning` or `notice`."""
    return (
        f"::{severity} file={_property(file)},line={place.line},col={place.column},"
        f"endColumn={place.column + place.width},title={_property(title)}::{_data(message)}\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(results: Sequence[Checked]) -> str:
    """A SARIF 2.1.0 log for code scanning.

    Source: docs.oasis-open.org/sarif/sarif/v2.1.0.
    """
    codes = sorted({problem.code for _, problem in _problems(results)})
    driver = {
        "name": "okta-postman",
        "rules": [{"id": code, "help": {"text": f"okta-postman explain {code}"}} for code in codes],
    }
    results_of_run = [_sarif_result(source, problem) for source, problem in _problems(results)]
    notes = [
        {"level": "note", "message": {"text": f"{checked.source.name}: {_more(checked)}"}}
        for checked in results
        if checked.left_out
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results_of_run}
    if notes:
        invocation = {"executionSuccessful": True, "toolExecutionNotifications": notes}
        run["invocations"] = [invocation]
    return dumped({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_result(source: Source, problem: Problem) -> dict[str, Any]:
    place = problem.position
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.width,
    }
    # A URI reference (RFC 3986); standard input has only its name.
    uri = quote(source.name, safe="/")
    physical = {"artifactLocation": {"uri": uri}, "region": region}
    return {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": f"{problem.message}\n{problem.hint}"},
        "locations": [{"physicalLocation": physical}],
    }


def dumped(data: Any) -> str:  # noqa: ANN401 - what JSON can say
    """Indented JSON that ends with a line feed."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


_GITLAB_SEVERITIES: Final = {"error": "major", "warning": "minor"}


def as_gitlab(results: Sequence[Checked]) -> str:
    """A code-quality report for GitLab; its fingerprints survive other edits of a file.

    Source: docs.gitlab.com/ci/testing/code_quality, the report format.
    """
    seen: Counter[str] = Counter()
    issues = []
    for source, problem in _problems(results):
        key = f"{source.name} {problem.code} {problem.message}"
        seen[key] += 1
        issues.append(
            {
                "description": f"{problem.message}: {problem.hint}",
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(f"{key} {seen[key]}".encode()).hexdigest(),
                "severity": _GITLAB_SEVERITIES[problem.severity],
                "location": {"path": source.name, "lines": {"begin": problem.position.line}},
            }
        )
    issues += [
        {
            "description": _more(checked),
            "check_name": "more",
            "fingerprint": hashlib.sha256(f"{checked.source.name} more".encode()).hexdigest(),
            "severity": "info",
            "location": {"path": checked.source.name, "lines": {"begin": 1}},
        }
        for checked in results
        if checked.left_out
    ]
    return dumped(issues)


FORMATS: Final[Mapping[str, Callable[[Sequence[Checked]], str]]] = {
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}
