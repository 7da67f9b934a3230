"""How a workspace is spelled as a v2.1.0 collection and its environments."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from tests.support.program import BASE
from tests.support.samples import COLLECTIONS, ROOT, generated

POSTMANS_SCHEMA = ROOT.parent / "shared" / "data" / "postman-collection-2.1.0.schema.json"
COLLECTION = "okta-users.postman_collection.json"
ENVIRONMENT = "okta-users.acme.okta.com.postman_environment.json"


def collection(text: str) -> dict[str, Any]:
    return generated(text)[COLLECTION]


def only_request(text: str) -> dict[str, Any]:
    folder = collection(text)["item"][0]
    request: dict[str, Any] = folder["item"][0]["request"]
    return request


def endpoint(entry: str, more: str = "") -> str:
    return BASE.replace("GET /api/v1/users", entry) + more


@pytest.mark.skipif(not POSTMANS_SCHEMA.exists(), reason="Postman's schema is not at hand")
@pytest.mark.parametrize(
    "name", sorted(path.name for path in COLLECTIONS.glob("*.postman_collection.json"))
)
def test_postmans_own_schema_accepts_every_sample(name: str) -> None:
    schema = json.loads(POSTMANS_SCHEMA.read_text(encoding="utf-8"))
    data = json.loads((COLLECTIONS / name).read_text(encoding="utf-8"))
    jsonschema_rs.validate(schema, data)


def test_keys_stand_in_the_order_in_which_postman_shows_them() -> None:
    made = collection(BASE)
    assert list(made) == ["info", "item", "event", "variable"]
    assert list(made["info"]) == ["_postman_id", "name", "description", "schema"]
    assert [field["key"] for field in only_request(BASE)["auth"]["oauth2"]] == [
        "tokenName",
        "grant_type",
        "authUrl",
        "accessTokenUrl",
        "redirect_uri",
        "useBrowser",
        "clientId",
        "scope",
        "state",
        "challengeAlgorithm",
        "code_verifier",
        "client_authentication",
        "addTokenTo",
        "headerPrefix",
        "accessToken",
    ]


def test_a_web_app_gets_an_empty_secret_and_nothing_else_changes() -> None:
    text = BASE.replace("{client_id", "{type: web, client_id")
    fields = [field["key"] for field in only_request(text)["auth"]["oauth2"]]
    values = {each["key"]: each for each in generated(text)[ENVIRONMENT]["values"]}
    assert fields.index("clientSecret") == fields.index("clientId") + 1
    assert values["clientSecret"] == {
        "key": "clientSecret",
        "value": "",
        "type": "secret",
        "enabled": True,
    }


def test_the_environment_says_how_to_reach_the_org() -> None:
    values = {each["key"]: each["value"] for each in generated(BASE)[ENVIRONMENT]["values"]}
    assert values.pop("state").isalnum()
    assert values == {
        "baseUrl": "https://acme.okta.com",
        "authUrl": "https://acme.okta.com/oauth2/v1/authorize",
        "accessTokenUrl": "https://acme.okta.com/oauth2/v1/token",
        "clientId": "0oan47pj9BsB30h7",
        "redirectUri": "https://oauth.pstmn.io/v1/callback",
        "accessToken": "",
    }


def test_a_custom_server_has_its_own_urls() -> None:
    text = BASE.replace("okta.users.read", "orders.read") + "authorization_server: default\n"
    values = {each["key"]: each["value"] for each in generated(text)[ENVIRONMENT]["values"]}
    assert values["authUrl"] == "https://acme.okta.com/oauth2/default/v1/authorize"
    assert values["accessTokenUrl"] == "https://acme.okta.com/oauth2/default/v1/token"


@pytest.mark.parametrize(
    ("redirect_uri", "browser"),
    [
        ("https://oauth.pstmn.io/v1/callback", True),
        ("https://oauth.pstmn.io/v1/browser-callback", True),
        ("http://localhost:8080/callback", False),
        ("com.example.app:/callback", False),
    ],
)
def test_the_browser_is_used_with_postmans_callbacks_only(redirect_uri: str, browser: bool) -> None:  # noqa: FBT001
    text = BASE.replace("https://oauth.pstmn.io/v1/callback", redirect_uri)
    fields = {each["key"]: each["value"] for each in only_request(text)["auth"]["oauth2"]}
    assert fields["useBrowser"] is browser


def test_a_parameter_that_is_a_segment_becomes_a_path_variable() -> None:
    url = only_request(endpoint("GET /api/v1/users/{userId}/groups"))["url"]
    assert url == {
        "raw": "{{baseUrl}}/api/v1/users/:userId/groups",
        "host": ["{{baseUrl}}"],
        "path": ["api", "v1", "users", ":userId", "groups"],
        "variable": [{"key": "userId", "value": "{{userId}}"}],
    }


def test_a_parameter_that_is_part_of_a_segment_becomes_a_variable() -> None:
    url = only_request(endpoint("GET /api/v1/reports/{reportId}.csv"))["url"]
    assert url["path"] == ["api", "v1", "reports", "{{reportId}}.csv"]
    assert "variable" not in url


def test_a_parameter_named_like_a_connection_variable_gets_a_name_of_its_own() -> None:
    text = endpoint("GET /oauth2/v1/clients/{clientId}")
    assert only_request(text)["url"]["variable"] == [
        {"key": "clientId", "value": "{{pathClientId}}"}
    ]
    values = {each["key"]: each["value"] for each in generated(text)[ENVIRONMENT]["values"]}
    assert values["clientId"] == "0oan47pj9BsB30h7"
    assert values["pathClientId"] == ""


def test_an_endpoints_own_value_stands_in_the_request() -> None:
    text = endpoint("{request: 'GET /api/v1/users/{userId}', variables: {userId: me}}")
    assert only_request(text)["url"]["variable"] == [{"key": "userId", "value": "me"}]


def test_query_values_keep_their_spelling_and_raw_encodes_what_would_end_them() -> None:
    text = endpoint("{request: GET /x, query: {a: 'x&y#z=1', n: 010, v: 1.10, t: True, e: }}")
    url = only_request(text)["url"]
    assert url["query"] == [
        {"key": "a", "value": "x&y#z=1"},
        {"key": "n", "value": "010"},
        {"key": "v", "value": "1.10"},
        {"key": "t", "value": "True"},
        {"key": "e", "value": ""},
    ]
    assert url["raw"] == "{{baseUrl}}/x?a=x%26y%23z=1&n=010&v=1.10&t=True&e="


def test_a_body_is_json_with_its_order_and_letters() -> None:
    text = endpoint("{request: POST /x, body: {z: Ærø, a: [1, 1.5, true, null, '010', 010]}}")
    request = only_request(text)
    assert json.loads(request["body"]["raw"]) == {
        "z": "Ærø",
        "a": [1, 1.5, True, None, "010", "010"],
    }
    assert request["body"]["raw"].index('"z"') < request["body"]["raw"].index('"a"')
    assert request["body"]["options"] == {"raw": {"language": "json"}}
    assert request["header"] == [
        {"key": "Accept", "value": "application/json"},
        {"key": "Content-Type", "value": "application/json"},
    ]


def test_a_number_of_any_size_stays_what_it_is() -> None:
    text = endpoint("{request: POST /x, body: {n: 123456789012345678901234567890}}")
    assert '"n": 123456789012345678901234567890' in only_request(text)["body"]["raw"]


def test_a_form_is_urlencoded() -> None:
    request = only_request(endpoint("{request: POST /x, form: {a: b c, n: 1}}"))
    assert request["body"] == {
        "mode": "urlencoded",
        "urlencoded": [{"key": "a", "value": "b c"}, {"key": "n", "value": "1"}],
    }
    assert request["header"][1]["value"] == "application/x-www-form-urlencoded"


def test_a_header_of_the_description_replaces_ours_in_any_case() -> None:
    request = only_request(endpoint("{request: GET /x, headers: {accept: text/csv, If-Match: z}}"))
    assert request["header"] == [
        {"key": "accept", "value": "text/csv"},
        {"key": "If-Match", "value": "z"},
    ]


def test_myaccount_gets_its_versioned_accept_header() -> None:
    text = endpoint("GET /idp/myaccount/profile")
    assert only_request(text)["header"] == [
        {"key": "Accept", "value": "application/json; okta-version=1.0.0"}
    ]


def test_an_api_that_is_not_oktas_has_no_versions_of_myaccount() -> None:
    text = endpoint("GET /idp/myaccount/profile").replace("okta.users.read", "orders.read")
    text += "authorization_server: default\n"
    assert only_request(text)["header"] == [{"key": "Accept", "value": "application/json"}]


def test_the_variables_of_the_first_environment_stand_in_the_collection() -> None:
    text = BASE + "environments: {b: {org: b.okta.com}, a: {org: a.okta.com}}\n"
    variables = {each["key"]: each["value"] for each in collection(text)["variable"]}
    assert variables["baseUrl"] == "https://b.okta.com"


def test_a_variable_of_one_environment_is_empty_in_the_others() -> None:
    text = BASE + "environments: {a: {variables: {x: '1'}}, b: {}}\n"
    files = generated(text)
    values = [
        {
            each["key"]: each["value"]
            for each in files[f"okta-users.{name}.postman_environment.json"]["values"]
        }
        for name in "ab"
    ]
    assert [each["x"] for each in values] == ["1", ""]


LAYOUT = """
version: 1
name: Okta users
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
  okta.users.read: [GET /api/v1/users, GET /api/v1/users/me]
  okta.users.manage: [POST /api/v1/users]
  okta.groups.read: [GET /api/v1/groups]
