"""Runs verbs in forks of one process: killed at a moment of their writing, in pairs, or limited.

`python -m tests.support.killing` reads jobs as JSON from stdin, and prints what became of each.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import pkgutil
import random
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import okta_postman
from okta_postman.cli import app
from okta_postman.commands.check import check_file
from okta_postman.commands.sign_in import TokenRequest, write_token
from okta_postman.problems import UserError

TOKEN = "eyJraWQ.secret-of-this-test.c2ln"  # noqa: S105 - it opens nothing


def verb(folder: str, arguments: list[str], output: str = "../output") -> NoReturn:
    """Run a verb as its program does, or write a token as `login` does."""
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDWR)
    log = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, descriptor in enumerate((null, log, log)):
        os.dup2(descriptor, number)
    os.getpid = lambda: 1  # as in a container
    if arguments[0] == "write_token":
        source = check_file("users.yaml").value
        assert source is not None
        request = TokenRequest(source, source.manifest.environments[0], (), None)
        try:
            write_token(request, Path(arguments[1]), TOKEN)
        except UserError:
            sys.exit(2)
        sys.exit(0)
    sys.argv[1:] = arguments
    app.run()
    sys.exit(0)


def forked(run: Callable[[], NoReturn]) -> int:
    """The process ID of a fork that runs a function."""
    process = os.fork()
    if process:
        return process
    try:
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 - a fork never returns
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def ended(process: int) -> int:
    """The exit code of a fork; that of a signal is negative."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def killed(folder: str, arguments: list[str], steps: int) -> int:
    """Kill a verb some steps after it began to write; its exit code.

    Steps are what Python does to files, not milliseconds: those end differently on a busy machine.
    """

    def run() -> NoReturn:
        left = itertools.count(steps, -1)
        began = False

        def step(event: str, _: object) -> None:
            nonlocal began
            began = began or event == "os.mkdir"
            if began and event.partition(".")[0] in ("open", "os", "fcntl") and next(left) <= 0:
                signal.raise_signal(signal.SIGKILL)

        sys.addaudithook(step)
        verb(folder, arguments)

    return ended(forked(run))


def limited(folder: str, arguments: list[str], size: int, *, kill: bool) -> int:
    """Run a verb that can write no file beyond a size, as on a full disk; its exit code.

    With `kill` the system ends it in the middle of that write.
    """

    def run() -> NoReturn:
        if kill:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        verb(folder, arguments, os.devnull)

    return ended(forked(run))


def together(folder: str, verbs: Iterable[list[str]]) -> list[int]:
    """Run verbs at the same time in one folder; their exit codes."""
    processes = [forked(lambda each=each: verb(folder, each)) for each in verbs]  # type: ignore[misc]
    return [ended(process) for process in processes]


def outcome(job: dict[str, Any], chance: random.Random) -> object:
    """What became of a job."""
    folder = job["folder"]
    if "size" in job:
        return limited(folder, job["arguments"], job["size"], kill=job.get("kill", False))
    if "verbs" in job:
        return together(folder, job["verbs"])
    if job.get("kill"):
        return killed(folder, job["arguments"], chance.randint(0, 16))
    return ended(forked(lambda: verb(folder, job["arguments"])))


if __name__ == "__main__":
    for module in pkgutil.walk_packages(okta_postman.__path__, "okta_postman."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)  # once, and not in each fork
    seeded = random.Random(1)  # noqa: S311 - the same moments in each run, as far as clocks allow
    json.dump([outcome(job, seeded) for job in json.load(sys.stdin)], sys.stdout)
