"""Titles, plurals, lists and the nearest word."""

from __future__ import annotations

import pytest

from okta_postman.wording import as_title, counted, listed, nearest


@pytest.mark.parametrize(
    ("identifier", "title"),
    [
        ("listUsers", "List users"),
        ("logStreams", "Log streams"),
        ("api-tokens", "API tokens"),
        ("replace_user", "Replace user"),
        ("getOAuth2Client", "Get OAuth 2.0 client"),
        ("listIdPKeys", "List IdP keys"),
        ("---", "---"),
    ],
)
def test_an_identifier_becomes_a_title(identifier: str, title: str) -> None:
    assert as_title(identifier) == title


@pytest.mark.parametrize(
    ("word", "found"),
    [("NAME", "name"), ("nmae", "name"), ("desc", "description"), ("de", None), ("zzz", None)],
)
def test_the_nearest_word_is_the_one_that_begins_alike_or_looks_alike(
    word: str, found: str | None
) -> None:
    assert nearest(word, ["name", "description", "org"]) == found


def test_words_are_listed_and_counted() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b", "c"], last="or") == "`a`, `b` or `c`"
    assert [counted(number, "request") for number in (0, 1, 2)] == [
        "0 requests",
        "1 request",
        "2 requests",
    ]
