"""Compares this program with others that make a collection from an OpenAPI document.

    python -m bench.peers DOCUMENT [FOLDER]

FOLDER has openapi-to-postmanv2 and @apideck/portman in `node_modules`, and openapi-generator-cli in
the virtual environment `v`. Programs that are missing are skipped. Each program runs twice, as its
documentation recommends, with options added if it fails without them. Then its collection is
searched for the fields that a user would have to fill in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.run import ENVIRONMENT

Run = tuple[float, float, float, bytes]
"""Elapsed seconds, processor seconds, megabytes, and the text of the collection."""

PKCE = "authorization_code_with_pkce"
METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch"))


@dataclass(frozen=True)
class Peer:
    """A program, its commands that make a collection, and the file of the collection."""

    name: str
    commands: Sequence[Sequence[str]]
    result: str


@dataclass(frozen=True)
class Result:
    """The time and memory of a peer, and what its collection has."""

    seconds: float
    processors: float
    megabytes: float
    requests: int
    scoped: int
    with_pkce: int
    identical: bool


def peers(document: Path, installed: Path) -> Iterator[Peer]:
    """Yield the programs that are installed."""
    program, source = [sys.executable, "-m", "okta_postman"], str(document)
    connection = ["--org", "acme.okta.com", "--client-id", "0oan47pj9BsB30h7"]
    yield Peer(
        "okta-postman",
        [
            [*program, "import", "openapi", source, *connection, "-o", "api.yaml"],
            [*program, "generate", "api.yaml"],
        ],
        "*.postman_collection.json",
    )
    tools, environment = installed / "node_modules/.bin", installed / "v/bin"
    converter = [str(tools / "openapi2postmanv2"), "-s", source, "-o", "out.json"]
    portman = [str(tools / "portman"), "-l", source, "-o", "out.json", "-t", "false"]
    generator = [str(environment / "openapi-generator-cli"), "generate", "-i", source]
    generator += ["-g", "postman-collection", "-o", ".", "--skip-validate-spec"]
    generator += ["-p", "requestParameterGeneration=Schema"]  # or its file is not JSON
    for peer in (
        Peer("openapi-to-postmanv2", [converter], "out.json"),
        Peer("portman", [portman], "out.json"),
        Peer("OpenAPI Generator", [generator], "postman.json"),
    ):
        if Path(peer.commands[0][0]).exists():
            yield peer


def runs_of(peer: Peer) -> list[Run] | str:
    """Run a peer twice. Returns a reason instead if it fails."""
    runs = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            ended = _run(peer, Path(folder))
            if isinstance(ended, str):
                return ended
            runs.append(ended)
    return runs


def summary(runs: list[Run], wanted: dict[tuple[str, str], set[str]]) -> Result | str:
    """Summarize the runs, and the collection of the first one."""
    try:
        collection = json.loads(runs[0][3])
    except ValueError:
        return "writes a file that is not JSON"
    requests = list(_requests(collection, None))
    scoped = sum(
        {*_value(auth, "scope").split()} == wanted.get(_endpoint(request), set())
        for request, auth in requests
        if wanted.get(_endpoint(request))
    )
    return Result(
        seconds=min(run[0] for run in runs),
        processors=min(run[1] for run in runs),
        megabytes=max(run[2] for run in runs),
        requests=len(requests),
        scoped=scoped,
        with_pkce=sum(_value(auth, "grant_type") == PKCE for _, auth in requests),
        identical=runs[0][3] == runs[1][3],
    )


def _run(peer: Peer, folder: Path) -> Run | str:
    begun, busy, peak = time.perf_counter(), 0.0, 0.0
    variables = {**ENVIRONMENT, "PYTHONPATH": str(Path.cwd())}
    if peer.name == "OpenAPI Generator":  # its limit for YAML is three million characters
        variables["JAVA_TOOL_OPTIONS"] = "-DmaxYamlCodePoints=99999999"
    for command in peer.commands:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None  # noqa: S101 - it is a pipe
        errors = process.stderr.read().decode(errors="replace").strip()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        busy += used.ru_utime + used.ru_stime
        peak = max(peak, used.ru_maxrss / 1024)
        if process.returncode:
            reason = [line for line in errors.splitlines() if "Error" in line] or [errors[-90:]]
            return f"fails: {reason[0].strip()[:90]}"
    seconds = time.perf_counter() - begun
    files = sorted(folder.glob(peer.result))
    return (seconds, busy, peak, files[0].read_bytes()) if files else "writes no collection"


def _requests(
    group: dict[str, Any], inherited: dict[str, Any] | None
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    auth = group.get("auth") or inherited
    for item in group.get("item", []):
        if "item" in item:
            yield from _requests(item, auth)
        else:
            yield item["request"], item["request"].get("auth") or auth


def _endpoint(request: dict[str, Any]) -> tuple[str, str]:
    """Return a method, and a path without the names of its parameters."""
    url = request["url"]
    path = url.get("path", []) if isinstance(url, dict) else url.partition("}}/")[2].split("/")
    shape = "/".join("{}" if segment[:1] in ":{" else segment for segment in path if segment)
    return request["method"], f"/{shape}"


def _value(auth: dict[str, Any] | None, key: str) -> str:
    values = (auth or {}).get("oauth2") or []
    matching = [pair["value"] for pair in values if isinstance(pair, dict) and pair["key"] == key]
    return str(matching[0]) if matching else ""


def scopes(document: Path) -> dict[tuple[str, str], set[str]]:
    """Read the scopes of each operation in the document."""
    text = document.read_text(encoding="utf-8")
    read = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    by_endpoint = {}
    for path, item in read["paths"].items():
        shape = "/".join("{}" if "{" in segment else segment for segment in path.split("/"))
        for method, operation in item.items():
            if method in METHODS:
                security = operation.get("security", [])
                listed = [entry["oauth2"] for entry in security if "oauth2" in entry]
                by_endpoint[method.upper(), shape] = set(listed[0]) if listed else set()
    return by_endpoint


def main() -> None:
    source, folder = (*sys.argv[1:], ".")[:2]
    document = Path(source).resolve()
    # Read the document last: a new process starts with the memory of its parent.
    results = [(peer.name, runs_of(peer)) for peer in peers(document, Path(folder).resolve())]
    wanted = scopes(document)
    total = sum(map(bool, wanted.values()))
    print(f"| | s | cpu s | MB | requests | their own scopes, of {total} | PKCE | second run |")
    print("|---|--:|--:|--:|--:|--:|--:|---|")
    for name, runs in results:
        result = runs if isinstance(runs, str) else summary(runs, wanted)
        if isinstance(result, str):
            print(f"| {name} | {result} | | | | | | |")
            continue
        same = "identical" if result.identical else "differs"
        print(
            f"| {name} | {result.seconds:.2f} | {result.processors:.2f} | {result.megabytes:.0f} "
            f"| {result.requests} | {result.scoped} | {result.with_pkce} | {same} |"
        )


if __name__ == "__main__":
    main()
