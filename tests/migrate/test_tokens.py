"""Tokens that are written out: reported by place, never repeated, and not written again."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.support.migration import (
    SSWS,
    TOKEN,
    after,
    codes,
    collection,
    environment,
    header,
    item,
    migrated,
    only,
    scope,
    written,
)

READ = "okta.users.read"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headers_in_one_text_lose_the_line(end: str) -> None:
    request = {"method": "GET", "url": "{{url}}/api/v1/users"}
    text = f"Accept: a{end}Authorization: SSWS {{{{apikey}}}}{end}X: y"
    data = after(collection({"name": "U", "request": {**request, "header": text}}))

    assert only(data)["header"] == f"Accept: a{end}X: y"
    assert scope(only(data)) == READ


def test_a_token_is_reported_by_place_and_neither_repeated_nor_written() -> None:
    saved = {"name": "ok", "originalRequest": {"header": [header(f"SSWS {TOKEN}")]}}
    body = {"mode": "raw", "raw": f"token={TOKEN}"}
    data = collection(
        item("{{url}}/api/v1/users", header(f"SSWS {TOKEN}"), name="A", body=body)
        | {"response": [saved]},
        item("{{url}}/api/v1/nothing", header("SSWS short-0ne"), name="B"),
    )
    files = migrated(data, environment(apikey=TOKEN, accessToken="opaque-t0ken", other="x"))

    told = [problem for each in files for problem in each.checked.problems]
    assert [problem.code for problem in told].count("P018") == 6
    shown = str(told) + "".join(each.checked.source.text for each in files) + str(files[0].rows)
    for secret in (TOKEN, "short-0ne", "opaque-t0ken"):
        assert secret not in shown
        assert not any(secret.encode() in (each.after or b"") for each in files)
    assert {"short-0ne", "opaque-t0ken"} <= {
        s.removeprefix("SSWS ") for f in files for s in f.secrets
    }


def test_a_report_holds_no_token_and_nothing_that_a_terminal_would_obey() -> None:
    name = f"\x1b[31mred\n{TOKEN}"
    (found,) = migrated(collection(item(f"{{{{url}}}}/api/v1/{TOKEN}\x1b", SSWS, name=name)))
    row = str(found.rows)
    assert TOKEN not in row
    assert "\\x1b" not in row
    assert "\\n" not in row


def test_a_token_of_another_service_stays_where_it_is() -> None:
    before = written(
        collection(item("https://api.github.com/user", header("Bearer ghp_0123456789abcdef")))
    )
    assert migrated(before)[0].after == before


def test_headers_in_one_text_lose_a_literal_and_nothing_else() -> None:
    request = {"method": "GET", "url": "{{url}}/api/v1/nothing"}
    text = f"Accept: a\n\nno colon\nAuthorization: SSWS {TOKEN}\nX: y"
    (found,) = migrated(collection({"name": "U", "request": {**request, "header": text}}))
    assert TOKEN.encode() not in (found.after or b"")
    kept = only(json.loads(found.after or b""))["header"]
    assert kept == text.replace(TOKEN, "")
    known = {**request, "url": "{{url}}/api/v1/users", "header": text}
    made = after(collection({"name": "U", "request": known}))
    assert only(made)["header"] == "Accept: a\n\nno colon\nX: y"


def test_no_edit_writes_a_token_that_stood_there() -> None:
    data = collection({"name": "U", "request": f"{{{{url}}}}/api/v1/users?token={TOKEN}"})
    (found,) = migrated(data)
    assert TOKEN.encode() not in (found.after or b"")
    assert migrated(found.after or b"")[0].after == found.after


JWT = f"eyJ{'a' * 12}.{'b' * 12}.{'c' * 12}"
SHORT = header("SSWS shortsecret12")
SAVED = {"name": "ok", "originalRequest": {"url": "{{url}}/x", "header": [SHORT]}}
BEARER = {"type": "bearer", "bearer": [{"key": "token", "value": "shortsecret12"}]}
SAVED_WITH_AUTH = {"name": "ok", "originalRequest": {"url": "{{url}}/x", "auth": BEARER}}
ONLY_ITS_PLACE: dict[str, Any] = {
    "a header": collection(item("{{url}}/api/v1/nothing", SHORT)),
    "a header of a request that is left": collection(item("{{url}}/.well-known/x", SHORT)),
    "auth": collection(item("{{url}}/api/v1/nothing", auth=BEARER)),
    "auth of a folder without requests": collection({"name": "F", "item": [], "auth": BEARER}),
    "a saved response": collection(item() | {"response": [SAVED]}),
    "auth of a saved response": collection(item() | {"response": [SAVED_WITH_AUTH]}),
    "the request of a folder": collection(item("{{url}}/x", SHORT) | {"item": []}),
    "a variable": collection(
        item("{{url}}/api/v1/nothing", SSWS), variable=[{"key": "apikey", "value": "shortsecret12"}]
    ),
}


@pytest.mark.parametrize("data", ONLY_ITS_PLACE.values(), ids=list(ONLY_ITS_PLACE))
@pytest.mark.parametrize("escaped", [False, True])
def test_a_token_that_only_its_place_gives_away_is_reported_and_goes(
    data: dict[str, Any], *, escaped: bool
) -> None:
    text = written(data).decode()
    text = text.replace("secret12", "\\u0073ecret1\\u0032") if escaped else text
    (found,) = migrated(text)

    (told,) = [each for each in found.checked.problems if each.code == "P018"]
    secret = "short\\u0073ecret1\\u0032" if escaped else "shortsecret12"
    assert secret in text.split("\n")[told.position.line - 1]
    assert secret not in found.checked.source.text
    assert secret not in (found.after or b"").decode()
    assert "shortsecret12" not in f"{found.checked} {json.loads(found.after or b'')}"
    (again,) = migrated(found.after or b"")
    assert again.after == found.after


BODY = json.dumps({"client_secret": "5jVbn2W7aaaa", "jwks": {"kty": "EC", "d": "k" * 43}}, indent=1)


def test_a_secret_in_a_body_is_reported_and_stays() -> None:
    body = {"mode": "raw", "raw": BODY}
    (found,) = migrated(collection(item("{{url}}/.well-known/x", method="POST", body=body)))

    told = [each.message for each in found.checked.problems]
    assert told == [
        "hard-coded client secret; kept",
        "hard-coded private key; kept",
    ]
    assert b"5jVbn2W7aaaa" in (found.after or b"")
    assert not {"5jVbn2W7aaaa", "k" * 43} & {*re.findall(r"\w+", str(found.checked))}


def test_a_token_on_a_line_of_its_own_in_a_body_goes() -> None:
    body = {"mode": "raw", "raw": f"token:\n{TOKEN}\n"}
    (found,) = migrated(collection(item("{{url}}/.well-known/x", method="POST", body=body)))

    assert codes([found]) == ["P018"]
    assert TOKEN not in f"{found.after!r} {found.checked}"


def test_a_token_is_not_shown_where_a_name_or_a_path_repeats_it() -> None:
    name = "GET shortsecret12"
    (found,) = migrated(collection(item("{{url}}/api/v1/x/shortsecret12", SHORT, name=name)))

    assert sorted(codes([found])) == ["P016", "P018"]
    assert "shortsecret12" not in f"{found.checked} {found.rows}"


def test_a_token_of_another_service_is_reported_and_not_shown() -> None:
    saved = {"name": "ok", "originalRequest": {"url": "https://api.x.io", "header": [SHORT]}}
    away = {"url": "https://api.x.io", "header": "Authorization: Bearer another-t0ken"}
    before = written(collection(item() | {"response": [saved]}, {"name": "T", "request": away}))
    (found,) = migrated(before)

    told = [each for each in found.checked.problems if each.code == "P018"]
    assert [each.message for each in told] == [
        "hard-coded credential for another service; kept"
    ] * 2
    assert {"shortsecret12", "another-t0ken"} <= found.secrets
    assert b"shortsecret12" in (found.after or b"")
    assert b"Bearer another-t0ken" in (found.after or b"")
    shown = str(found.checked)
    assert "shortsecret12" not in shown
    assert "another-t0ken" not in shown


def test_a_token_above_a_request_to_another_service_stays() -> None:
    before = written(collection(item("https://api.x.io/y"), auth=BEARER))
    (found,) = migrated(before)
    assert (found.after, codes([found])) == (before, ["P019", "P018"])


def test_a_token_that_another_service_and_the_org_are_both_sent_goes() -> None:
    data = collection(item("{{url}}/api/v1/nothing"), item("https://api.x.io/y"), auth=BEARER)
    (found,) = migrated(data)
    assert b"shortsecret12" not in (found.after or b"shortsecret12")
    assert codes([found]).count("P018") == 1


def test_lines_of_headers_go_and_what_is_escaped_beside_them_stays() -> None:
    text = r"X: \u00fc\ud83d\ude00-\nAuthorization: SSWS {{apikey}}\r\nY: y"
    data = {"name": "U", "request": {"url": "{{url}}/api/v1/users", "header": "HEADERS"}}
    (found,) = migrated(written(collection(data)).decode().replace("HEADERS", text))
    assert rb'"X: \u00fc\ud83d\ude00-\nY: y"' in (found.after or b"")


def test_a_password_in_a_url_is_not_shown() -> None:
    (found,) = migrated(collection(item("https://bob:hunter2pw@mock.example.com/api/v1/users")))
    assert found.rows[0].reason == "mock.example.com is not an org"
    assert "hunter2pw" not in f"{found.rows} {found.checked}"


def test_a_header_of_another_kind_is_told_by_no_more_than_its_scheme() -> None:
    raw = item("{{url}}/api/v1/users", header("sk_live_supersecret99"))
    digest = item("{{url}}/api/v1/users", header("Digest {{digest}}"))
    before = written(collection(raw, digest))
    (found,) = migrated(before)

    assert [row.reason for row in found.rows] == [
        "uses a custom header",
        "uses Digest",
    ]
    assert found.after == before
    assert codes([found]) == ["P018"]
    assert "supersecret99" not in f"{found.rows} {found.checked}"


BEARING = '"auth": {"type": "bearer", "bearer": '
UNREAD = {
    "auth": f'{BEARING}[{{"key": "token", "value": "short-t0k"}}]}}, "auth": null',
    "a token": f'{BEARING}{{"token": "short-t0k", "token": "{{{{t}}}}"}}}}',
    "a header": '"header": [{"key": "Authorization", "value": "short-t0k", "value": "{{t}}"}]',
    "headers": '"header": "Authorization: SSWS short-t0k", "header": []',
}


@pytest.mark.parametrize("said", UNREAD.values(), ids=list(UNREAD))
def test_what_nobody_reads_goes_and_is_not_shown(said: str) -> None:
    text = f'{{"item": [{{"name": "a", "request": {{"method": "GET", {said},\n "url": "/x"}}}}]}}'
    (found,) = migrated(text)

    assert "P014" in codes([found])
    assert b"short-t0k" not in (found.after or b"short-t0k")
    assert "short-t0k" not in str(found.checked)
    assert "short-t0k" in found.secrets or "SSWS short-t0k" in str(found.secrets)
    assert migrated(found.after or b"")[0].after == found.after


def test_an_environment_that_says_its_values_twice_holds_no_token_in_the_first() -> None:
    twice = '{"values": [{"key": "apikey", "value": "short-t0k"}],\n "values": [], "name": "e"}'
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), twice)
    assert b"short-t0k" not in (found.after or b"short-t0k")


def test_a_place_behind_a_key_that_went_is_still_the_user_s() -> None:
    text = written(collection(item("{{url}}/api/v1/nothing", SHORT))).decode()
    text = text.replace('"name": "Users"', '"name": "first",\n"name": "Users"')
    (found,) = migrated(text)

    lines = [text.split("\n")[each.position.line - 1] for each in found.checked.problems]
    assert codes([found]) == ["P014", "P016", "P018"]
    assert ["shortsecret12" in line for line in lines] == [False, True, True]


def test_a_token_that_can_be_nothing_else_goes_from_everywhere() -> None:
    token, word = "my-short-tok3n-4711xy", "your-own-token-goes-here"
    saved = {"name": "ok", "body": f"sent {token} and {word}"}
    event = [{"listen": "test", "script": {"exec": [f"// {token} {word}"]}}]
    requests = [item("{{url}}/api/v1/users", header(f"SSWS {each}")) for each in (token, word)]
    data = collection(requests[0] | {"response": [saved], "event": event}, requests[1])
    (found,) = migrated(data)

    assert token.encode() not in (found.after or b"")
    assert (
        json.loads(found.after or b"")["item"][0]["response"][0]["body"]
        == "sent  and your-own-token-goes-here"
    )
    assert codes([found]).count("P018") == 4


INNOCENT = [
    "const apiKey = getTheApiKeyFromTheVaultNow();",
    "set apiToken: your-okta-api-token-goes-here please",
]


@pytest.mark.parametrize("code", INNOCENT)
def test_code_that_only_looks_like_a_key_stays(code: str) -> None:
    event = [{"listen": "test", "script": {"exec": [code]}}]
    before = written(collection(item() | {"event": event}))
    made = json.loads(migrated(before)[0].after or b"")
    assert made["item"][0]["event"] == event


def test_a_key_of_another_service_in_a_text_stays() -> None:
    key = "abcdefghijklmnopqrstuvwxyz012"
    url = f"https://api.stripe.com/v1/x?api_key={key}"
    before = written(
        collection({"name": "S", "request": {"url": url, "header": f"X-Api-Key: {key}"}})
    )
    assert migrated(before)[0].after == before


def test_a_token_that_looks_like_one_of_okta_goes_from_another_service_too() -> None:
    away = item("https://api.x.io/y", header(f"Bearer {JWT}"))
    (found,) = migrated(collection(away))
    assert JWT.encode() not in (found.after or b"")
    assert [each.message for each in found.checked.problems] == [
        "hard-coded JWT; removed from the migrated file"
    ]


WORDS = ["true-true", "okta.users.read", "accessToken", "challengeAlgorithm", "tokenName"]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_block_that_is_taken_for_a_token_does_not_break_it(word: str) -> None:
    auth = {"type": "bearer", "bearer": [{"key": "token", "value": word}]}
    (found,) = migrated(collection(item(auth=auth)))
    assert json.loads(found.after or b"") == after(collection(item()))
    assert migrated(found.after or b"")[0].after == found.after


def test_a_token_that_is_escaped_is_not_written_in_pairs() -> None:
    schema = "https://schema.getpostman.com/json/collection/v2.0.0/collection.json"
    auth = {"type": "bearer", "bearer": {"token": "ESCAPED"}}
    data = collection(item("{{url}}/api/v1/nothing", auth=auth), info={"schema": schema})
    (found,) = migrated(written(data).decode().replace("ESCAPED", r"abc\/defgh\u002d9"))

    assert "P018" in codes([found])
    assert b"defgh" not in (found.after or b"defgh")
    assert migrated(found.after or b"")[0].after == found.after


@pytest.mark.parametrize("token", [TOKEN, "hunter2-secret-123456"])
def test_the_name_of_a_collection_brings_no_token_into_its_blocks(token: str) -> None:
    data = collection(item("{{url}}/api/v1/users", header(f"SSWS {token}")))
    data["info"]["name"] = f"Team {token}"
    (found,) = migrated(data)
    assert token.encode() not in (found.after or b"")
    assert migrated(found.after or b"")[0].after == found.after


def test_the_name_of_a_variable_is_no_token_although_somebody_sends_it() -> None:
    name = "my-api-token-of-2024-x"
    code = f'pm.environment.get("{name}")'
    event = [{"listen": "test", "script": {"exec": [code]}}]
    unknown = item("{{url}}/api/v1/nothing", header(f"SSWS {{{{{name}}}}}"))
    data = collection(
        item("{{url}}/api/v1/users", header(f"SSWS {name}")) | {"event": event}, unknown
    )
    found = migrated(data, environment(**{name: ""}))

    made = json.loads(found[0].after or b"")
    assert made["item"][0]["event"] == event
    assert made["item"][1]["request"]["header"] == [header(f"SSWS {{{{{name}}}}}")]


def test_a_token_makes_no_request_change_at_the_second_run() -> None:
    token = "opaque-t0ken-2024-xyz"  # noqa: S105
    data = collection(
        *[item("{{url}}/api/v1/users", header(f"{scheme}{token}")) for scheme in ("SSWS ", "")]
    )
    (found,) = migrated(data)
    assert token.encode() not in (found.after or b"")
    assert migrated(found.after or b"")[0].after == found.after


def test_a_part_of_a_value_beside_a_variable_goes_alone() -> None:
    data = collection(
        item("{{url}}/api/v1/nothing", header("SSWS {{pre}}abcsecret-7"), name="n abcsecret-7")
    )
    (found,) = migrated(data)
    assert only(json.loads(found.after or b""))["header"] == [header("SSWS {{pre}}")]
    assert "abcsecret-7" not in f"{found.rows} {found.checked}"


def test_what_one_file_tells_is_a_token_in_the_others_too() -> None:
    token = "hunter2-secret-123456"  # noqa: S105
    saved = {"name": "ok", "body": f"sent {token}"}
    users = item("{{url}}/api/v1/users", SSWS) | {"response": [saved]}
    first, second = migrated(collection(users), environment(apikey=token, note=f"was {token}"))
    assert token.encode() not in (first.after or b"") + (second.after or b"")
    assert codes([first]) == ["P018"]


def test_a_basic_header_below_a_token_goes_on_inheriting_it() -> None:
    basic = item("{{url}}/api/v1/users", header("Basic {{b}}"))
    auth = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]}
    before = written(collection(basic, auth=auth))
    (found,) = migrated(before)
    assert (found.after, codes([found])) == (before, ["P019"])


def test_messages_keep_their_words() -> None:
    bearer = '{"type": "bearer", "bearer": [{"key": "key", "value": "token"}]}'
    text = written(collection(item("{{url}}/api/v1/nothing"))).decode()
    text = text.replace('"method"', f'"auth": {bearer}, "auth": null, "method"')
    (found,) = migrated(text)
    assert found.checked.problems[0].message == "duplicate key `auth`"


ESCAPES = [
    r"\u003cTOKEN\u003e",
    r"token\u2014TOKEN\u2014x",
    r"SSWS\u00a0TOKEN",
    r"a\nTOKEN",
    r"?h=SSWS%20TOKEN",
]
ESCAPES += [r"{\"note\":\"line\\nTOKEN\"}", r"console.log('a\\tTOKEN')"]


@pytest.mark.parametrize("said", ESCAPES)
def test_a_token_behind_an_escape_goes_too(said: str) -> None:
    text = written(collection(item(description="HERE"))).decode()
    (found,) = migrated(text.replace("HERE", said.replace("TOKEN", TOKEN)))

    assert "P018" in codes([found])
    assert TOKEN.encode() not in (found.after or b"")
    assert TOKEN not in str(found.checked)
    json.loads(found.after or b"")


PLACEHOLDERS = [
    "accessToken",
    "API token",
    "description",
    "okta.users.read",
    "migrated",
    "your-token",
]


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_a_word_is_no_token_and_stays_readable(word: str) -> None:
    (found,) = migrated(
        collection(item("{{url}}/api/v1/nothing", header(f"SSWS {word}"), name=word))
    )
    assert codes([found]) == ["P016"]
    assert "*" not in f"{found.rows} {[each.message for each in found.checked.problems]}"


INNOCENTS = {
    "digits": ("1234567890123456789012", "{{url}}/api/v1/users/1234567890123456789012"),
    "an id": ("0oa1234567890abcdef1", "{{url}}/api/v1/apps/0oa1234567890abcdef1/users"),
    "a placeholder": ("Put-YOUR-TOKEN-here-1234567", "{{url}}/api/v1/Put-YOUR-TOKEN-here-1234567"),
    "a host": ("acme-dev-12345678.okta.com", "https://acme-dev-12345678.okta.com/api/v1/users"),
}


@pytest.mark.parametrize(("word", "url"), INNOCENTS.values(), ids=list(INNOCENTS))
def test_what_may_be_something_else_goes_from_its_header_alone(word: str, url: str) -> None:
    data = collection(item("{{url}}/api/v1/users", header(f"SSWS {word}")), item(url))
    made = json.loads(migrated(data)[0].after or b"")
    assert made["item"][1]["request"]["url"] == url
    assert word not in str(made["item"][0])


def test_tokens_that_are_keys_of_the_file_stay_and_are_reported() -> None:
    other = TOKEN.replace("abcde", "edcba")
    before = written(collection(item("{{url}}/.well-known/x"), odd={TOKEN: 1, other: 2}))
    (found,) = migrated(before)
    assert (found.after, codes([found])) == (before, ["P018", "P018"])
    assert TOKEN not in str(found.checked)


def test_no_file_of_a_run_shows_the_token_of_another() -> None:
    token = "mark-s3cret-word"  # noqa: S105
    first = collection(item("{{url}}/api/v1/users", header(f"SSWS {token}")))
    _, found = migrated(first, collection(item(name=f"call {token}")))
    assert token not in str(found.rows)


GLUED = {
    "behind a letter": f"x{TOKEN}",
    "behind an underscore": f"tok_{TOKEN}",
    "before a word": f"{TOKEN}-old",
    "split by a blank": f"{TOKEN[:20]} {TOKEN[20:]}",
    "split near its start": f"{TOKEN[:5]} {TOKEN[5:]}",
    "split by a line break": f"{TOKEN[:30]}\n  {TOKEN[30:]}",
    "glued and split": f"x{TOKEN[:25]}\t{TOKEN[25:]}y",
}


@pytest.mark.parametrize("text", GLUED.values(), ids=list(GLUED))
def test_a_known_token_is_found_whole_in_a_word_or_with_a_blank_inside(text: str) -> None:
    users = item("{{url}}/api/v1/users", header(f"SSWS {TOKEN}"))
    users["response"] = [{"name": "ok", "body": f"before {text} after"}]
    (found,) = migrated(collection(users))
    made = (found.after or b"").decode()
    assert TOKEN[:15] not in made
    assert TOKEN[-15:] not in made
    assert "before " in made
    assert " after" in made
    assert codes([found]).count("P018") == 2
    (again,) = migrated(made)
    assert again.after == found.after