"""


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


def test_one_token_for_everything_asks_for_all_scopes() -> None:
    auth = collection(f"{LAYOUT}collection: {{auth: collection}}\n")["auth"]["oauth2"]
    scope = next(each["value"] for each in auth if each["key"] == "scope")
    assert scope == "okta.groups.read okta.users.manage okta.users.read"


def test_without_scripts_there_are_none() -> None:
    assert "event" not in collection(f"{LAYOUT}collection: {{scripts: false}}\n")


def test_a_folder_of_the_users_own_wins() -> None:
    text = endpoint("{request: GET /api/v1/users, folder: Onboarding}")
    assert collection(text)["item"][0]["name"] == "Onboarding"


def test_the_documentation_says_which_scope_and_why() -> None:
    text = LAYOUT.replace("[POST /api/v1/users]", "[POST /api/v1/users, GET /api/v1/users]")
    made = collection(text)
    request = made["item"][0]["item"][0]["request"]
    assert "**Scope:** `okta.users.read`" in request["description"]
    assert "Enough as well: `okta.users.manage`" in request["description"]
    assert "| `okta.users.read` | 2 |" in made["info"]["description"]
    assert "https://oauth.pstmn.io/v1/callback" in made["info"]["description"]
    assert "- `okta.users.read`: 2" in made["item"][0]["description"]


@pytest.mark.parametrize(
    "entry",
    [
        '{request: GET /x, query: {q: "a%26b", "c%3Dd": "%23"}}',
        "{request: 'GET /u/{userId}', variables: {userId: }}",
        "{request: GET /x, description: 'Rotates the secret:'}",
        "{request: POST /x, body: {client_secret: , name: x}}",
        "{request: 'GET /u/{userId}', variables: {userId: me}, query: {x: y}}",
    ],
)
def test_what_looks_odd_and_is_right_is_generated(entry: str) -> None:
    assert only_request(endpoint(entry))["method"] in ("GET", "POST")


def test_an_alias_keeps_what_was_typed() -> None:
    text = BASE + "variables: {a: &x 1.10, b: *x, c: &n , d: *n}\n"
    values = {each["key"]: each["value"] for each in generated(text)[ENVIRONMENT]["values"]}
    assert [values[key] for key in "abcd"] == ["1.10", "1.10", "", ""]


def test_the_documentation_promises_no_grant_for_scopes_that_are_not_granted() -> None:
    text = BASE.replace("okta.users.read", "orders.read") + "authorization_server: default\n"
    made = collection(text)
    assert "Okta API Scopes" not in made["info"]["description"]
    assert "granted" not in only_request(text)["description"]


def test_the_documentation_calls_nothing_narrowest_that_is_not() -> None:
    text = LAYOUT.replace("[POST /api/v1/users]", "[GET /api/v1/users]")
    granted = text.replace("0oan47pj9BsB30h7", "0oan47pj9BsB30h7, grants: [okta.users.manage]")
    granted = granted.partition("  okta.groups.read")[0].replace(", GET /api/v1/users/me", "")
    description = only_request(granted)["description"]
    assert "`okta.users.manage`" in description.partition("Enough as well")[0]
    assert "allows least" not in description
