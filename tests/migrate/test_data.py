"""What is right because collections are read and written as data."""

from __future__ import annotations

import codecs
import json

import pytest

from tests.support.migration import (
    SSWS,
    TOKEN,
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

ESCAPED = "".join(f"\\u{ord(character):04x}" for character in TOKEN)
UNKNOWN = "{{url}}/api/v1/nothing"


@pytest.mark.parametrize(
    "spelling", [ESCAPED, TOKEN.replace("0", "\\u0030"), f"{ESCAPED[:36]}{TOKEN[6:]}"]
)
@pytest.mark.parametrize("where", ["description", "name", "odd"])
def test_a_token_that_is_escaped_itself_goes_and_is_not_shown(where: str, spelling: str) -> None:
    data = collection(item("{{url}}/api/v1/users", SSWS) | {where: "see HERE there"})
    text = written(data).decode().replace("HERE", spelling)
    (found,) = migrated(text)

    (told,) = [each for each in found.checked.problems if each.code == "P018"]
    line = text.split("\n")[told.position.line - 1]
    assert line[told.position.column - 1 :].startswith(spelling)
    assert json.loads(found.after or b"")["item"][0][where] == "see  there"
    assert spelling not in found.checked.source.text
    assert spelling in found.secrets


def test_a_token_under_a_duplicate_key_goes_and_is_not_shown() -> None:
    text = written(collection(item("{{url}}/api/v1/users", SSWS))).decode()
    hidden = f'"note": {{"a": ["{TOKEN}", "sh0rt-one", "\\u0073h0rt-two"]}}, "note": 1, "method"'
    (found,) = migrated(text.replace('"method"', hidden))

    assert codes([found]) == ["P028", "P014"]
    assert only(json.loads(found.after or b""))["note"] == 1
    assert {"sh0rt-one", "\\u0073h0rt-two", "sh0rt-two"} <= found.secrets
    shown = f"{found.checked.source.text} {found.after!r}"
    assert not [each for each in (TOKEN, "sh0rt-one", "rt-two") if each in shown]


def test_a_number_that_is_a_token_goes() -> None:
    bearer = {"type": "bearer", "bearer": [{"key": "token", "value": 123456789012}]}
    data = collection(item(UNKNOWN, auth=bearer), item(UNKNOWN, header("SSWS {{apikey}}")))
    values = environment(url="https://acme.okta.com")
    values["values"].append({"key": "apikey", "value": 987654321098})
    first, second = migrated(data, values)

    assert b"123456789012" not in (first.after or b"123456789012")
    assert only(json.loads(first.after or b""))["auth"]["bearer"][0]["value"] == ""
    assert b"987654321098" not in (second.after or b"987654321098")
    assert codes([first, second]).count("P018") == 2
    assert {"123456789012", "987654321098"} <= first.secrets
    again = migrated(first.after or b"", second.after or b"")
    assert [each.after for each in again] == [first.after, second.after]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_file_keeps_its_encoding(mark: bytes, encoding: str) -> None:
    text = written(collection(item("{{url}}/api/v1/users", SSWS, name="Ü"))).decode()
    (found,) = migrated(mark + text.encode(encoding))

    after = found.after or b""
    assert after.startswith(mark)
    made = json.loads(after[len(mark) :].decode(encoding))
    assert scope(only(made)) == "okta.users.read"
    assert migrated(after)[0].after == after
    assert not found.is_reformatted


def test_a_file_that_was_laid_out_by_hand_is_reformatted_once() -> None:
    text = written(collection(item("{{url}}/api/v1/users", SSWS))).decode()
    (found,) = migrated(text.replace('"method": "GET"', '"method"  :  "GET"'))
    assert found.is_reformatted
    (again,) = migrated(found.after or b"")
    assert (again.after, again.is_reformatted) == (found.after, False)
    by_hand = '{"item" : [ ]}'
    assert migrated(by_hand)[0].after == by_hand.encode()
