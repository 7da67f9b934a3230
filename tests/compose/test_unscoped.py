"""Requests without a scope: their settings, and what Postman's runners send."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.manifests import ALBUMS, generated
from tests.support.postman import Run, newman, postman_cli
from tests.support.stub_org import Answer, stub_org
from tests.support.tokens import access_token

PATHS = ("/me", "/albums", "/health")
OPEN = {("GET", path): Answer(200, "{}") for path in PATHS}
each_level = pytest.mark.parametrize("level", ["request", "folder", "collection"])


def albums(layout: str) -> dict[str, Any]:
    return generated(f"{ALBUMS}collection: {layout}\n")["albums.postman_collection.json"]


def settings(item: dict[str, Any], auth: Any = None) -> Iterator[tuple[str, str | None]]:  # noqa: ANN401
    """The path and the scope of each request; None without a token."""
    auth = (item.get("auth") or item.get("request", {}).get("auth")) or auth
    for inner in item.get("item", []):
        yield from settings(inner, auth)
    if "request" in item:
        fields = {each["key"]: each["value"] for each in auth.get("oauth2", [])}
        yield item["request"]["url"]["path"][0], fields.get("scope")


@each_level
@pytest.mark.parametrize("folders", ["resource", "scope"])
def test_a_public_request_has_no_token_wherever_the_settings_are(level: str, folders: str) -> None:
    if (level, folders) == ("folder", "none"):
        return
    found = dict(settings(albums(f"{{auth: {level}, folders: {folders}}}")))
    any_token = "user-read" if level == "collection" else ""
    assert found == {"me": "user-read", "albums": any_token, "health": None}


def test_tokens_of_one_folder_are_told_apart_by_name() -> None:
    text = ALBUMS.replace("[GET /me]", "[{request: GET /me, folder: A}]")
    text = text.replace("[GET /albums]", "[{request: GET /albums, folder: A}]")
    text = text.replace("[GET /health]", "[{request: GET /health, folder: A}]")
    (folder,) = generated(f"{text}collection: {{auth: folder}}\n")[
        "albums.postman_collection.json"
    ]["item"]
    assert [each["name"] for each in folder["item"]] == [
        "user-read",
        "without scope",
        "without token",
    ]


def test_the_description_of_a_request_says_what_it_is_sent_with() -> None:
    texts = {
        item["request"]["url"]["path"][0]: item["request"]["description"]
        for folder in albums("{}")["item"]
        for item in folder["item"]
    }
    assert "needs an access token, and no scope" in texts["albums"]
    assert "is public: this request is sent without an access token" in texts["health"]


def sent_by(runner: Callable[..., Run], level: str, folder: Path, token: str) -> dict[str, str]:
    """The Authorization header of each path; empty for none."""
    path = folder / "collection.json"
    path.write_text(json.dumps(albums(f"{{auth: {level}}}")), encoding="utf-8")
    with stub_org({}, OPEN) as org:
        done = runner(path, None, {"baseUrl": org.url, "accessToken": token})
        assert done.exit_code == 0, done.failures
        return {each.path: each.headers.get("authorization", "") for each in org.seen}


@each_level
def test_newman_sends_a_token_to_all_but_public_endpoints(level: str, tmp_path: Path) -> None:
    token = access_token("user-read", "other")
    bearer = f"Bearer {token}"
    sent = sent_by(newman, level, tmp_path, token)
    assert sent == {"/me": bearer, "/albums": bearer, "/health": ""}


def test_the_postman_cli_does_the_same(tmp_path: Path) -> None:
    token = access_token("user-read")
    sent = sent_by(postman_cli, "folder", tmp_path, token)
    assert sent == {"/me": f"Bearer {token}", "/albums": f"Bearer {token}", "/health": ""}


def test_a_public_endpoint_that_is_not_public_is_named_as_that(tmp_path: Path) -> None:
    path = tmp_path / "collection.json"
    path.write_text(json.dumps(albums("{auth: collection}")), encoding="utf-8")
    with stub_org({}, {**OPEN, ("GET", "/health"): Answer(401)}) as org:
        done = newman(path, None, {"baseUrl": org.url, "accessToken": access_token("user-read")})
    assert done.failures[0].startswith("This endpoint isn't public")
