"""Stand-ins for the places where teams review: what GitHub's and GitLab's runners do with files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.support import review
from tests.support.program import shell
from tests.support.samples import ROOT

# pip builds and installs what lies here, and finds everything else where it is installed already:
# no network. (The last one says "no isolation", for all that it looks like.)
OFFLINE = {
    "PYTHONPATH": sysconfig.get_paths()["purelib"],
    "PIP_NO_DEPS": "1",
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_CONFIG_FILE": os.devnull,
}
SHIPPED = (
    *("pyproject.toml", "README.md", "LICENSE", "generator", "templates"),
    *(".pre-commit-hooks.yaml", "action.yml", ".ci"),
)


ONCE = ("Create an environment", "Install okta-postman")
"""Steps of the action that need not run again."""


def documents(path: Path) -> list[Any]:
    """The documents of a YAML 1.2 file, in which `on` is a text."""
    return list(YAML(typ="safe", pure=True).load_all(path.read_text(encoding="utf-8")))


def project(folder: Path) -> Path:
    """A git repository of this project, as others name it."""
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    review.commit(folder)
    return folder


@dataclass
class GitHub:
    """The comments of a pull request, behind GitHub's API; it may refuse to have them changed."""

    url: str = ""
    read_only: bool = False
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)


@contextmanager
def github() -> Iterator[GitHub]:
    """GitHub's API on 127.0.0.1, as far as comments go."""
    state = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            state.asked.append((self.command, self.path, self.headers["Authorization"]))
            length = int(self.headers.get("Content-Length") or 0)
            data = json.loads(self.rfile.read(length) or b"{}")
            number = int(self.path.rpartition("/")[2]) if self.command == "PATCH" else 0
            if state.read_only:
                pass
            elif self.command == "POST":
                bot = {"type": "Bot"}
                state.comments.append({"id": len(state.comments), "user": bot, **data})
            elif self.command == "PATCH":
                state.comments[number] |= data
            first = self.path.endswith("page=1")
            body = json.dumps(state.comments if first else [] if "page=" in self.path else {})
            self.send_response(403 if state.read_only and self.command != "GET" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815 (http.server's names)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True)
class Job:
    """What a run of an action leaves behind."""

    code: int
    output: str
    summary: str
    outputs: Mapping[str, str]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Runner:
    """Runs the steps of the composite action as GitHub's runner does, Python being there."""

    action: Path
    workspace: Path
    temp: Path
    context: Mapping[str, str]

    def run(self, **inputs: str) -> Job:
        """Run each step until one fails."""
        written = {name: self.temp / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
        for path in written.values():
            path.write_text("", encoding="utf-8")
        done: list[str] = []
        output, code = "", 0
        for step in documents(self.action / "action.yml")[0]["runs"]["steps"]:
            if step.get("name") == "Install dependencies":
                self._install_dependencies()
            elif code == 0 and "run" in step and self._wanted(step, inputs):
                ended = self._step(step, inputs, written)
                output += ended.stdout + ended.stderr
                code = ended.returncode
                done.append(step["name"])
        (self.temp / "okta-postman" / ".installed").touch()
        lines = written["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        summary = written["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return Job(code, output, summary, outputs, tuple(done))

    def _install_dependencies(self) -> None:
        """Put what is installed here into the environment of the action: there is no network."""
        for packages in (self.temp / "okta-postman").glob("lib/python*/site-packages"):
            (packages / "others.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")

    def _step(
        self, step: Mapping[str, Any], inputs: Mapping[str, str], written: Mapping[str, Path]
    ) -> subprocess.CompletedProcess[str]:
        path = self.temp / "GITHUB_PATH"
        added = path.read_text(encoding="utf-8").split() if path.exists() else []
        own = {name: self._filled(text, inputs) for name, text in step.get("env", {}).items()}
        return subprocess.run(
            [shell("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace / self._filled(step.get("working-directory", "."), inputs),
            env={
                "HOME": str(self.temp),
                "PATH": ":".join([*added, str(Path(sys.executable).parent), os.environ["PATH"]]),
                "GITHUB_ACTION_PATH": str(self.action),
                "GITHUB_PATH": str(path),
                "RUNNER_TEMP": str(self.temp),
                **{name: str(file) for name, file in written.items()},
                **{name: text for name, text in self.context.items() if name.isupper()},
                **OFFLINE,
                **own,
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def _wanted(self, step: Mapping[str, Any], inputs: Mapping[str, str]) -> bool:
        if step["name"] in ONCE and (self.temp / "okta-postman" / ".installed").exists():
            return False
        conditions = (part.split() for part in step.get("if", "'' == ''").split("&&"))
        return all(
            (self._value(name, inputs) == wanted.strip("'")) is (operator == "==")
            for name, operator, wanted in conditions
        )

    def _filled(self, text: str, inputs: Mapping[str, str]) -> str:
        def value(found: re.Match[str]) -> str:
            return next(
                filter(None, (self._value(each, inputs) for each in found[1].split("||"))), ""
            )

        return re.sub(r"\$\{\{(.*?)\}\}", value, text)

    def _value(self, name: str, inputs: Mapping[str, str]) -> str:
        """An input as given or by default, or a part of what GitHub knows."""
        key = name.strip().removeprefix("inputs.")
        if key == name.strip():
            return self.context.get(key, "")
        given = documents(self.action / "action.yml")[0]["inputs"][key]
        return inputs.get(key) or self._filled(given["default"], inputs)
