"""`--to-manifest`: what is generated from it are the requests of the collection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from okta_postman.cli.app import app
from okta_postman.migrate.run import to_manifest
from okta_postman.problems import UserError
from tests.support.manifests import check, generated
from tests.support.migration import (
    ACCEPT,
    SSWS,
    TOKEN,
    URL,
    collection,
    described,
    environment,
    item,
    scope,
    written,
)
from tests.support.program import BASE

JSON_TYPE = {"key": "Content-Type", "value": "application/json"}


NEITHER = "neither the manifest nor Okta's API catalog has this endpoint"


def raw(text: str) -> dict[str, str]:
    return {"mode": "raw", "raw": text}


USERS = {
    "name": "People",
    "item": [
        item(
            {
                "raw": "{{url}}/api/v1/users?limit=5&q=a b",
                "host": ["{{url}}"],
                "path": ["api", "v1", "users"],
                "query": [
                    {"key": "limit", "value": "5"},
                    {"key": "q", "value": "a b"},
                    {"key": "off", "value": "x", "disabled": True},
                ],
            },
            SSWS,
            ACCEPT,
            {"key": "X-Mine", "value": "{{mine}}"},
            name="Find",
        ),
        item("{{url}}/api/v1/users/:id", SSWS, name="Find"),
        item(
            "{{url}}/api/v1/users?activate=false",
            SSWS,
            JSON_TYPE,
            method="POST",
            name="Create",
            body=raw('{"profile": {"login": "{{login}}", "n": 1.0}}'),
        ),
        item("{{url}}/api/v1/users/me", SSWS, name="Me", description="Who am **I**"),
    ],
}
TEAM = collection(
    USERS,
    item("{{url}}/api/v1/groups/{{groupId}}", SSWS, method="DELETE", name="Delete a group"),
    item("{{url}}/api/v1/groups", SSWS, method="POST", name="Empty body", body=raw("")),
    item("{{url}}/api/v1/authn", SSWS, method="POST", name="Sign in"),
)


def description_of(*inputs: Any, text: str = BASE) -> tuple[str, list[str]]:  # noqa: ANN401 - JSON
    files = [(f"{number}.json", written(each)) for number, each in enumerate(inputs)]
    made, found = to_manifest(files, described(text))
    assert made is not None, found
    assert check("made.yaml", made.text.encode())[0], made.text
    return made.text, [problem.message for each in found for problem in each.problems]


def requests(text: str) -> dict[str, dict[str, Any]]:
    """What is generated: requests by folder and name."""
    name = next(name for name in generated(text) if name.endswith("collection.json"))
    found = {}
    for each in generated(text)[name]["item"]:
        for request in each.get("item", [each]):
            where = f"{each['name']}/{request['name']}" if "item" in each else request["name"]
            found[where] = request["request"]
    return found


def test_generating_gives_back_the_same_requests() -> None:
    text, _ = description_of(
        TEAM, environment(url="https://acme.okta.com", mine="M", groupId="00g1", apikey="")
    )
    made = requests(text)

    assert sorted(made) == [
        "Delete a group",
        "Empty body",
        "People/Create",
        "People/Find",
        "People/Find (2)",
        "People/Me",
    ]
    assert made["People/Find"]["url"]["raw"] == "{{baseUrl}}/api/v1/users?limit=5&q=a b"
    assert {"key": "X-Mine", "value": "{{mine}}"} in made["People/Find"]["header"]
    assert made["People/Find (2)"]["url"]["raw"] == "{{baseUrl}}/api/v1/users/:id"
    assert made["People/Create"]["method"] == "POST"
    assert made["People/Create"]["url"]["query"] == [{"key": "activate", "value": "false"}]
    body = json.loads(made["People/Create"]["body"]["raw"])
    assert body == {"profile": {"login": "{{login}}", "n": 1.0}}
    assert made["People/Me"]["url"]["raw"] == "{{baseUrl}}/api/v1/users/me"
    assert "Who am **I**" in made["People/Me"]["description"]
    assert scope(made["Delete a group"]) == "okta.groups.manage"
    assert "body" not in made["Empty body"]
    assert "mine: M" in text
    assert "apikey" not in text


def test_a_plus_of_a_query_stays_the_space_that_servers_took_it_for() -> None:
    url = "{{url}}/api/v1/users?filter=status+eq+%22ACTIVE%22&q=1%2B1"
    text, _ = description_of(
        collection(item(url, SSWS, name="Find")), environment(url="https://acme.okta.com")
    )
    (made,) = requests(text).values()
    assert made["url"]["query"] == [
        {"key": "filter", "value": "status eq %22ACTIVE%22"},
        {"key": "q", "value": "1%2B1"},
    ]


def test_what_is_not_carried_is_said() -> None:
    event = [{"listen": "test", "script": {"exec": ["pm.test('x')"]}}]
    blank = [{"listen": "test", "script": {"exec": [""]}}]
    upload = {"mode": "formdata", "formdata": []}
    data = collection(
        item(name="A") | {"event": event, "response": [{"name": "saved"}]},
        item(name="B") | {"event": blank},
        item(name="C", method="POST", body=upload),
        item(name="D", method="POST", body=raw("{{not json}}")),
        item("{{url}}/api/v1/nothing", SSWS, name="E"),
        event=event,
    )
    _, told = description_of(data)

    assert sorted(told) == [
        "`A` is in the manifest without its scripts and its saved responses",
        "`C` is in the manifest without a body of the kind formdata",
        "`D` is in the manifest without a body that is not JSON",
        f"`E` is not in the manifest: {NEITHER}",
        "the scripts of the collection are not in the manifest",
    ]


@pytest.mark.parametrize("number", ["1e999", "0.1234567890123456789", "9" * 5000, "NaN"])
def test_a_number_that_would_become_another_takes_its_body_with_it(number: str) -> None:
    data = collection(item(name="A", method="POST", body=raw(f'{{"n": {number}}}')))
    text, told = description_of(data)

    assert told == ["`A` is in the manifest without a body with a number that YAML cannot keep"]
    assert "inf" not in text
    kept = collection(item(name="A", method="POST", body=raw('{"n": [1.50, 2e3, -0]}')))
    assert description_of(kept)[1] == []


def test_headers_in_one_text_are_described() -> None:
    text, told = description_of(
        collection(item(header="Authorization: SSWS {{apikey}}\nX-A: 1\n//X-B: 2"))
    )
    assert "X-A" in text
    assert told == ["`Users` is in the manifest without the disabled `//X-B`"]


def test_what_is_not_sent_is_not_described_and_a_bare_parameter_is_said() -> None:
    off = raw('{"a": 1}') | {"disabled": True}
    data = collection(item("{{url}}/api/v1/users?flag&a=1", method="POST", body=off))
    text, told = description_of(data)
    assert told == [
        "`Users` is in the manifest without the bare parameter `flag`, which gets an empty value"
    ]
    assert "body" in text
    assert "a: 1" not in text.partition("body")[2]


def test_another_name_is_said() -> None:
    twice = [{"name": folder, "item": [item(name="Find")]} for folder in ("A", "B")]
    _, told = description_of(collection(*twice))
    assert told == ["`Find` is `Find (2)` in the manifest"]


def test_a_path_does_not_ask_for_the_client_id_of_the_app() -> None:
    client = item("{{url}}/oauth2/v1/clients/{{clientId}}", method="DELETE", name="Delete")
    text, _ = description_of(collection(client))
    made = requests(text)["Delete"]
    assert made["url"]["variable"] == [{"key": "clientId", "value": "{{pathClientId}}"}]


def test_a_token_is_not_carried_from_wherever_it_stands() -> None:
    users = item(name=f"A {TOKEN}", method="POST", body=raw(json.dumps({"t": f"SSWS {TOKEN}"})))
    users["request"]["description"] = TOKEN
    data = collection(users)
    data["info"]["description"] = f"With {TOKEN}"
    text, told = description_of(data, environment(apikey=TOKEN))

    assert TOKEN not in text
    assert told == ["hard-coded Okta API token; removed from the manifest"] * 5


def test_a_token_that_only_its_header_gives_away_is_not_carried_either() -> None:
    word = "hunter2-secret-xy12345"
    headers = [{"key": "Authorization", "value": f"SSWS {word}"}, {"key": "X-K", "value": word}]
    data = collection(item(f"{{{{url}}}}/api/v1/users?k={word}", *headers, description=word))
    text, told = description_of(data)
    assert word not in text
    assert len(told) == 4


def test_a_secret_in_a_body_takes_it_with_it() -> None:
    body = raw(json.dumps({"client_secret": "5jVbn2W72FOAWeQC"}))
    text, told = description_of(collection(item(name="A", method="POST", body=body)))
    assert "5jV" not in text
    assert "`A` is in the manifest without its body, which holds a client secret" in told


@pytest.mark.parametrize("place", ["values", "variable"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [("mine", "secret"), ("dbPassword", "default"), ("my_secret", "text"), ("sessionToken", "any")],
)
def test_the_value_of_a_secret_variable_is_in_no_description(
    name: str, kind: str, place: str
) -> None:
    header = {"key": "X-Mine", "value": f"{{{{{name}}}}}"}
    users = item("{{url}}/api/v1/users", SSWS, header, {"key": "X-O", "value": "{{open}}"})
    listed = [{"key": name, "value": "hunter2", "type": kind}, {"key": "open", "value": "shown"}]
    inputs = [collection(users), {"id": "e", "name": "E", place: listed}]
    if place == "variable":
        inputs = [collection(users, variable=listed)]
    files = [(f"{number}.json", written(each)) for number, each in enumerate(inputs)]
    made, _ = to_manifest(files, described())

    assert made is not None
    assert "hunter2" not in made.text
    assert dict(described(made.text).environments[0].variables) == {name: "", "open": "shown"}


def test_the_connection_is_that_of_the_description() -> None:
    text = BASE.replace("org: https://acme.okta.com\n", "") + (
        "environments:\n  live: {org: https://acme.okta.com, variables: {z: '1'}}\n"
        "  preview: {org: https://acme.oktapreview.com, app: {client_id: 0oapreview1234567890}}\n"
        "collection: {auth: collection, scripts: false}\n"
    )
    made, _ = description_of(TEAM, text=text)
    description = described(made)

    assert [each.org for each in description.environments] == [
        "https://acme.okta.com",
        "https://acme.oktapreview.com",
    ]
    assert description.environments[1].app.client_id == "0oapreview1234567890"
    assert description.layout.auth == "collection"
    assert not description.layout.scripts


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ([TEAM, TEAM], "a manifest is made of one collection"),
        (
            [collection(item("{{url}}/api/v1/authn", SSWS))],
            "none of the requests can be in a manifest: `Users` is not",
        ),
    ],
)
def test_what_cannot_be_described_is_one_sentence(inputs: list[Any], said: str) -> None:
    files = [(f"{number}.json", written(each)) for number, each in enumerate(inputs)]
    with pytest.raises(UserError, match=said):
        to_manifest(files, described())


def test_the_command_line_writes_it_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("okta.yaml").write_text(BASE)
    Path("old.json").write_bytes(written(TEAM))
    Path("env.json").write_bytes(written(environment(apikey="")))
    arguments = ["migrate", "old.json", "-m", "okta.yaml", "--to-manifest"]

    shown = CliRunner().invoke(app, arguments)
    wrote = CliRunner().invoke(app, [*arguments, "-o", "team.yaml"])
    again = CliRunner().invoke(app, [*arguments, "-o", "team.yaml"])
    alone = CliRunner().invoke(app, ["migrate", "env.json", *arguments[2:]])

    assert (shown.exit_code, wrote.exit_code, again.exit_code, alone.exit_code) == (0, 0, 2, 2)
    assert Path("team.yaml").read_text() == shown.stdout
    assert "6 requests in the manifest" in wrote.stderr
    assert "error[P012]" in alone.stderr
    assert CliRunner().invoke(app, ["generate", "team.yaml"]).exit_code == 0


def test_half_a_character_is_in_no_description() -> None:
    body = raw('{"a": "\\ud83d"}')
    half = item("{{url}}/api/v1/users", SSWS, method="POST", name="A \ud83d", body=body)
    data = json.dumps(collection(half, item("{{url}}/api/v1/users", SSWS))).encode()
    made, found = to_manifest([("0.json", data)], described())

    assert made is not None
    assert made.text.encode()
    assert "half a character" in found[0].problems[0].message


def test_half_a_character_in_a_value_is_refused_at_its_place() -> None:
    users = item("{{url}}/api/v1/users/{{x}}", SSWS)
    data = collection(users, variable=[URL, {"key": "x", "value": "\ud800"}])
    made, checked = to_manifest([("c.json", json.dumps(data).encode())], described())
    assert made is None
    (problem,) = [each for file in checked for each in file.problems]
    assert (problem.code, problem.severity) == ("P024", "error")
    assert "`x` holds half a character" in problem.message


def test_the_path_of_an_endpoint_that_a_variable_has_is_in_the_manifest() -> None:
    data = collection(item("{{api}}/users/{{userId}}", SSWS))
    text, _ = description_of(data, environment(api="{{url}}/api/v1"))
    assert "GET /api/v1/users/{userId}" in text
