"""Environments lose the API token, and gain what OAuth 2.0 needs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.migration import (
    SSWS,
    TOKEN,
    after,
    codes,
    collection,
    environment,
    item,
    migrated,
)
from tests.support.program import BASE


def test_the_environment_loses_the_token_and_gains_what_the_block_needs() -> None:
    values = environment(url="https://acme.okta.com", apikey="", clientId="", zeta="kept")
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), values)
    data = json.loads(found.after or b"")

    listed = {each["key"]: each["value"] for each in data["values"]}
    assert list(listed) == [
        "url",
        "clientId",
        "zeta",
        "authUrl",
        "accessTokenUrl",
        "redirectUri",
        "state",
        "accessToken",
    ]
    assert listed["clientId"] == "0oan47pj9BsB30h7"
    assert listed["authUrl"] == "https://acme.okta.com/oauth2/v1/authorize"
    assert listed["url"] == "https://acme.okta.com"
    assert data["values"][-1] == {
        "key": "accessToken",
        "value": "",
        "type": "secret",
        "enabled": True,
    }
    assert (found.after or b"").startswith(
        b'{\n\t"id": "e1",\n\t"name": "Mine",\n\t"values": [\n\t\t{\n'
    )


def test_the_environment_of_the_same_org_gives_the_values() -> None:
    text = BASE.replace("org: https://acme.okta.com\n", "") + (
        "environments:\n  live: {org: https://acme.okta.com}\n"
        "  preview: {org: https://acme.oktapreview.com, app: {client_id: 0oapreview1234567890}}\n"
    )
    values = environment(url="https://acme.oktapreview.com/", clientId="0oaOther")
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), values, text=text)

    assert "https://acme.oktapreview.com/oauth2/v1/token" in (found.after or b"").decode()
    assert codes([found]) == ["P020"]
    assert b"0oaOther" in (found.after or b"")


def test_an_environment_without_values_gets_them() -> None:
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), environment())
    assert len(json.loads(found.after or b"")["values"]) == 6


def test_the_token_variable_stays_where_a_request_still_uses_it() -> None:
    data = collection(
        item("{{url}}/api/v1/users", SSWS), item("{{url}}/api/v1/authn", SSWS, method="POST")
    )
    _, found = migrated(data, environment(url="", apikey=""))

    assert codes([found]) == ["P023"]
    assert b"apikey" in (found.after or b"")


def test_a_collection_loses_the_variable_of_the_token() -> None:
    variables = [{"key": "apikey", "value": ""}, {"key": "kept", "value": "1"}]
    made = after(collection(item("{{url}}/api/v1/users", SSWS), variable=variables))
    assert made["variable"] == variables[1:]


def test_a_confidential_app_has_its_secret_in_a_variable() -> None:
    text = BASE.replace("0oan47pj9BsB30h7", "0oan47pj9BsB30h7, type: web")
    found, values = migrated(
        collection(item("{{url}}/api/v1/users", SSWS)), environment(), text=text
    )

    assert "{{clientSecret}}" in (found.after or b"").decode()
    assert json.loads(values.after or b"")["values"][-1]["key"] == "clientSecret"


def test_a_saved_response_does_not_keep_the_token_in_an_environment() -> None:
    saved = {"name": "ok", "originalRequest": {"url": "{{url}}/x?key={{apikey}}"}}
    users = item("{{url}}/api/v1/users", SSWS) | {"response": [saved]}
    files = migrated(collection(users), environment(apikey="", url="https://acme.okta.com"))

    assert b"apikey" not in (files[1].after or b"apikey")
    assert "P023" not in codes(files)


def values(found: Any) -> dict[str, str]:  # noqa: ANN401 - a migrated file
    return {each["key"]: each["value"] for each in json.loads(found.after or b"")["values"]}


ELSEWHERE = item("https://api.example.com/x", {"key": "X-Key", "value": "{{apiKey}}"})


def test_a_token_for_another_service_keeps_its_variable_and_its_value() -> None:
    away = item("https://api.github.com", {"key": "Authorization", "value": "Bearer {{theirs}}"})
    _, found = migrated(collection(away), environment(theirs="theirs-1"))
    assert values(found) == {"theirs": "theirs-1"}


def test_a_key_of_another_service_keeps_its_variable_and_its_value() -> None:
    files = migrated(
        collection(item("{{url}}/api/v1/users", SSWS), ELSEWHERE),
        environment(apiKey="theirs-1", apikey="ours-one-1", url="https://acme.okta.com"),
    )
    assert values(files[1])["apiKey"] == "theirs-1"
    assert "apikey" not in values(files[1])
    assert codes(files) == ["P018"]


UNUSED = {
    "a name that says more": ("oktaApiToken", "short-0ne", ""),
    "one that looks like a token": ("api_token", TOKEN, ""),
    "one that may be another service's": ("apiKey", "theirs-1", "theirs-1"),
}


@pytest.mark.parametrize(("key", "value", "left"), UNUSED.values(), ids=list(UNUSED))
def test_a_variable_that_nothing_uses_stays_and_holds_no_token_of_okta(
    key: str, value: str, left: str
) -> None:
    files = migrated(collection(item()), environment(**{key: value}))
    assert values(files[1])[key] == left
    assert ("P018" in codes(files)) == (left == "")


def test_a_token_that_requests_still_use_loses_its_value_and_this_is_said() -> None:
    unknown = item("{{url}}/api/v1/nothing", {"key": "Authorization", "value": "SSWS {{mine}}"})
    files = migrated(collection(unknown), environment(mine="short-0ne"))

    assert values(files[1])["mine"] == ""
    assert codes(files) == ["P016", "P023", "P018"]
    (told,) = [each for each in files[1].checked.problems if each.code == "P023"]
    assert "type it in Postman again" in told.hint
    again = migrated(*[each.after or b"" for each in files])
    assert [each.after for each in again] == [each.after for each in files]


def test_the_name_of_a_scheme_is_no_token() -> None:
    made_of_two = {"key": "Authorization", "value": "{{scheme}} {{key}}"}
    unknown = item("{{url}}/api/v1/nothing", made_of_two)
    _, found = migrated(collection(unknown), environment(scheme="SSWS", key="short-0ne"))
    assert values(found)["scheme"] == "SSWS"
    assert values(found)["key"] == ""


def test_a_variable_that_stands_twice_goes_twice() -> None:
    twice = environment(apikey="")
    twice["values"] += twice["values"]
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), twice)
    assert b"apikey" not in (found.after or b"apikey")


def test_an_environment_of_an_org_that_is_not_described_gets_no_values_of_another() -> None:
    theirs = environment(url="https://other.okta.com/", clientId="0oaTheirs")
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), theirs)

    made = values(found)
    assert (made["authUrl"], made["accessTokenUrl"]) == ("", "")
    assert made["clientId"] == "0oaTheirs"
    assert made["redirectUri"] == "https://oauth.pstmn.io/v1/callback"
    assert codes([found]) == ["P025"]
    (told,) = found.checked.problems
    assert "`https://other.okta.com`" in told.message
    assert "other.okta.com" in found.checked.source.lines[told.position.line - 1]


URLS = ["acme.okta.com", "https://ACME-admin.okta.com/admin", " http://acme.okta.com"]


@pytest.mark.parametrize("url", URLS)
def test_an_org_is_known_however_its_url_is_written(url: str) -> None:
    users = item("https://acme.okta.com/api/v1/users", SSWS)
    files = migrated(collection(users), environment(url=url))
    assert values(files[1])["authUrl"] == "https://acme.okta.com/oauth2/v1/authorize"
    assert codes(files) == []


TWO = BASE.replace("org: https://acme.okta.com\n", "") + (
    "environments:\n  live: {org: https://acme.okta.com}\n"
    "  preview: {org: https://acme.oktapreview.com}\n"
)


@pytest.mark.parametrize(
    ("name", "org", "told"),
    [("Mine", "acme.okta.com", ["P025"]), ("Preview", "acme.oktapreview.com", [])],
)
def test_an_environment_that_may_be_any_gets_the_first_and_a_warning(
    name: str, org: str, told: list[str]
) -> None:
    mine = environment(url="https://{yourOktaDomain}") | {"name": name}
    _, found = migrated(collection(item("{{url}}/api/v1/users", SSWS)), mine, text=TWO)
    assert values(found)["authUrl"] == f"https://{org}/oauth2/v1/authorize"
    assert codes([found]) == [*told, "P020"]  # and its URL is a placeholder


def test_of_several_orgs_the_name_of_the_file_decides() -> None:
    users = collection(item("{{url}}/api/v1/users", SSWS))
    both = environment(a="https://acme.okta.com", url="https://acme.oktapreview.com")
    _, named = migrated(users, both | {"name": "Preview"}, text=TWO)
    _, unnamed = migrated(users, both, text=TWO)
    both["values"][0]["enabled"] = False
    _, off = migrated(users, both, text=TWO)

    preview = "https://acme.oktapreview.com/oauth2/v1/authorize"
    assert (values(named)["authUrl"], codes([named])) == (preview, [])
    assert (values(off)["authUrl"], codes([off])) == (preview, [])
    assert codes([unnamed]) == ["P025"]


def test_a_host_of_okta_itself_is_no_org() -> None:
    files = migrated(collection(item()), environment(docs="https://developer.okta.com/docs"))
    assert values(files[1])["authUrl"] == "https://acme.okta.com/oauth2/v1/authorize"
    assert codes(files) == []


def test_a_token_in_the_place_of_a_connection_makes_room_for_it_at_once() -> None:
    files = migrated(collection(item()), environment(clientId=TOKEN))
    assert values(files[1])["clientId"] == "0oan47pj9BsB30h7"
    assert codes(files) == ["P018"]


def test_a_variable_that_fills_a_path_is_not_given_the_client_id_either() -> None:
    url: dict[str, Any] = {"host": ["{{url}}"], "path": ["oauth2", "v1", "clients", ":id"]}
    url["variable"] = [{"key": "id", "value": "{{clientId}}"}]
    _, found = migrated(collection(item(url, SSWS, method="DELETE")), environment(clientId=""))
    assert values(found)["clientId"] == ""
    assert values(found)["oauthClientId"] == "0oan47pj9BsB30h7"


def test_what_a_script_asks_for_keeps_its_parts() -> None:
    made_of = {"key": "Authorization", "value": "{{whole}}"}
    event = [{"listen": "test", "script": {"exec": ["environment.whole"]}}]
    users = item("{{url}}/api/v1/users", made_of) | {"event": event}
    _, found = migrated(collection(users), environment(whole="SSWS {{apikey}}", apikey=""))
    assert found.lost == ()


def test_what_only_a_description_or_a_variable_that_goes_names_is_not_used() -> None:
    users = item("{{url}}/api/v1/users", {"key": "Authorization", "value": "{{whole}}"})
    users["request"]["description"] = "with {{apikey}}"
    data = collection(users, variable=[{"key": "whole", "value": "SSWS {{apikey}}"}])
    data["info"]["description"] = "with {{apikey}}"
    files = migrated(data, environment(apikey=""))
    assert [each.lost for each in files] == [("whole",), ("apikey",)]
    assert codes(files) == []


def test_a_value_that_goes_to_another_service_is_not_shown() -> None:
    away = item("https://api.x.io", {"key": "Authorization", "value": "Bearer {{theirs}}"})
    _, found = migrated(collection(away), environment(theirs="hunter2-secret-xy1"))
    assert [each.message for each in found.checked.problems] == [
        "hard-coded credential for another service; kept"
    ]
    assert "hunter2-secret-xy1" in found.secrets


def test_a_place_behind_a_key_that_went_is_still_the_user_s() -> None:
    unread = '"values": [{"key": "x", "value": 1}]'
    text = f'{{{unread},\n\n "values": [{{"key": "clientId", "value": "0oaX"}}]}}'
    _, found = migrated(collection(item()), text)
    (told,) = [each for each in found.checked.problems if each.code == "P020"]
    assert (told.position.line, told.position.width) == (3, len('"0oaX"'))


def test_the_parts_of_a_variable_go_with_it() -> None:
    made_of = {"key": "Authorization", "value": "{{whole}}"}
    files = migrated(
        collection(item("{{url}}/api/v1/users", made_of)),
        environment(whole="SSWS {{mine}}", mine="short-s3cret"),
    )
    assert files[1].lost == ("whole", "mine")


def test_the_parts_of_a_variable_that_stays_stay() -> None:
    made_of = {"key": "Authorization", "value": "{{whole}}"}
    users, unknown = item("{{url}}/api/v1/users", SSWS), item("{{url}}/api/v1/nothing", made_of)
    _, found = migrated(
        collection(users, unknown), environment(whole="SSWS {{apikey}}", apikey="short-s3cret")
    )
    assert (found.lost, values(found)["apikey"]) == ((), "")


@pytest.mark.parametrize("quote", "\"'`")
def test_a_variable_that_a_script_asks_for_stays(quote: str) -> None:
    code = f"pm.sendRequest(pm.variables.get({quote}apikey{quote}))"
    event = [{"listen": "test", "script": {"exec": [code]}}]
    users = item("{{url}}/api/v1/users", SSWS) | {"event": event}
    _, found = migrated(collection(users), environment(apikey=""))
    assert found.lost == ()


def test_the_request_of_a_folder_keeps_no_variable() -> None:
    folder = item("{{url}}/x", SSWS) | {"item": [item("{{url}}/api/v1/users", SSWS)]}
    _, found = migrated(collection(folder), environment(apikey=""))
    assert (found.lost, codes([found])) == (("apikey",), [])


def test_a_variable_may_have_its_name_as_its_id() -> None:
    data = collection(
        item("{{url}}/api/v1/users", SSWS), variable=[{"id": "apikey", "value": "short-0ne-1"}]
    )
    found = migrated(data, environment())
    assert b"short-0ne-1" not in (found[0].after or b"short-0ne-1")
    assert found[0].lost == ("apikey",)


def test_a_value_that_is_missing_is_filled_and_one_that_is_off_is_reported() -> None:
    some = environment()
    some["values"] = [{"key": "authUrl"}, {"key": "clientId", "value": "", "enabled": False}]
    _, found = migrated(collection(item()), some)
    assert values(found)["authUrl"] == "https://acme.okta.com/oauth2/v1/authorize"
    assert [each.message for each in found.checked.problems] == [
        "`clientId` is disabled, and the migrated requests sign in with it"
    ]


CLIENT = item("{{url}}/oauth2/v1/clients/{{clientId}}", SSWS, method="DELETE")


def test_an_environment_keeps_the_other_name_in_later_runs() -> None:
    first = migrated(collection(CLIENT), environment(clientId=""))
    second = migrated(collection(item("{{url}}/api/v1/users", SSWS)), first[1].after or b"")
    assert b"{{oauthClientId}}" in (second[0].after or b"")
    assert values(second[1])["clientId"] == ""


def test_an_environment_that_had_the_client_id_before_a_path_asked_for_it_is_reported() -> None:
    first = migrated(collection(item("{{url}}/api/v1/users", SSWS)), environment())
    second = migrated(collection(CLIENT), first[1].after or b"")
    assert [each.message for each in second[1].checked.problems] == [
        "`clientId` is used in a request path but holds this app's own value"
    ]


def test_a_url_that_is_a_placeholder_gets_a_word_where_requests_use_it() -> None:
    users = collection(item("{{url}}/api/v1/users", SSWS))
    mine = environment(url="https://{yourOktaDomain}", docs="https://{other}")
    files = migrated(users, mine)
    (problem,) = files[1].checked.problems
    assert (problem.code, "`url` is still the placeholder" in problem.message) == ("P020", True)
    assert "`https://acme.okta.com`" in problem.hint
