"""A collection with an API token becomes one with OAuth 2.0, and nothing else of it changes."""

from __future__ import annotations

import difflib
import json
from typing import Any

import pytest

from okta_postman.compose.auth import oauth2
from okta_postman.postman.collection_v2 import auth_to_json
from tests.support.manifests import generated
from tests.support.migration import (
    ACCEPT,
    SSWS,
    TOKEN,
    after,
    codes,
    collection,
    described,
    environment,
    header,
    item,
    migrated,
    only,
    scope,
    written,
)
from tests.support.program import BASE

READ = "okta.users.read"


def apikey(value: str) -> list[dict[str, str]]:
    return [{"key": "key", "value": "Authorization"}, {"key": "value", "value": value}]


CREDENTIALS = {
    "a header": [SSWS],
    "without the space": [header("SSWS{{apikey}}")],
    "in lower case": [header("ssws {{apikey}}", key="authorization")],
    "disabled": [header("SSWS {{apikey}}", disabled=True)],
    "commented": [header("SSWS {{apikey}}", key="//Authorization")],
    "a bearer variable": [header("Bearer {{token}}")],
    "nothing but a variable": [header("{{authorization}}")],
    "written out": [header(f"SSWS {TOKEN}")],
    "twice": [SSWS, header("SSWS {{other}}", disabled=True)],
    "none at all": [],
}


@pytest.mark.parametrize("headers", CREDENTIALS.values(), ids=list(CREDENTIALS))
def test_a_credential_in_a_header_goes_and_the_block_comes(headers: list[dict[str, Any]]) -> None:
    request = only(after(collection(item("{{url}}/api/v1/users", ACCEPT, *headers))))

    assert request["header"] == [ACCEPT]
    assert scope(request) == READ


AUTHS = {
    "apikey": {"type": "apikey", "apikey": apikey("SSWS {{apikey}}")},
    "apikey of format v2.0.0": {
        "type": "apikey",
        "apikey": {"key": "Authorization", "value": "SSWS {{apikey}}"},
    },
    "bearer": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]},
    "null": None,
}


@pytest.mark.parametrize("auth", AUTHS.values(), ids=list(AUTHS))
@pytest.mark.parametrize("level", ["request", "folder", "collection"])
def test_auth_that_holds_a_credential_goes_from_every_level(level: str, auth: object) -> None:
    own: dict[str, Any] = {"auth": auth} if level == "request" else {}
    request = item("{{url}}/api/v1/users", **own)
    folder = {"name": "F", "item": [request], **({"auth": auth} if level == "folder" else {})}
    data = after(collection(folder, **({"auth": auth} if level == "collection" else {})))

    assert scope(data["item"][0]["item"][0]["request"]) == READ
    assert data.get("auth") is None
    assert data["item"][0].get("auth") is None


URLS: dict[str, Any] = {
    "a variable for the host": "{{url}}/api/v1/users/{{userId}}",
    "a path variable": "{{url}}/api/v1/users/:id",
    "a host in full": "https://acme.okta.com/api/v1/users/00u1?expand=x#y",
    "another org's host": "https://dev-1.oktapreview.com/api/v1/users/00u1",
    "Okta's placeholder": "https://{yourOktaDomain}/api/v1/users/me",
    "a placeholder with a dollar": "https://${yourOktaDomain}/api/v1/users/me",
    "an org with a variable in it": "https://{{org}}.okta.com/api/v1/users/me",
    "no host": "/api/v1/users/me",
    "a final slash": "{{url}}/api/v1/users/me/",
    "raw only": {"raw": "{{url}}/api/v1/users/{{id}}"},
    "parts only": {"host": ["{{url}}"], "path": ["api", "v1", "users", ":id"]},
    "parts of a host in full": {
        "protocol": "https",
        "host": ["acme", "okta", "com"],
        "path": ["api", "v1", "users", "me"],
    },
    "parts as one text": {"host": "{{url}}", "path": "/api/v1/users/me"},
    "parts that are objects": {"host": "{{url}}", "path": ["api", "v1", "users", {"value": ":u"}]},
    "raw that differs from its parts": {
        "raw": "{{url}}/api/v1/groups",
        "host": ["{{url}}"],
        "path": ["api", "v1", "users", "me"],
    },
    "a variable that holds a path": "{{api}}/users/me",
}


