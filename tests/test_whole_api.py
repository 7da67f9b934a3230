"""Every scope of Okta as `all`: one collection, run against an org that judges each request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from okta_postman.commands.generate import artifacts_of
from okta_postman.manifest.model import Manifest
from okta_postman.okta import catalog
from tests.support.postman import Run, postman_cli
from tests.support.stub_org import Seen, stub_org
from tests.support.tokens import access_token
from tests.support.whole_api import MANAGEMENT, SCOPE_SETS, everything, judged

Runner = Callable[..., Run]


def written(manifest: Manifest, folder: Path) -> tuple[Manifest, Path, Path]:
    """The manifest, its collection and its environment."""
    paths = []
    for artifact in artifacts_of(manifest):
        paths.append(folder / artifact.path)
        paths[-1].write_bytes(artifact.content)
    return manifest, paths[0], paths[1]


def run(
    runner: Runner, generated: tuple[Manifest, Path, Path], token: str
) -> tuple[Run, list[Seen]]:
    """A run with a token, and what reached the org."""
    description, collection, environment = generated
    with stub_org(judged(description)) as org:
        variables = {"baseUrl": org.url, "accessToken": token}
        return runner(collection, environment, variables), org.seen


def test_the_whole_api_is_one_collection_of_every_scoped_operation() -> None:
    description = everything()
    assert len(MANAGEMENT) > 760
    asked = {(*each.endpoint,): each.scopes for each in description.requests}
    assert asked == {(*each.endpoint,): each.scope_sets[0] for each in MANAGEMENT}
    places = {(each.folder, each.name) for each in description.requests}
    assert len(places) == len(MANAGEMENT)


def test_every_request_of_the_whole_api_passes_with_a_full_token(tmp_path: Path) -> None:
    scopes = {scope for scopes in SCOPE_SETS for scope in scopes}
    done, seen = run(postman_cli, written(everything(), tmp_path), access_token(*scopes))
    assert done.failures == ()
    assert [each.status for each in seen] == [200] * len(MANAGEMENT)
    assert len(done.executed) == len(MANAGEMENT)


@pytest.mark.parametrize("ending", [".read", ".manage"])
def test_every_request_of_the_whole_api_fails_with_a_token_that_lacks_its_scope(
    tmp_path: Path, ending: str
) -> None:
    """With half of the scopes each time, every request is refused once, and for its own sake.

    The org is the judge here, and not the scripts, which would not even send what must fail.
    """
    files = written(everything("collection: {scripts: false}\n"), tmp_path)
    held = {scope for scopes in SCOPE_SETS for scope in scopes if scope.endswith(ending)}

    done, seen = run(postman_cli, files, access_token(*held))

    known = [catalog.find(each.method, each.path) for each in seen]
    assert (
        len({(*each.endpoint,) for each in known if each}) == len(MANAGEMENT) == len(done.executed)
    )
    enough = [each is not None and held.issuperset(each.scope_sets[0]) for each in known]
    assert [each.status for each in seen] == [200 if each else 403 for each in enough]
    assert min(enough.count(True), enough.count(False)) > 200
