"""Folders, and what the layout puts on them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.manifests import LAYOUT, collection, endpoint


def shape(item: dict[str, Any]) -> Any:  # noqa: ANN401
    """A collection as names, an asterisk for each auth."""
    own = item.get("request", item)
    name = ("*" if "auth" in own else "") + item.get("name", "")
    return (name, [shape(inner) for inner in item["item"]]) if "item" in item else name


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (
            "{}",
            [
                ("Users", ["*List users", "*Get user", "*Create user"]),
                ("Groups", ["*List groups"]),
            ],
        ),
        (
            "{folders: scope}",
            [
                ("okta.users.read", ["*List users", "*Get user"]),
                ("okta.users.manage", ["*Create user"]),
                ("okta.groups.read", ["*List groups"]),
            ],
        ),
        (
            "{folders: none}",
            [
                "*List users",
                "*Get user",
                "*Create user",
                "*List groups",
            ],
        ),
        (
            "{auth: folder}",
            [
                (
                    "Users",
                    [
                        ("*okta.users.read", ["List users", "Get user"]),
                        ("*okta.users.manage", ["Create user"]),
                    ],
                ),
                ("*Groups", ["List groups"]),
            ],
        ),
        (
            "{auth: folder, folders: scope}",
            [
                ("*okta.users.read", ["List users", "Get user"]),
                ("*okta.users.manage", ["Create user"]),
                ("*okta.groups.read", ["List groups"]),
            ],
        ),
        (
            "{auth: collection, folders: none}",
            [
                "List users",
                "Get user",
                "Create user",
                "List groups",
            ],
        ),
    ],
    ids=str,
)
def test_folders_and_auth_stand_where_the_layout_says(layout: str, expected: Any) -> None:  # noqa: ANN401
    made = collection(f"{LAYOUT}collection: {layout}\n")
    assert [shape(item) for item in made["item"]] == expected
    assert ("auth" in made) == ("auth: collection" in layout)


def test_without_scripts_there_are_none() -> None:
    assert "event" not in collection(f"{LAYOUT}collection: {{scripts: false}}\n")


def test_a_folder_of_the_users_own_wins() -> None:
    text = endpoint("{request: GET /api/v1/users, folder: Onboarding}")
    assert collection(text)["item"][0]["name"] == "Onboarding"
