"""Which entries are one request, and which repeat another."""

from __future__ import annotations

import pytest

from okta_postman.manifest.rules.order import RULES
from okta_postman.manifest.rules.requests import endpoints_are_listed_once
from tests.support.manifests import mapped, problems

ENTRIES = {
    "bare": "GET /a",
    "one": "{request: GET /a, name: One}",
    "two": "{request: GET /a, name: Two}",
}


def lines(*names: str) -> str:
    """A scope map with an entry on each line, from line 8 on."""
    listed = "".join(f"\n    - {ENTRIES[name]}" for name in names)
    return f"\n  okta.users.read:{listed}"


@pytest.mark.parametrize(
    ("names", "repeats"),
    [
        (["one", "two"], []),
        (["bare", "one"], [(9, 8)]),
        (["one", "bare"], [(9, 8)]),
        (["one", "two", "one"], [(10, 8)]),
        (["one", "two", "two"], [(10, 9)]),
        (["one", "bare", "two"], [(9, 8), (10, 9)]),
        (["bare", "one", "one"], [(9, 8), (10, 8)]),
    ],
)
def test_an_entry_repeats_the_first_of_its_name_or_one_without(
    names: list[str], repeats: list[tuple[int, int]]
) -> None:
    found = [each for each in problems(manifest_with(*names)) if each.code == "R019"]
    assert [(each.position.line, each.message) for each in found] == [
        (line, f"`GET /a` is already listed on line {first}") for line, first in repeats
    ]


def manifest_with(*names: str) -> str:
    return (
        "version: 1\nname: Users\norg: https://acme.okta.com\n"
        "app: {client_id: 0oan47pj9BsB30h7}\n"
        f"redirect_uri: https://oauth.pstmn.io/v1/callback\nscopes:{lines(*names)}\n"
    )


def test_names_make_several_requests_of_one_endpoint() -> None:
    entries = ", ".join(f"{{request: GET /a, name: N{number}}}" for number in range(3))
    requests = mapped(f"{{okta.users.read: [{entries}]}}").requests
    assert [each.name for each in requests] == ["N0", "N1", "N2"]
    assert endpoints_are_listed_once in RULES
