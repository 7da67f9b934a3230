"""git answers from a repository that others made, and runs nothing that its settings name."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from okta_postman.files import repository, secret_file
from okta_postman.files.disk import LARGEST
from okta_postman.files.git import read_present, read_version, read_versions
from okta_postman.problems import UserError
from tests.support import review

OLD, NEW = "version: 1\n", "version: 2\n"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a file that has changed since HEAD, at the top and in a folder."""
    folder = tmp_path / "user"
    (folder / "okta").mkdir(parents=True)
    for name in ("a.yaml", "okta/a.yaml"):
        (folder / name).write_text(OLD + name, encoding="utf-8")
    review.commit(folder)
    for name in ("a.yaml", "okta/a.yaml"):
        (folder / name).write_text(NEW + name, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def spy(folder: Path) -> tuple[Path, Path]:
    """A program that leaves a file behind when it is run, and that file."""
    program, ran = folder / "spy", folder / "ran"
    program.write_text(f"#!/bin/sh\ntouch {ran}\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    return program, ran


def head(path: str = "a.yaml") -> bytes | None:
    return read_version(f"HEAD:{path}").data


def test_a_path_counts_from_the_top_or_from_here(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(user / "okta")
    assert head("a.yaml") == f"{OLD}a.yaml".encode()
    assert head("./a.yaml") == f"{OLD}okta/a.yaml".encode()
    assert head("../a.yaml") == f"{OLD}a.yaml".encode()
    assert read_versions("a.yaml", None)[0].data == f"{OLD}okta/a.yaml".encode()
    monkeypatch.chdir(user)
    assert read_versions("okta/a.yaml", None)[0].data == f"{OLD}okta/a.yaml".encode()
    assert head("b.yaml") is None
    assert head("a.yaml/b.yaml") is None


def test_a_bare_repository_and_another_work_tree_answer_too(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review.git(user, "worktree", "add", "--quiet", str(tmp_path / "tree"), "HEAD")
    review.git(tmp_path, "clone", "--quiet", "--bare", str(user), "bare.git")
    for folder in ("tree/okta", "bare.git"):
        monkeypatch.chdir(tmp_path / folder)
        assert head("okta/a.yaml") == f"{OLD}okta/a.yaml".encode()
    monkeypatch.chdir(tmp_path / "tree" / "okta")
    assert head("./a.yaml") == f"{OLD}okta/a.yaml".encode()


PROGRAMS = [
    "core.fsmonitor",
    "core.sshCommand",
    "core.gitProxy",
    "core.pager",
    "core.editor",
    "core.alternateRefsCommand",
    "diff.external",
    "diff.spy.textconv",
    "filter.spy.clean",
    "filter.spy.smudge",
    "filter.spy.process",
    "credential.helper",
    "alias.cat-file",
    "alias.ls-tree",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
]


@pytest.mark.skipif(sys.platform == "win32", reason="the spy is a script of a shell")
@pytest.mark.parametrize("included", [False, True])
def test_no_program_of_a_repository_is_run(user: Path, tmp_path: Path, *, included: bool) -> None:
    program, ran = spy(tmp_path)
    for name in PROGRAMS:
        shell = "!" if name.startswith(("alias", "credential")) else ""
        where = ["--file", str(tmp_path / "more")] if included else []
        review.git(user, "config", *where, name, f"{shell}{program}")
    if included:
        review.git(user, "config", "include.path", str(tmp_path / "more"))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / name).symlink_to(program)
    review.git(user, "config", "core.hooksPath", str(hooks))
    (user / ".gitattributes").write_text("* filter=spy diff=spy\n", encoding="utf-8")

    assert head() == f"{OLD}a.yaml".encode()
    assert read_versions("okta/a.yaml", None)[1].data == f"{NEW}okta/a.yaml".encode()
    with pytest.raises(UserError, match="is tracked by git"):
        secret_file.refuse_tracked(user / "a.yaml")
    assert secret_file.may_be_committed(user / "token.json")
    assert not ran.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the spy is a script of a shell")
@pytest.mark.parametrize("url", ["file:///nowhere", "ext::{spy}", "ssh://example.invalid/x"])
def test_an_object_that_is_missing_is_not_fetched_and_not_taken_for_no_file(
    user: Path, tmp_path: Path, url: str
) -> None:
    program, ran = spy(tmp_path)
    for name, value in {
        "remote.origin.url": url.format(spy=program),
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(program),
        "core.sshCommand": str(program),
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
    }.items():
        review.git(user, "config", name, value)
    blob = review.git(user, "rev-parse", "HEAD:a.yaml").strip()
    tree = review.git(user, "rev-parse", "HEAD:okta").strip()
    for name in (blob, tree):
        path = user / ".git" / "objects" / name[:2] / name[2:]
        path.chmod(stat.S_IWRITE)
        path.unlink()

    for lacking in ("a.yaml", "okta/a.yaml"):
        with pytest.raises(UserError, match="is not in this repository"):
            head(lacking)
    assert not ran.exists()


def test_replaced_and_grafted_objects_are_not_what_is_compared(user: Path) -> None:
    first = review.git(user, "rev-parse", "HEAD").strip()
    second = review.commit(user)
    old, new = (review.git(user, "rev-parse", f"{each}:a.yaml").strip() for each in (first, second))
    review.git(user, "replace", new, old)
    (user / ".git" / "info").mkdir(exist_ok=True)
    (user / ".git" / "info" / "grafts").write_text(f"{second} {second}\n", encoding="utf-8")

    assert head() == f"{NEW}a.yaml".encode()
    assert read_version("HEAD~1:a.yaml").data == f"{OLD}a.yaml".encode()


@pytest.mark.parametrize(
    "name",
    [
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_EXEC_PATH"),
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_PREFIX"),
        *("GIT_TRACE", "GIT_TRACE2_EVENT", "GIT_EXTERNAL_DIFF", "GIT_REPLACE_REF_BASE"),
        *("GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_LITERAL_PATHSPECS"),
    ],
)
def test_the_environment_names_no_other_repository(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "other"))
    assert head() == f"{OLD}a.yaml".encode()
    assert secret_file.may_be_committed(user / "token.json")
    assert not (tmp_path / "other").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the spy is a script of a shell")
def test_settings_of_the_environment_run_nothing(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, ran = spy(tmp_path)
    for name, value in {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": str(program),
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{program}'",
        "GIT_PAGER": str(program),
    }.items():
        monkeypatch.setenv(name, value)
    assert secret_file.may_be_committed(user / "token.json")
    assert head() is not None
    assert not ran.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the spy is a script of a shell")
@pytest.mark.parametrize("path", ["", ".", "here", "{system}", ".{sep}{system}"])
def test_git_is_a_program_of_the_system_and_not_of_the_folder(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    program, ran = spy(tmp_path)
    for folder in (user, user / "here"):
        folder.mkdir(exist_ok=True)
        (folder / "git").symlink_to(program)
    monkeypatch.setenv("PATH", path.format(system=os.environ["PATH"], sep=os.pathsep))
    if "{system}" in path:
        assert head() is not None
    else:
        with pytest.raises(UserError, match="git is not installed"):
            head()
    assert not ran.exists()


def test_a_blob_is_measured_before_it_is_read(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (user / "large.yaml").open("wb") as file:
        file.truncate(LARGEST + 1)
    review.commit(user)
    asked: list[str] = []
    real = repository.ask

    def recorded(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        asked.extend(arguments)
        return real(folder, *arguments)

    monkeypatch.setattr(repository, "ask", recorded)
    with pytest.raises(UserError, match="more than 8 MB"):
        head("large.yaml")
    assert "cat-file" not in asked


@pytest.mark.parametrize("path", ["okta", "okta/", ".", "./", "link.yaml"])
def test_what_is_no_file_is_refused(user: Path, path: str) -> None:
    (user / "link.yaml").symlink_to("a.yaml")
    review.commit(user)
    with pytest.raises(UserError, match="not a file"):
        read_present(f"HEAD:{path}")


@pytest.mark.parametrize("name", ["*.yaml", ":(top)a.yaml", "[a].yaml", "-p.yaml", "a\nb.yaml"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such file names")
def test_a_path_is_no_pattern_and_no_option(user: Path, name: str) -> None:
    assert head(f"./{name}") is None
    (user / name).write_text("version: 3\n", encoding="utf-8")
    with pytest.raises(UserError, match="is tracked by git"):
        secret_file.refuse_tracked(user / "a.yaml")
    secret_file.refuse_tracked(user / name)
    assert secret_file.may_be_committed(user / name)
    review.commit(user)
    assert head(f"./{name}") == b"version: 3\n"


def test_a_repository_that_lets_git_wait_ends_in_a_sentence(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such pipes")
    (user / ".git" / "config").unlink()
    os.mkfifo(user / ".git" / "config")
    monkeypatch.setattr(repository, "_PATIENCE", 0.3)
    with pytest.raises(UserError, match="git did not end within"):
        head()