@pytest.mark.parametrize("url", URLS.values(), ids=list(URLS))
def test_an_endpoint_is_found_however_its_url_is_written(url: object) -> None:
    api = environment(api="https://acme.okta.com/api/v1")
    data = after(collection(item(url, SSWS)), api)

    assert scope(only(data)) == READ
    assert only(data)["url"] == url


LEFT = {
    "a public endpoint": item("{{url}}/.well-known/openid-configuration", SSWS),
    "the Authentication API": item("{{url}}/api/v1/authn", SSWS, method="POST"),
    "the token endpoint": item("{{url}}/oauth2/default/v1/token", SSWS, method="POST"),
    "a session cookie": item("{{url}}/api/v1/sessions/me", SSWS),
    "another host": item("https://api.example.com/api/v1/users", SSWS),
    "a host that only begins like an org": item("https://acme.okta.com.evil.io/api/v1/users", SSWS),
    "a host of another with a variable in it": item("https://{{me}}.evil.io/api/v1/users", SSWS),
    "an org as the user of another host": item("https://acme.okta.com@evil.io/api/v1/users", SSWS),
    "basic auth": item("{{url}}/api/v1/users", auth={"type": "basic", "basic": []}),
    "a basic header": item("{{url}}/api/v1/users", header("Basic {{both}}")),
    "an API key that is another service's": item(
        auth={"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}]}
    ),
    "no auth, as it says": item(auth={"type": "noauth"}),
    "an OAuth 2.0 block of somebody else": item(
        auth={"type": "oauth2", "oauth2": [{"key": "grant_type", "value": "implicit"}]}
    ),
    "an unknown endpoint without a credential": item("{{url}}/api/v1/nothing/like/this"),
}


@pytest.mark.parametrize("request_item", LEFT.values(), ids=list(LEFT))
def test_what_must_not_carry_the_token_is_left_to_the_byte(request_item: dict[str, Any]) -> None:
    before = written(collection(request_item))
    (found,) = migrated(before)

    assert found.after == before
    assert [row.result for row in found.rows] == ["skipped"]
    assert found.rows[0].reason


def test_no_auth_beside_a_header_is_replaced() -> None:
    assert scope(only(after(collection(item(auth={"type": "noauth"}) | {})))) is None
    request = only(after(collection(item("{{url}}/api/v1/users", SSWS, auth={"type": "noauth"}))))
    assert scope(request) == READ


def test_the_block_is_the_one_that_generate_writes() -> None:
    ours = only(after(collection(item("{{url}}/api/v1/users", SSWS))))["auth"]
    theirs = generated(BASE)["okta-users.postman_collection.json"]["item"][0]["item"][0]["request"]

    assert ours["oauth2"][1:] == theirs["auth"]["oauth2"][1:]
    assert ours["oauth2"][0]["value"] == f"Team: {READ}"
    assert ours == auth_to_json(oauth2(described(), [READ], collection="Team"))


def test_the_description_says_which_scopes_before_the_catalogue_does() -> None:
    text = BASE.replace("okta.users.read", "okta.users.read.self")
    assert scope(only(after(collection(item("{{url}}/api/v1/users", SSWS)), text=text))) == (
        "okta.users.read.self"
    )
    text = f"{BASE}    - GET /api/v1/ours/{{id}}\n"
    data = collection(item("{{url}}/api/v1/ours/7", SSWS))
    assert scope(only(after(data, text=text))) == READ


def test_the_scopes_of_a_custom_server_are_not_okta_s() -> None:
    text = BASE.replace("redirect_uri", "authorization_server: default\nredirect_uri")
    text = text.replace("okta.users.read", "users")
    files = migrated(collection(item("{{url}}/api/v1/groups", SSWS)), text=text)

    assert [row.result for row in files[0].rows] == ["unknown"]


USERINFO = {
    ("org", "/oauth2/v1/userinfo"): "migrated",
    ("org", "/oauth2/default/v1/userinfo"): "unknown",
    ("org", "/oauth2/{{serverId}}/v1/userinfo"): "unknown",
    ("default", "/oauth2/v1/userinfo"): "unknown",
    ("default", "/oauth2/default/v1/userinfo"): "migrated",
    ("default", "/oauth2/aus1/v1/userinfo"): "unknown",
    ("default", "/oauth2/{{serverId}}/v1/userinfo"): "migrated",
}


@pytest.mark.parametrize(("server", "path"), USERINFO)
def test_only_the_server_in_a_path_mints_the_token_for_it(server: str, path: str) -> None:
    text = BASE.replace("redirect_uri", f"authorization_server: {server}\nredirect_uri")
    text = text if server == "org" else text.replace("okta.users.read", "users")
    request = item(f"{{{{url}}}}{path}", header("Bearer {{token}}"))
    (found,) = migrated(collection(request), text=text)

    assert [row.result for row in found.rows] == [USERINFO[server, path]]


def test_unknown_scopes_keep_the_token_until_it_is_to_go() -> None:
    before = collection(item("{{url}}/api/v1/nothing", SSWS, ACCEPT))
    (kept,) = migrated(before)
    (gone,) = migrated(before, remove_unknown=True)

    assert kept.after == written(before)
    assert codes([kept]) == codes([gone]) == ["P016"]
    assert [kept.rows[0].result, gone.rows[0].result] == ["unknown", "credential removed"]
    assert only(json.loads(gone.after or b""))["header"] == [ACCEPT]
    assert "auth" not in only(json.loads(gone.after or b""))


def test_an_operation_that_takes_only_the_api_token_is_unknown_with_its_reason() -> None:
    url = "{{url}}/api/v1/users/{{userId}}/factors/questions"
    (found,) = migrated(collection(item(url, SSWS)))

    assert found.rows[0].reason == "Okta documents no scope for this operation"


def test_a_token_that_unknown_requests_inherit_stays_and_is_reported() -> None:
    auth = {"type": "apikey", "apikey": apikey("SSWS {{apikey}}")}
    data = collection(item(), item("{{url}}/api/v1/nothing"), auth=auth)

    (kept,) = migrated(data)
    assert json.loads(kept.after or b"")["auth"] == auth
    assert sorted(codes([kept])) == ["P016", "P019", "P028"]
    (gone,) = migrated(data, remove_unknown=True)
    assert "auth" not in json.loads(gone.after or b"")


def test_a_request_that_is_only_a_url_gets_room_for_the_block() -> None:
    data = after(collection({"name": "Users", "request": "{{url}}/api/v1/users"}))

    assert scope(only(data)) == READ
    assert only(data)["url"] == "{{url}}/api/v1/users"
    assert only(data)["method"] == "GET"


def test_a_key_that_stands_twice_hides_no_credential() -> None:
    text = written(collection(item())).decode()
    hidden = json.dumps([SSWS])
    text = text.replace('"method"', f'"header": {hidden},\n\t\t\t\t"method"')
    (found,) = migrated(text)

    assert codes([found]) == ["P028", "P014"]
    assert b"SSWS" not in (found.after or b"SSWS")


LAYOUT = f"{BASE}collection: {{auth: LEVEL}}\n"
MANAGED = item("{{url}}/api/v1/users", SSWS, method="POST", name="New user")
PUBLIC = item("{{url}}/.well-known/openid-configuration", name="Public")


def test_a_collection_asks_once_for_everything_and_what_is_public_does_not_inherit() -> None:
    data = collection(item("{{url}}/api/v1/users", SSWS), MANAGED, PUBLIC)
    made = after(data, text=LAYOUT.replace("LEVEL", "collection"))

    assert scope(made) == "okta.users.manage okta.users.read"
    assert list(made) == ["info", "item", "auth", "variable"]
    assert [each["request"].get("auth") for each in made["item"]] == [
        None,
        None,
        {"type": "noauth"},
    ]


def test_a_folder_asks_for_what_its_requests_need() -> None:
    reading = {"name": "Reading", "item": [item("{{url}}/api/v1/users", SSWS), PUBLIC]}
    both = {"name": "Both", "item": [reading, MANAGED]}
    made = after(
        collection(both, item("{{url}}/api/v1/users", SSWS)), text=LAYOUT.replace("LEVEL", "folder")
    )

    assert scope(made["item"][0]) == "okta.users.manage"
    assert scope(made["item"][0]["item"][0]) == READ
    assert scope(made["item"][1]["request"]) == READ
    assert "auth" not in made["item"][0]["item"][0]["item"][0]["request"]
    assert made["item"][0]["item"][0]["item"][1]["request"]["auth"] == {"type": "noauth"}


def test_a_request_below_a_folder_with_other_auth_gets_a_block_of_its_own() -> None:
    folder = {"name": "F", "item": [item("{{url}}/api/v1/users", SSWS)], "auth": {"type": "noauth"}}
    made = after(collection(folder, MANAGED), text=LAYOUT.replace("LEVEL", "collection"))

    assert scope(made) == "okta.users.manage"
    assert scope(made["item"][0]["item"][0]["request"]) == READ


def test_another_level_takes_the_blocks_of_the_first_away() -> None:
    first = migrated(collection(item("{{url}}/api/v1/users", SSWS)))[0].after or b""
    made = after(first, text=LAYOUT.replace("LEVEL", "collection"))

    assert scope(made) == READ
    assert "auth" not in only(made)
    again = after(written(made))
    assert scope(only(again)) == READ
    assert "auth" not in again


INDENTS: dict[str, Any] = {"tabs": "\t", "two spaces": "  ", "four": "    ", "one line": None}


@pytest.mark.parametrize("indent", INDENTS.values(), ids=list(INDENTS))
@pytest.mark.parametrize("line_feed", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_line_that_is_not_about_auth_stays(indent: str, line_feed: str, mark: str) -> None:
    odd = {"number": 1.50, "big": 10**30, "unicode": "ü\u2028", "unknown": [{}, []]}
    data = collection(item("{{url}}/api/v1/users", ACCEPT, SSWS, odd=odd), zzz=odd)
    text = json.dumps(data, indent=indent, ensure_ascii=False).replace("1.5", "1.50e+0")
    before = mark + text.replace("\n", line_feed)

    made = (migrated(before)[0].after or b"").decode()

    assert made.startswith(mark)
    assert "1.50e+0" in made
    assert made.count("\r\n") == (made.count("\n") if "\r" in before else 0)
    changed = [
        line
        for line in difflib.ndiff(before.split(line_feed), made.split(line_feed))
        if line[0] == "-"
    ]
    gone = [line[1:].strip(" \t\r,") for line in changed]
    if indent is not None:
        assert gone[0] in ("}", "{") or "Authorization" in gone[0]
        assert len(gone) <= 5
        unit = made.split(line_feed)[1]
        assert unit[: len(unit) - len(unit.lstrip())].lstrip(mark) == indent
    assert migrated(made)[0].after == made.encode()


def test_a_second_run_changes_nothing_and_says_so() -> None:
    token = environment(url="https://acme.okta.com", apikey="", other="x")
    first = migrated(collection(item("{{url}}/api/v1/users", SSWS)), token)
    second = migrated(*[each.after or b"" for each in first])

    assert [each.after for each in second] == [each.after for each in first]
    assert [row.result for row in second[0].rows] == ["unchanged"]


def test_a_script_that_deals_with_the_token_is_reported_and_stays() -> None:
    code = ["// set up", "pm.request.headers.add({key: 'Authorization', value: 'SSWS ' + key})"]
    event = [{"listen": "prerequest", "script": {"exec": code}}]
    (found,) = migrated(collection(item("{{url}}/api/v1/users", SSWS) | {"event": event}))

    assert codes([found]) == ["P028", "P017"]
    line = found.checked.source.lines[found.checked.problems[1].position.line - 1]
    assert "pm.request" in line
    assert json.loads(found.after or b"")["item"][0]["event"] == event


@pytest.mark.parametrize("quote", "\"'`")
def test_a_script_that_sets_the_header_is_reported_however_it_quotes(quote: str) -> None:
    code = f"pm.request.headers.upsert({{key: {quote}Authorization{quote}, value: token}})"
    event = [{"listen": "prerequest", "script": {"exec": code}}]
    assert codes(migrated(collection(item() | {"event": event}))) == ["P028", "P017"]


def test_what_an_api_wraps_is_migrated_inside() -> None:
    wrapped = {"collection": collection(item("{{url}}/api/v1/users", SSWS))}
    values = {"environment": environment(apikey="")}
    first, second = migrated(wrapped, values)

    assert scope(only(json.loads(first.after or b"")["collection"])) == READ
    assert b"apikey" not in (second.after or b"apikey")


def test_scopes_that_the_app_is_not_granted_are_reported() -> None:
    text = BASE.replace("0oan47pj9BsB30h7}", "0oan47pj9BsB30h7, grants: [okta.users.read]}")
    (found,) = migrated(collection(MANAGED), text=text)
    assert codes([found]) == ["P028", "P022"]


def test_too_many_scopes_for_one_token_are_refused() -> None:
    from okta_postman.okta import catalog  # noqa: PLC0415

    one_each = {
        each.scope_sets[0]: each
        for each in catalog.operations()
        if each.scope_sets and each.endpoint.method == "GET"
    }
    items = [
        item(f"{{{{url}}}}{each.endpoint.path}", SSWS, name=each.id) for each in one_each.values()
    ]
    (found,) = migrated(collection(*items), text=LAYOUT.replace("LEVEL", "collection"))

    assert found.checked.refused
    assert codes([found]).count("P021") == 1


def test_what_is_left_keeps_the_auth_that_it_inherits() -> None:
    auth = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]}
    elsewhere = item("https://api.github.com/user", name="Elsewhere")
    (found,) = migrated(collection(item(), elsewhere, auth=auth))
    made = json.loads(found.after or b"")
    assert made["auth"] == auth
    assert scope(only(made)) == READ
    assert "auth" not in made["item"][1]["request"]
    assert migrated(found.after or b"")[0].after == found.after


