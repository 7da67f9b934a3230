"""Every sample, run by Postman's own tools against a stub org that enforces its scope map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.postman import Run, migrate_and_lint, newman, postman_cli, sdk
from tests.support.samples import SAMPLES, Sample, sample
from tests.support.stub_org import stub_org
from tests.support.tokens import access_token

Runner = Callable[..., Run]

samples = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
runners = pytest.mark.parametrize("runner", [newman, postman_cli])


def run(runner: Runner, chosen: Sample, token: str) -> tuple[Run, int]:
    """A run of a sample with a token, and how many requests the org has seen."""
    with stub_org(chosen.scope_map) as org:
        variables = {"baseUrl": org.url, "accessToken": token, **chosen.blanks()}
        return runner(chosen.collection, chosen.environments[0], variables), len(org.seen)


def test_there_are_three_samples_and_two_have_several_environments() -> None:
    several = [path for path in SAMPLES if len(sample(path).environments) > 1]
    assert len(SAMPLES) >= 3
    assert len(several) >= 2


@samples
@runners
def test_every_request_passes_with_a_token_that_has_its_scopes(runner: Runner, path: Path) -> None:
    chosen = sample(path)

    done, seen = run(runner, chosen, access_token(*chosen.scopes))

    assert done.failures == ()
    assert [status for _, status in done.executed] == [200] * len(chosen.description.requests)
    assert seen == len(chosen.description.requests)
    assert done.exit_code == 0


@samples
@runners
def test_a_run_without_a_token_fails_and_says_what_to_do(runner: Runner, path: Path) -> None:
    chosen = sample(path)

    done, seen = run(runner, chosen, "")

    assert done.exit_code != 0
    assert seen == len(chosen.description.requests)
    assert len(done.failures) == seen
    for failure in done.failures:
        assert failure.startswith("No access token was sent")
        assert "accessToken" in failure
    assert done.failures[0] in done.output


@samples
@runners
def test_a_token_without_the_scope_fails_and_the_scope_is_named(runner: Runner, path: Path) -> None:
    chosen = sample(path)

    done, _ = run(runner, chosen, access_token("okta.other.read"))

    assert done.exit_code != 0
    assert 200 not in [status for _, status in done.executed]
    assert len(done.failures) == len(chosen.description.requests)
    scopes = {each.name: each.scopes for each in chosen.description.requests}
    for (name, _), failure in zip(done.executed, done.failures, strict=True):
        assert failure.startswith("The access token lacks ")
        assert any(scope in failure for scope in scopes[name])


@samples
def test_postman_migrates_and_lints_every_request(path: Path, tmp_path: Path) -> None:
    chosen = sample(path)

    lint = migrate_and_lint(chosen.collection, tmp_path / "v3")

    assert lint.migrate_exit_code == 0, lint.output
    assert lint.error_count == 0, lint.diagnostics
    assert lint.warning_count == 0, lint.diagnostics
    assert lint.files_scanned >= len(chosen.description.requests)


@samples
def test_the_sdk_reads_what_was_described(path: Path) -> None:
    chosen = sample(path)

    read = sdk(chosen.collection, chosen.environments[0])

    assert read.name == chosen.description.name
    assert sorted(each.name for each in read.requests) == sorted(
        each.name for each in chosen.description.requests
    )
    described = {each.name: each for each in chosen.description.requests}
    for request in read.requests:
        assert request.method == described[request.name].endpoint.method
        assert tuple(request.query) == described[request.name].query
        assert request.own_auth == (chosen.description.layout.auth == "request")
