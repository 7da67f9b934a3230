"""From an OpenAPI document to a collection: this program beside others, in one run.

    python -m bench.peers DOCUMENT [FOLDER]

FOLDER is where npm installed openapi-to-postmanv2 and @apideck/portman, and a virtual environment
openapi-generator-cli; those that are not there are left out. Each is run twice, as its
documentation has it and with the options without which it fails, and its collection is read for
what a person would have to fill in by hand.
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

from bench.run import SURROUNDINGS

Run = tuple[float, float, float, bytes]
"""Seconds by the clock and of the processors, megabytes, and the text of the collection."""

PKCE = "authorization_code_with_pkce"
METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch"))


@dataclass(frozen=True)
class Peer:
    """A program, the commands that make a collection, and the file it ends up in."""

    name: str
    commands: Sequence[Sequence[str]]
    result: str


@dataclass(frozen=True)
class Result:
    """What a peer took, and what its collection holds."""

    seconds: float
    processors: float
    megabytes: float
    requests: int
    scoped: int
    with_pkce: int
    identical: bool


def peers(document: Path, installed: Path) -> Iterator[Peer]:
    """Those that can be run here."""
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
    """Two runs of a peer, or why there is none."""
    runs = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            ended = _run(peer, Path(folder))
            if isinstance(ended, str):
                return ended
            runs.append(ended)
    return runs


def judged(runs: list[Run], wanted: dict[tuple[str, str], set[str]]) -> Result | str:
    """What the runs took, and what came out of the first."""
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
        seconds=min(each[0] for each in runs),
        processors=min(each[1] for each in runs),
        megabytes=max(each[2] for each in runs),
        requests=len(requests),
        scoped=scoped,
        with_pkce=sum(_value(auth, "grant_type") == PKCE for _, auth in requests),
        identical=runs[0][3] == runs[1][3],
    )


def _run(peer: Peer, folder: Path) -> Run | str:
    begun, busy, peak = time.perf_counter(), 0.0, 0.0
    surroundings = {**SURROUNDINGS, "PYTHONPATH": str(Path.cwd())}
    if peer.name == "OpenAPI Generator":  # whose limit for YAML is three million characters
        surroundings["JAVA_TOOL_OPTIONS"] = "-DmaxYamlCodePoints=99999999"
    for command in peer.commands:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None  # noqa: S101 - it is a pipe
        said = process.stderr.read().decode(errors="replace").strip()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        busy += used.ru_utime + used.ru_stime
        peak = max(peak, used.ru_maxrss / 1024)
        if process.returncode:
            reason = [line for line in said.splitlines() if "Error" in line] or [said[-90:]]
            return f"fails: {reason[0].strip()[:90]}"
    seconds = time.perf_counter() - begun
    found = sorted(folder.glob(peer.result))
    return (seconds, busy, peak, found[0].read_bytes()) if found else "writes no collection"


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
    """A method and a path whatever its parameters are called."""
    url = request["url"]
    path = url.get("path", []) if isinstance(url, dict) else url.partition("}}/")[2].split("/")
    shape = "/".join("{}" if each[:1] in ":{" else each for each in path if each)
    return request["method"], f"/{shape}"


def _value(auth: dict[str, Any] | None, key: str) -> str:
    values = (auth or {}).get("oauth2") or []
    found = [each["value"] for each in values if isinstance(each, dict) and each["key"] == key]
    return str(found[0]) if found else ""


def scopes(document: Path) -> dict[tuple[str, str], set[str]]:
    """The scopes of each operation, as the document has them."""
    text = document.read_text(encoding="utf-8")
    read = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    found = {}
    for path, item in read["paths"].items():
        shape = "/".join("{}" if "{" in each else each for each in path.split("/"))
        for method, operation in item.items():
            if method in METHODS:
                listed = [
                    each["oauth2"] for each in operation.get("security", []) if "oauth2" in each
                ]
                found[method.upper(), shape] = set(listed[0]) if listed else set()
    return found


def main() -> None:
    source, folder = (*sys.argv[1:], ".")[:2]
    document = Path(source).resolve()
    # The document is read last: a process begins with the memory of the one that starts it.
    ended = [(peer.name, runs_of(peer)) for peer in peers(document, Path(folder).resolve())]
    wanted = scopes(document)
    total = sum(map(bool, wanted.values()))
    print(f"| | s | cpu s | MB | requests | their own scopes, of {total} | PKCE | second run |")
    print("|---|--:|--:|--:|--:|--:|--:|---|")
    for name, runs in ended:
        found = runs if isinstance(runs, str) else judged(runs, wanted)
        if isinstance(found, str):
            print(f"| {name} | {found} | | | | | | |")
            continue
        same = "identical" if found.identical else "differs"
        print(
            f"| {name} | {found.seconds:.2f} | {found.processors:.2f} | {found.megabytes:.0f} "
            f"| {found.requests} | {found.scoped} | {found.with_pkce} | {same} |"
        )


if __name__ == "__main__":
    main()