@pytest.mark.parametrize("level", ["folder", "collection"])
def test_no_auth_beside_a_header_is_replaced_at_every_level(level: str) -> None:
    request = item("{{url}}/api/v1/users", SSWS, auth={"type": "noauth"})
    folder = {"name": "F", "item": [request]}
    text = LAYOUT.replace("LEVEL", level)
    (found,) = migrated(collection(folder), text=text)
    made = json.loads(found.after or b"")
    assert "auth" not in made["item"][0]["item"][0]["request"]
    assert scope(made if level == "collection" else made["item"][0]) == READ
    assert migrated(found.after or b"", text=text)[0].after == found.after


def test_what_stands_below_the_path_of_a_variable_is_judged_whole() -> None:
    values = [{"key": "url", "value": "https://acme.okta.com/api/v1"}]
    signing_in = item("{{url}}/authn", SSWS, method="POST")
    before = written(collection(signing_in, variable=values))
    (found,) = migrated(before)
    assert ([row.result for row in found.rows], found.after) == (["skipped"], before)


@pytest.mark.parametrize("url", ["{{url}}/api/v1/users", "{{url}}/api/v1/nothing"])
def test_auth_that_stands_twice_goes_as_a_whole(url: str) -> None:
    bearer = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]}
    text = written(collection(item(url, SSWS, auth=bearer))).decode()
    hidden = json.dumps({"type": "apikey", "apikey": apikey("SSWS {{hidden}}")})
    twice = text.replace('"auth":', f'"auth": {hidden}, "auth":')
    (found,) = migrated(twice, remove_unknown=True)

    assert b"hidden" not in (found.after or b"hidden")
    assert json.loads(found.after or b"") == after(text, remove_unknown=True)
    ours = json.dumps(only(after(collection(item("{{url}}/api/v1/users"))))["auth"])
    again = written(collection(item("{{url}}/api/v1/users"))).decode()
    again = again.replace('"method"', f'"auth": {hidden}, "auth": {ours}, "method"')
    (found,) = migrated(again)
    assert b"hidden" not in (found.after or b"hidden")
    assert [row.result for row in found.rows] == ["unchanged"]


