"""The same manifest gives the same bytes, whoever generates it, wherever and whenever."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.interpreters import OTHERS
from tests.support.manifests import generated
from tests.support.program import contents, okta_postman
from tests.support.samples import COLLECTIONS, ROOT, SAMPLES

COMMITTED = {name: data for name, data in contents(COLLECTIONS).items() if name.endswith(".json")}

SURROUNDINGS = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4242"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"TZ": "Pacific/Kiritimati"},
    {"PYTHONOPTIMIZE": "2"},
]


def generated_in(folder: Path, **options: object) -> dict[str, bytes]:
    """What all samples generate into a folder, with its own copy of the manifests."""
    folder.mkdir(exist_ok=True)
    for path in SAMPLES:
        shutil.copy(path, folder)
    done = okta_postman("generate", *(path.name for path in SAMPLES), cwd=folder, **options)  # type: ignore[arg-type]
    assert done.code == 0, done.stderr
    return {name: data for name, data in contents(folder).items() if name.endswith(".json")}


def test_the_committed_files_are_up_to_date() -> None:
    names = [str(path.relative_to(ROOT)) for path in SAMPLES]
    done = okta_postman("generate", "--check", *names, cwd=ROOT)
    assert (done.code, done.stdout, done.stderr) == (0, "", f"{len(COMMITTED)} files up to date\n")


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=" ".join)
def test_surroundings_change_nothing(tmp_path: Path, surroundings: dict[str, str]) -> None:
    assert generated_in(tmp_path / "a", environment=surroundings) == COMMITTED


def test_the_working_directory_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    paths = [str(path) for path in SAMPLES]
    done = okta_postman("generate", "-o", "deep", *paths, cwd=tmp_path)
    assert done.code == 0
    assert contents(tmp_path / "deep") == COMMITTED


@pytest.mark.skipif(not OTHERS, reason="no other Python from 3.11 on is at hand")
@pytest.mark.parametrize("python", OTHERS or [None], ids=str)
def test_every_python_at_hand_gives_the_same(tmp_path: Path, python: Path) -> None:
    launcher = [str(python), "-m", "okta_postman"]
    assert generated_in(tmp_path / "a", launcher=launcher) == COMMITTED


KEYS = {
    "version": "version: 1",
    "name": "name: Okta users",
    "description": "description: Users.",
    "org": "org: https://acme.okta.com",
    "app": "app: {type: web, client_id: 0oan47pj9BsB30h7}",
    "redirect_uri": "redirect_uri: https://oauth.pstmn.io/v1/callback",
    "variables": "variables: {zeta: '1', alpha: '2', userId: me}",
    "collection": "collection: {auth: folder, folders: resource}",
    "scopes": "scopes: {okta.users.read: [GET /api/v1/users, 'GET /api/v1/users/{userId}']}",
}


@given(order=st.permutations(list(KEYS)), swap=st.booleans())
@settings(max_examples=25)
def test_the_order_of_keys_that_have_none_changes_nothing(order: list[str], *, swap: bool) -> None:
    plain = "\n".join(KEYS.values())
    shuffled = "\n".join(KEYS[key] for key in order)
    if swap:
        shuffled = shuffled.replace("zeta: '1', alpha: '2'", "alpha: '2', zeta: '1'")
        shuffled = shuffled.replace(
            "type: web, client_id: 0oan47pj9BsB30h7", "client_id: 0oan47pj9BsB30h7, type: web"
        )
    assert list(generated(shuffled).items()) == list(generated(plain).items())
