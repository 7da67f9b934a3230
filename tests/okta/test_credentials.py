"""What looks like a credential, and how it is hidden."""

from __future__ import annotations

import pytest

from okta_postman.okta import credentials

TOKEN = "00" + "aB3_-" * 8


JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4eHh4In0.c2ln"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"token: {TOKEN}", TOKEN),
        (f"Authorization: SSWS {TOKEN}", TOKEN),
        (f"SSWS{TOKEN}", TOKEN),
        (f"x: {JWT}", JWT),
        ("client_secret: hunter2", "hunter2"),
        ('"clientSecret": "hunter2"', "hunter2"),
        ("  secret: hunter2", "hunter2"),
        ("apikey: abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"),
        ("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----"),
        (f"kty: RSA\nd: {'x' * 43}", "x" * 43),
    ],
)
def test_a_credential_is_found_and_masked(text: str, value: str) -> None:
    assert value not in credentials.masked(text)
    assert len(credentials.masked(text)) == len(text)
    assert [text[each.start : each.end] for each in credentials.find_credentials(text)] == [value]


@pytest.mark.parametrize("escape", [r"\n", r"\t", r"\\n", r"\u003c", r"\u00e9", "%20", '\\"'])
def test_a_credential_behind_an_escape_is_masked_and_stays_where_it_is(escape: str) -> None:
    text = f'note: "line{escape}{TOKEN}"'
    assert TOKEN not in credentials.masked(text)
    assert len(credentials.unescaped(text)) == len(text)
    assert credentials.unescaped(text).index(TOKEN) == text.index(TOKEN)


@pytest.mark.parametrize(
    "text",
    [
        "Migrated from SSWS tokens to OAuth 2.0",
        "Authorization: SSWS {{apikey}}",
        "client_secret: '{{clientSecret}}'",
        "client_secret:",
        "the client secret never stands here",
        "client_id: 0oan47pj9BsB30h7",
        "app: {client_id: 00ub0oNGTSWTBKOLGLNR}",
        "body: {credentials: {password: {value: abcd}}}",
    ],
)
def test_what_only_sounds_like_a_credential_is_none(text: str) -> None:
    assert list(credentials.find_credentials(text)) == []
