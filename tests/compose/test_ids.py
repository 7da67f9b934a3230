"""IDs depend on their keys alone, and have a form that Postman keeps."""

from __future__ import annotations

import uuid

import pytest

from okta_postman.compose.ids import stable_id, stable_word
from tests.support.manifests import LAYOUT, collection


def test_an_id_is_a_uuid_of_version_4_and_the_same_in_every_run() -> None:
    assert uuid.UUID(stable_id("a", "b")).version == 4
    assert stable_id("a", "b") == "59b271ae-1bbc-41d3-9d41-929817f4b16f"
    assert len({stable_id("a", "b"), stable_id("ab"), stable_id("b", "a")}) == 3


def test_a_word_is_what_okta_documents_for_state() -> None:
    word = stable_word("a", "state")
    assert word.isalnum()
    assert len(word) == 16


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GET /api/v1/users/me", "{request: GET /api/v1/users/me, name: Myself}"),
        ("GET /api/v1/users/me", "{request: GET /api/v1/users/me, folder: Mine}"),
        ("name: Okta users", "name: Okta users\nid: okta-users"),
        ("okta.users.manage", "okta.users.read okta.users.manage"),
    ],
)
def test_the_id_of_a_request_survives_edits(old: str, new: str) -> None:
    def by_endpoint(text: str) -> dict[str, str]:
        items = [item for folder in collection(text)["item"] for item in folder["item"]]
        return {
            item["request"]["method"] + item["request"]["url"]["raw"]: item["id"] for item in items
        }

    assert by_endpoint(LAYOUT) == by_endpoint(LAYOUT.replace(old, new, 1))
