"""A token goes only to an org, however the URL of a request is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.migration import (
    SSWS,
    Json,
    after,
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
HR = header("Bearer {{hrToken}}")
OF_A_MOCK = "https://virtserver.swaggerhub.com/logStreams/1.0"


def results(*inputs: Json, remove_unknown: bool = False) -> list[str]:
    files = migrated(*inputs, remove_unknown=remove_unknown)
    return [row.result for file in files for row in file.rows]


def parts(host: Any, **more: Any) -> Json:  # noqa: ANN401 - in any spelling
    return {"protocol": "https", "host": host, "path": ["api", "v1", "users"], **more}


USERS = "/api/v1/users"
ELSEWHERE: dict[str, tuple[Any, dict[str, str]]] = {
    "a host in a variable": ("{{hr}}/api/v1/users", {"hr": "https://hr.acme.example"}),
    "a host in two variables": (
        "{{protocol}}://{{host}}/api/v1/users",
        {"protocol": "https", "host": "hr.acme.example"},
    ),
    "a variable in a variable": (
        "{{api}}/users",
        {"api": "{{hr}}/api/v1", "hr": "https://{{name}}.acme.example", "name": "hr"},
    ),
    "spaces in a reference": ("{{ hr }}/api/v1/users", {"hr": "https://hr.acme.example"}),
    "a value with blanks around": ("{{hr}}/api/v1/users", {"hr": " https://hr.acme.example\n"}),
    "a port that ends the name of a user": (parts(["acme", "okta", "com"], port="80@hr.io"), {}),
    "a protocol that has a host": (
        parts(["acme", "okta", "com"], protocol="https://hr.example/?"),
        {},
    ),
    "a protocol in a list": (
        parts(["acme", "okta", "com"], protocol=["https://hr.example/?"]),
        {},
    ),
    "a protocol and a text": (
        {"protocol": "https://hr.example/api/v1/users?", "raw": f"https://acme.okta.com{USERS}"},
        {},
    ),
    "a user that ends a host": (
        parts(["acme", "okta", "com"], auth={"user": "hr.example/", "password": ""}),
        {},
    ),
    "a text that differs from its parts": (
        parts(["acme", "okta", "com"], raw=f"https://hr.example{USERS}"),
        {},
    ),
    "a backslash": ("https://hr.example\\@acme.okta.com/api/v1/users", {}),
    "a host before a fragment": ("https://hr.example#.okta.com/api/v1/users", {}),
    "a protocol in a path": (
        "acme.okta.com/api/v1/{{x}}",
        {"x": "x://hr.example/api/v1/users"},
    ),
    "a value that ends a host": (
        "https://{{sub}}.okta.com/api/v1/users",
        {"sub": "hr.example/x"},
    ),
    "a value in a port": (
        "https://acme.okta.com:{{port}}/api/v1/users",
        {"port": "80@hr.example"},
    ),
    "letters of another script": ("https://acme.okta\u3002com.hr.example/api/v1/users", {}),
    "an org in the path": ("https://hr.example/acme.okta.com/../api/v1/users", {}),
    "an end like that of an org": ("https://{{x}}.hr-okta.com/api/v1/users", {}),
    "another end behind a variable": ("https://{{x}}.hr.example/api/v1/users", {}),
    "a host that Postman makes up": ("https://{{$randomDomainName}}/api/v1/users", {}),
    "a port of this machine": ("http://127.0.0.1:1/api/v1/users", {}),
    "a value that fills itself too often": ("{{a}}/api/v1/users", {"a": "https://{{a}}{{a}}.io"}),
    "plain http": ("http://acme.okta.com/api/v1/users", {}),
    "plain http in a value": ("{{o}}/api/v1/users", {"o": "http://acme.okta.com"}),
    "plain http in a protocol": (
        "{{protocol}}://acme.okta.com/api/v1/users",
        {"protocol": "http"},
    ),
    "no protocol, for which Postman sends plain http": ("acme.okta.com/api/v1/users", {}),
    "no protocol in a value": ("{{o}}/api/v1/users", {"o": "acme.okta.com"}),
    "plain http to nobody knows where": ("http://{{x}}/api/v1/users", {}),
}


@pytest.mark.parametrize("remove_unknown", [False, True])
@pytest.mark.parametrize(("url", "values"), ELSEWHERE.values(), ids=list(ELSEWHERE))
def test_a_request_that_leads_elsewhere_keeps_its_credential_and_gets_no_token(
    url: object, values: dict[str, str], *, remove_unknown: bool
) -> None:
    before = written(collection(item(url, SSWS)))
    found, _ = migrated(before, environment(**values), remove_unknown=remove_unknown)
    assert [(row.result, bool(row.reason)) for row in found.rows] == [("skipped", True)]
    assert found.after == before


TO_AN_ORG: dict[str, tuple[Any, dict[str, str]]] = {
    "a protocol and a host in variables": (
        "{{protocol}}://{{host}}/api/v1/users",
        {"protocol": "https", "host": "acme.okta.com"},
    ),
    "a variable in a variable": (
        "{{api}}/users",
        {"api": "{{o}}/api/v1", "o": "https://{{org}}.okta.com", "org": "acme"},
    ),
    "a value with a path": ("{{o}}/users", {"o": "https://acme.okta.com/api/v1/"}),
    "a path in a variable": ("https://acme.okta.com{{path}}", {"path": "/api/v1/users"}),
    "segments in a variable": ("https://acme.okta.com/{{v}}/users", {"v": "api/v1"}),
    "a line break at the end": ("{{o}}/api/v1/users\n", {"o": "https://acme.okta.com"}),
    "a blank at the end of a part": (
        {"host": ["{{o}}"], "path": ["api", "v1", "users "]},
        {"o": "https://acme.okta.com"},
    ),
    "a host split at its dots": (
        {"host": ["{{my", "o}}"], "path": ["api", "v1", "users"]},
        {"my.o": "https://acme.okta.com"},
    ),
    "a host in pieces": (parts(["acme.okta", "com"]), {}),
    "a host as a text": (parts("acme.okta.com"), {}),
    "only a text": ({"raw": "{{o}}/api/v1/users"}, {"o": "https://acme.okta.com"}),
    "parts with a variable": (
        {"protocol": "{{p}}", "host": ["{{h}}"], "path": "/api/v1/users"},
        {"p": "https", "h": "acme.okta.com"},
    ),
    "capitals": ("HTTPS://Acme.Okta.Com/api/v1/users", {}),
    "the usual port": ("https://acme.okta.com:443/api/v1/users", {}),
    "a user of the org": ("https://me:{{pw}}@acme.okta.com/api/v1/users", {"pw": "x"}),
    "Okta's placeholder": ("{{o}}/api/v1/users", {"o": "https://{yourOktaDomain}"}),
}


@pytest.mark.parametrize(("url", "values"), TO_AN_ORG.values(), ids=list(TO_AN_ORG))
def test_a_request_to_an_org_is_known_whatever_it_authorizes_with(
    url: object, values: dict[str, str]
) -> None:
    data = collection(item(url, header("Bearer {{t}}")))
    assert scope(only(after(data, environment(**values)))) == READ


NOWHERE = ["{{host}}", "https://{{host}}", "{{protocol}}://{{host}}", "https://acme.{{domain}}"]


@pytest.mark.parametrize("host", NOWHERE)
def test_nobody_knows_a_host_without_a_value_and_its_credential_is_left(host: str) -> None:
    data = collection(item(f"{host}/api/v1/users", HR))
    before = written(data)
    for remove_unknown in (False, True):
        for environments in ([], [environment(host="", hrToken="")]):
            found, *_ = migrated(before, *environments, remove_unknown=remove_unknown)
            assert [row.result for row in found.rows] == ["unknown"]
            assert found.after == before
            (problem,) = found.checked.problems
            assert (problem.code, "credential was kept" in problem.hint) == ("P016", True)


@pytest.mark.parametrize("host", NOWHERE)
def test_a_credential_of_okta_tells_of_an_org_where_the_host_does_not(host: str) -> None:
    of_okta = [
        SSWS,
        header("{{key}}"),  # whose value is a scheme and a token
        header("Bearer {{used}}"),
    ]
    known = item("https://acme.okta.com/api/v1/groups", header("Bearer {{used}}"))
    for credential in of_okta:
        data = collection(item(f"{host}/api/v1/users", credential), known)
        assert scope(only(after(data, environment(key="SSWS {{apikey}}")))) == READ
    unheard = collection(item(f"{host}/hr/v9/people", header("Bearer {{used}}")), known)
    assert results(unheard) == ["unknown", "migrated"]


def test_a_host_with_an_api_token_is_the_org_for_other_requests_too() -> None:
    group = item("{{host}}/api/v1/groups")
    assert results(collection(item("{{host}}/api/v1/users", SSWS), group)) == ["migrated"] * 2
    assert results(collection(item("{{host}}/hr/v9/people", SSWS), group)) == ["unknown", "skipped"]


def test_a_variable_that_another_host_is_sent_tells_nothing() -> None:
    shared = header("Bearer {{token}}")
    requests = [
        item("{{host}}/api/v1/users", shared),
        item("https://acme.okta.com/api/v1/users", shared),
        item("https://hr.acme.example/api/v1/users", shared),
    ]
    assert results(collection(*requests)) == ["unknown", "migrated", "skipped"]


DEFAULT = {"key": "host", "value": "https://hr.acme.example"}


def test_values_are_those_of_the_environment_the_collection_and_the_globals_in_this_order() -> None:
    data = collection(item("{{host}}/api/v1/users", HR), variable=[DEFAULT])
    org, other = environment(host="https://acme.okta.com"), environment(host=DEFAULT["value"])
    as_globals = {**org, "_postman_variable_scope": "globals"}
    off = {"id": "e2", "name": "Off", "values": [{**org["values"][0], "enabled": False}]}
    assert results(data) == ["skipped"]
    assert results(data, org) == ["migrated"]
    assert results(data, as_globals) == ["skipped"]
    assert results(data, off) == ["skipped"]
    assert results({**data, "variable": []}, as_globals) == ["migrated"]
    assert results({**data, "variable": []}, org, other) == ["skipped"]
    assert results({**data, "variable": [{**DEFAULT, "disabled": True}]}, as_globals) == [
        "migrated"
    ]
    elsewhere = collection(variable=[DEFAULT])
    assert results({**data, "variable": []}, elsewhere) == ["unknown"]


def test_a_mock_server_as_a_default_says_nothing_and_in_an_environment_is_another_host() -> None:
    for mock in (OF_A_MOCK, "https://1-2.mock.pstmn.io"):
        default = [{"key": "host", "value": mock}]
        by_token = collection(item("{{host}}/api/v1/users", SSWS), variable=default)
        by_bearer = collection(item("{{host}}/api/v1/users", HR), variable=default)
        assert results(by_token) == ["migrated"]
        assert results(by_bearer) == ["unknown"]
        assert results(by_token, environment(host=mock)) == ["skipped"]
        assert results(collection(item(f"{mock}/api/v1/users", SSWS))) == ["skipped"]
    like = [{"key": "host", "value": "https://mock.pstmn.io.hr.example"}]
    assert results(collection(item("{{host}}/api/v1/users", SSWS), variable=like)) == ["skipped"]


def test_what_inherits_the_token_of_an_unknown_host_goes_on_inheriting_it() -> None:
    bearer = {"type": "bearer", "bearer": [{"key": "token", "value": "{{hrToken}}"}]}
    folder = {"name": "HR", "item": [item("{{host}}/api/v1/users")], "auth": bearer}
    data = collection(folder, item("{{url}}/api/v1/users", SSWS))
    for remove_unknown in (False, True):
        made = after(data, remove_unknown=remove_unknown)
        assert made["item"][0] == folder
