"""Every scope of Okta as `all`: one collection, run against an org that judges each request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import pipeline
from generator.model import Description, parameter_variable
from generator.okta import catalogue
from generator.okta.endpoints import reason_against_bearer
from generator.okta.scopes import OPENID_SCOPES, joined
from tests.support.postman import Run, postman_cli
from tests.support.stub_org import Seen, stub_org
from tests.support.tokens import access_token

Runner = Callable[..., Run]
HEAD = """\
version: 1
name: Okta
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
"""
MANAGEMENT = [
    each
    for each in catalogue.operations()
    if each.scope_sets
    and not set(each.scope_sets[0]) & OPENID_SCOPES
    and not reason_against_bearer(each.endpoint.path)
]
SCOPE_SETS = sorted({scopes for each in MANAGEMENT for scopes in each.scope_sets})


def whole(more: str = "") -> str:
    """The text of a description of everything; each path parameter has a value."""
    listed = "".join(f"  {joined(scopes)}: all\n" for scopes in SCOPE_SETS)
    names = {parameter_variable(name) for each in MANAGEMENT for name in each.endpoint.parameters}
    variables = "".join(f"  {name}: filled\n" for name in sorted(names))
    return f"{HEAD}{listed}variables:\n{variables}{more}"


def everything(more: str = "") -> Description:
    description, checked = pipeline.check("okta.yaml", whole(more).encode())
    assert description is not None, checked.problems
    assert checked.problems == ()
    return description


def written(description: Description, folder: Path) -> tuple[Description, Path, Path]:
    """The description, its collection and its environment."""
    paths = []
    for artifact in pipeline.generate(description):
        paths.append(folder / artifact.name)
        paths[-1].write_bytes(artifact.text)
    return description, paths[0], paths[1]


def judged(description: Description) -> dict[tuple[str, str], frozenset[str]]:
    """What the org asks of each endpoint."""
    return {(*each.endpoint,): frozenset(each.scopes) for each in description.requests}


def run(
    runner: Runner, generated: tuple[Description, Path, Path], token: str
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

    known = [catalogue.find(each.method, each.path) for each in seen]
    assert (
        len({(*each.endpoint,) for each in known if each}) == len(MANAGEMENT) == len(done.executed)
    )
    enough = [each is not None and held.issuperset(each.scope_sets[0]) for each in known]
    assert [each.status for each in seen] == [200 if each else 403 for each in enough]
    assert min(enough.count(True), enough.count(False)) > 200