BEARER = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]}
BASIC_AUTH = {"type": "basic", "basic": []}
UNKNOWN = item("{{url}}/api/v1/nothing", SSWS, name="Unknown")
LEVELS = ["request", "folder", "collection"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_request_whose_auth_goes_does_not_inherit_other_auth_in_its_place(level: str) -> None:
    bearing = item("{{url}}/api/v1/nothing", auth=BEARER)
    folder = {"name": "F", "item": [MANAGED, bearing, UNKNOWN], "auth": BEARER}
    text = LAYOUT.replace("LEVEL", level)
    made = after(collection(folder, auth=BASIC_AUTH), text=text, remove_unknown=True)

    _, *others = made["item"][0]["item"]
    assert [each["request"]["auth"] for each in others] == [{"type": "noauth"}] * 2


@pytest.mark.parametrize("level", LEVELS)
def test_what_inherits_other_auth_goes_on_inheriting_it(level: str) -> None:
    basic = item("{{url}}/api/v1/users", name="Basic")
    bearing = item("{{url}}/api/v1/users", auth=BEARER)
    folder = {"name": "F", "item": [basic, bearing]}
    data = collection(folder, auth=BASIC_AUTH)
    made = after(data, text=LAYOUT.replace("LEVEL", level))

    assert made["auth"] == BASIC_AUTH
    assert "auth" not in made["item"][0]
    assert made["item"][0]["item"][0] == basic
    assert scope(made["item"][0]["item"][1]["request"]) == READ


def test_a_token_that_another_service_needs_is_not_inherited_by_what_loses_it() -> None:
    away = item("https://api.github.com/user", name="Away")
    made = after(collection(away, UNKNOWN, auth=BEARER), remove_unknown=True)

    assert made["auth"] == BEARER
    assert made["item"][0] == away
    assert made["item"][1]["request"]["auth"] == {"type": "noauth"}


def test_a_request_to_an_org_that_is_not_described_is_reported_once_a_host() -> None:
    elsewhere = [item("https://other.okta.com/api/v1/users", name=name) for name in "ab"]
    (found,) = migrated(collection(*elsewhere, item("https://acme.okta.com/api/v1/users")))

    (told,) = [each for each in found.checked.problems if each.code == "P026"]
    assert told.message.startswith("2 requests go to `other.okta.com`")
    assert "other.okta.com" in found.checked.source.lines[told.position.line - 1]


def test_nothing_says_what_one_signs_in_with_unless_a_file_does() -> None:
    users = item("{{url}}/api/v1/users", SSWS)
    (found,) = migrated(collection(users))
    (told,) = found.checked.problems
    names = "`authUrl`, `accessTokenUrl`, `redirectUri`, `clientId`, `accessToken`"
    assert (told.code, told.message) == ("P028", f"no value for {names}")

    own = [{"key": name.strip("`"), "value": "x"} for name in names.split(", ")]
    assert codes(migrated(collection(users, variable=own))) == []
    assert codes(migrated(collection(users), environment())) == []
    assert codes(migrated(found.after or b"")) == []


def test_a_variable_in_a_path_is_not_given_the_client_id_of_the_app() -> None:
    client = item("{{url}}/oauth2/v1/clients/{{clientId}}", SSWS, method="DELETE")
    inputs = (collection(client), collection(item("{{url}}/api/v1/users", SSWS)), environment())
    found = migrated(*inputs)

    first, second, values = (json.loads(each.after or b"") for each in found)
    for made in (first, second):
        block = {each["key"]: each["value"] for each in only(made)["auth"]["oauth2"]}
        assert block["clientId"] == "{{oauthClientId}}"
        assert block["authUrl"] == "{{authUrl}}"
    listed = {each["key"]: each["value"] for each in values["values"]}
    assert listed["oauthClientId"] == "0oan47pj9BsB30h7"
    assert "clientId" not in listed
    assert [each.after for each in migrated(*[each.after or b"" for each in found])] == [
        each.after for each in found
    ]
    assert migrated(found[1].after or b"")[0].after == found[1].after


BASIC = header("Basic {{both}}")
MIXED = {
    "basic in a text": item(header="Authorization: Basic {{both}}\nAccept: x"),
    "basic beside a token": item("{{url}}/api/v1/users", SSWS, BASIC),
    "basic beside a disabled token": item(
        "{{url}}/api/v1/users", BASIC, header("SSWS {{k}}", disabled=True)
    ),
    "no auth and a disabled token": item(
        "{{url}}/api/v1/users", header("SSWS {{k}}", disabled=True), auth={"type": "noauth"}
    ),
    "no auth and a basic header": item("{{url}}/api/v1/users", BASIC, auth={"type": "noauth"}),
    "an API key that is basic": item(auth={"type": "apikey", "apikey": apikey("Basic {{b}}")}),
    "an API key in the query": item(
        auth={"type": "apikey", "apikey": [*apikey("SSWS {{k}}"), {"key": "in", "value": "query"}]}
    ),
    "a host behind a backslash": item("https://evil.com\\@acme.okta.com/api/v1/users", SSWS),
    "a host in parts alone": item(
        {"raw": "https://acme.okta.com/api/v1/users", "host": ["evil", "com"]}, SSWS
    ),
}


@pytest.mark.parametrize("request_item", MIXED.values(), ids=list(MIXED))
@pytest.mark.parametrize("level", LEVELS)
def test_what_authorizes_otherwise_is_left_to_the_byte(
    request_item: dict[str, Any], level: str
) -> None:
    before = written(collection(request_item))
    (found,) = migrated(before, text=LAYOUT.replace("LEVEL", level))
    assert ([row.result for row in found.rows], found.after) == (["skipped"], before)


@pytest.mark.parametrize("level", ["folder", "collection"])
@pytest.mark.parametrize("url", ["/.well-known/openid-configuration", "/api/v1/authn"])
def test_a_request_that_came_later_does_not_move_the_block(level: str, url: str) -> None:
    text = LAYOUT.replace("LEVEL", level)
    first = after(collection({"name": "F", "item": [MANAGED]}), text=text)
    first["item"][0]["item"].append(item(f"{{{{url}}}}{url}", name="Later"))
    (found,) = migrated(first, text=text)
    made = json.loads(found.after or b"")

    holder = made if level == "collection" else made["item"][0]
    assert scope(holder) == "okta.users.manage"
    assert made["item"][0]["item"][1]["request"]["auth"] == {"type": "noauth"}
    assert migrated(found.after or b"", text=text)[0].after == found.after


def test_an_item_without_items_is_a_request() -> None:
    made = after(collection(item("{{url}}/api/v1/users", SSWS) | {"item": None}))
    assert scope(only(made)) == READ
    folder = item("{{url}}/api/v1/users", SSWS) | {"item": {}}
    assert after(collection(folder)) == collection(folder)


def test_headers_that_are_texts_in_a_list_go_too() -> None:
    listed = ["Accept: x", "Authorization: SSWS {{apikey}}"]
    request = only(after(collection(item(header=listed))))
    assert request["header"] == ["Accept: x"]
