"""What an OpenAPI document says is what its operations are."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from okta_postman.documents.document import load
from okta_postman.documents.yaml_text import block
from okta_postman.openapi.entries import entry
from okta_postman.openapi.samples import LARGEST
from okta_postman.operation import FormBody, JsonBody
from okta_postman.problems import Source
from tests.manifest.test_properties import json_values, literals
from tests.support.apis import HEAD, api, operation, operations

GET = "paths:\n  /orders:\n    get:\n      security: [{login: [orders.read]}]\n"


def posting(media: str, schemas: str = "") -> Any:  # noqa: ANN401 - any JSON
    """The body of an operation whose media type says what is given."""
    text = HEAD.replace("components:\n", f"components:\n{schemas}")
    found = operation(
        f"{text}paths:\n  /orders:\n    post:\n      requestBody:\n        content:\n"
        f"          application/json: {media}\n"
    )
    assert found.body is None or isinstance(found.body, JsonBody)
    return found.body.data if found.body else None


def test_an_operation_has_its_endpoint_below_the_server_and_its_scopes() -> None:
    found = operation(HEAD + GET)
    assert str(found.endpoint) == "GET /v2/orders"
    assert found.scope_sets == (("orders.read",),)


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.1"])
def test_openapi_3_0_and_3_1_are_read(version: str) -> None:
    assert operation((HEAD + GET).replace("3.1.0", version)).id == ""


def test_json_is_read_as_yaml_is() -> None:
    as_json = json.dumps(yaml.safe_load(HEAD + GET), indent="\t")
    assert operation(as_json) == operation(HEAD + GET)
    assert operation(as_json.replace('"7"', r'"\ud83d\ude00"')) == operation(HEAD + GET)


@pytest.mark.parametrize(
    ("security", "scope_sets"),
    [
        ("[{key: []}, {login: [orders.read]}]", (("orders.read",),)),
        ("[{login: [b.x, a.x]}]", (("a.x", "b.x"),)),
        ("[{login: [a.x]}, {login: [b.x]}]", (("a.x",), ("b.x",))),
        ("[{}, {login: [a.x]}]", (("a.x",),)),
        ("[{login: []}]", ()),
        ("[]", ()),
        ("[{key: []}]", ()),
    ],
)
def test_security_is_any_of_its_requirements_and_all_of_each(
    security: str, scope_sets: tuple[tuple[str, ...], ...]
) -> None:
    text = f"{HEAD}paths:\n  /orders:\n    get:\n      security: {security}\n"
    assert operation(text).scope_sets == scope_sets


def test_an_operation_without_security_has_that_of_the_document() -> None:
    text = (
        HEAD + "security: [{login: [orders.read]}]\npaths:\n  /a: {get: {}, put: {security: []}}\n"
    )
    get, put = operations(text)
    assert get.scope_sets == (("orders.read",),)
    assert put.scope_sets == ()


def test_required_query_parameters_come_with_a_value_to_begin_with() -> None:
    text = (
        HEAD
        + "paths:\n  /orders:\n    parameters:\n"
        + "      - {name: state, in: query, required: true, schema: {enum: [open, shut]}}\n"
        + "      - {name: page, in: query, required: true, schema: {type: integer}}\n"
        + "      - {name: q, in: query, required: true, schema: {type: string}}\n"
        + "      - {name: trace, in: header, required: true, schema: {type: string}}\n"
        + "    get:\n      parameters:\n"
        + "        - {name: page, in: query, schema: {type: integer}}\n"
        + "        - {name: sort, in: query, required: true, example: up}\n"
    )
    assert operation(text).query == (("state", "open"), ("q", ""), ("sort", "up"))


def test_the_example_of_a_body_comes_before_its_schema() -> None:
    assert posting("{example: {a: 1}, schema: {type: object}}") == {"a": 1}
    assert posting("{examples: {first: {value: [2]}, second: {value: [3]}}}") == [2]
    assert posting("{example: '{\"a\": [4]}'}") == {"a": [4]}
    schemas = "  examples: {one: {value: {b: 5}}}\n"
    assert posting("{examples: {one: {$ref: '#/components/examples/one'}}}", schemas) == {"b": 5}


def test_a_body_is_made_of_what_its_schema_requires() -> None:
    schema = (
        "{type: object, required: [name, kind, when], properties: {name: {type: string}, "
        "kind: {enum: [big, small]}, when: {type: string, format: date-time}, "
        "note: {type: string}, id: {type: string, readOnly: true}}}"
    )
    assert posting(f"{{schema: {schema}}}") == {
        "name": "string",
        "kind": "big",
        "when": "2026-01-01T00:00:00Z",
    }


@pytest.mark.parametrize(
    ("schema", "sample"),
    [
        ("{properties: {a: {type: integer, minimum: 3}, b: {const: x}}}", {"a": 3, "b": "x"}),
        ("{type: [string, 'null']}", "string"),
        ("{type: array, items: {type: boolean}}", [False]),
        ("{anyOf: [{type: 'null'}, {type: number}]}", 0),
        ("{oneOf: [{properties: {a: {type: string}}}, {type: string}]}", {"a": "string"}),
        (
            "{allOf: [{properties: {a: {const: 1}}}, {properties: {b: {const: 2}}}]}",
            {"a": 1, "b": 2},
        ),
        ("{allOf: [{type: string, enum: [up]}]}", "up"),
        ("{properties: {old: {const: 1, deprecated: true}, new: {const: 2}}}", {"new": 2}),
        ("{type: object, additionalProperties: true}", {}),
        ("{}", None),
    ],
)
def test_a_sample_is_what_its_schema_allows(schema: str, sample: Any) -> None:  # noqa: ANN401
    assert posting(f"{{schema: {schema}}}") == sample


def test_a_schema_that_holds_itself_is_cut() -> None:
    schemas = (
        "  schemas:\n    part: {required: [name, parts], properties: {name: {type: string}, "
        "parts: {type: array, items: {$ref: '#/components/schemas/part'}}}}\n"
    )
    sample = posting("{schema: {$ref: '#/components/schemas/part'}}", schemas)
    assert sample == {"name": "string", "parts": []}


def schemas(named: dict[str, Any]) -> str:
    """The lines of `components:` that name schemas."""
    return f"  schemas: {json.dumps(named)}\n"


def ref(name: object) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def nodes(value: Any) -> int:  # noqa: ANN401 - any JSON
    """How many values there are in a value, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(nodes, inner))


def test_parts_that_are_the_same_are_looked_at_once_however_deep_they_are() -> None:
    chain = {f"a{n}": {"allOf": [ref(f"a{n + 1}")] * 2} for n in range(2_000)}
    last = {"a2000": {"properties": {"x": {"const": 1}}, "required": ["x"]}}
    assert posting(f"{{schema: {json.dumps(ref('a0'))}}}", schemas(chain | last)) == {"x": 1}


def test_a_choice_of_a_choice_of_a_choice_ends() -> None:
    chain = {f"a{n}": {"oneOf": [ref(f"a{n + 1}")]} for n in range(5_000)} | {"a5000": {"const": 1}}
    assert posting(f"{{schema: {json.dumps(ref('a0'))}}}", schemas(chain)) is None
    assert posting(f"{{schema: {json.dumps(ref('a4900'))}}}", schemas(chain)) == 1


@pytest.mark.parametrize(
    "named",
    [
        {
            str(level): {
                "properties": {f"p{n}": ref(level + 1) for n in range(60)},
                "required": [f"p{n}" for n in range(60)],
            }
            for level in range(6)
        }
        | {"6": {"type": "string"}},
        {
            str(entity): {
                "properties": {f"p{n}": ref((entity + n + 1) % 30) for n in range(12)}
                | {"last": {"type": "string"}}
            }
            for entity in range(30)
        },
    ],
    ids=["all required", "nothing required"],
)
def test_a_sample_is_no_longer_than_a_person_reads(named: dict[str, Any]) -> None:
    sample = posting(f"{{schema: {json.dumps(ref(0))}}}", schemas(named))
    assert list(sample) == list(named["0"]["properties"]), "the first level is complete"
    assert 100 < nodes(sample) < LARGEST + 6 * 60


def test_a_sample_has_no_credential_and_no_variable() -> None:
    sample = posting(
        '{example: {client_secret: fAkEsEcReT, greeting: "Hello {{name}}", "{{k}}": 1}}'
    )
    assert sample == {"client_secret": "", "greeting": "Hello { {name} }", "{ {k} }": 1}


def test_a_form_is_fields_and_other_media_are_only_named() -> None:
    text = (
        HEAD
        + "paths:\n  /a:\n    post: {requestBody: {content: {application/x-www-form-urlencoded: "
        + "{example: {token: t, deep: [1]}}}}}\n"
        + "    put: {requestBody: {content: {multipart/form-data: {schema: {type: object}}}}}\n"
        + "    patch: {requestBody: {content: {application/merge-patch+json: {example: {a: 1}}}}}\n"
    )
    post, put, patch = operations(text)
    assert post.body == FormBody((("token", "t"), ("deep", "[1]")))
    assert (put.body, put.media) == (None, "multipart/form-data")
    assert (patch.body, patch.media) == (JsonBody({"a": 1}), "application/merge-patch+json")


def test_text_json_and_any_media_are_json() -> None:
    posting_any = "post: {requestBody: {content: {'*/*': {example: [1]}"
    text = (
        HEAD
        + "paths:\n  /a:\n    put: {requestBody: {content: {text/json: {example: {a: 1}}}}}\n"
        + f"    {posting_any}}}}}}}\n"
        + f"  /b:\n    {posting_any}, application/json: {{example: [2]}}}}}}}}\n"
    )
    put, post, both = operations(text)
    assert (put.body, put.media) == (JsonBody({"a": 1}), "text/json")
    assert (post.body, post.media) == (JsonBody([1]), "application/json")
    assert both.body == JsonBody([2])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("requestBody: {content: {application/json: {example: {}}}}", {"body": {}}),
        (
            "requestBody: {content: {application/json: {}}}",
            {"description": "The body is application/json; the document says no more."},
        ),
        (
            "requestBody: {content: {image/png: {}}}",
            {"description": "The body is image/png: choose the file under Body."},
        ),
        ("deprecated: true", {"description": "Deprecated."}),
    ],
)
def test_an_entry_notes_a_missing_body_and_a_deprecated_operation(
    said: str, kept: dict[str, Any]
) -> None:
    security = "security: [{login: [orders.read]}]"
    found = operation(f"{HEAD}paths:\n  /a:\n    post: {{{security}, {said}}}\n")
    assert entry(found, set()) == {"request": "POST /v2/a", **kept}


def test_an_operation_that_two_paths_share_is_one_and_no_mistake() -> None:
    text = HEAD + "paths:\n  /a: {$ref: 'shared.yaml'}\n  /b: {$ref: 'shared.yaml'}\n"
    both = operations(text, {"shared.yaml": "get:\n  operationId: listOrders\n"})
    assert [each.endpoint.path for each in both] == ["/v2/a", "/v2/b"]


def test_references_lead_through_the_document_and_to_files_beside_it() -> None:
    text = HEAD + "paths:\n  /orders: {$ref: 'paths/orders.yaml#/~1orders'}\n"
    beside = {
        "paths/orders.yaml": "/orders: {$ref: '../common/orders.json#/item'}\n",
        "common/orders.json": '{"item": {"get": {"security": [{"login": ["orders.read"]}]}}}',
    }
    assert operation(text, beside).scope_sets == (("orders.read",),)


def test_the_names_of_an_api_that_is_not_oktas_are_written_whatever_the_catalogue_calls_them() -> (
    None
):
    get = "paths:\n  /api/v1/users:\n    get:\n      operationId: listUsers\n      tags: [Users]\n"
    text = f"{HEAD.replace('/v2', '')}{get}      security: [{{login: [SCOPE]}}]\n"
    endpoint, name = "GET /api/v1/users", {"name": "List users", "folder": "Users"}
    assert entry(operation(text.replace("SCOPE", "okta.users.read")), set()) == endpoint
    assert entry(operation(text.replace("SCOPE", "users.read")), set()) == {
        "request": endpoint,
        **name,
    }


def test_a_folder_is_the_display_name_of_a_tag_or_the_title_of_an_identifier() -> None:
    text = (
        HEAD
        + "tags: [{name: Rfnd, x-displayName: Refunds}]\n"
        + "paths:\n  /a: {get: {tags: [Rfnd]}, put: {tags: [orderLines]}, "
        + "post: {tags: [At once]}}\n"
    )
    assert [each.tag for each in operations(text)] == ["Refunds", "Order lines", "At once"]


def test_servers_of_paths_and_operations_and_their_variables_count() -> None:
    text = HEAD.replace(
        "https://api.example.com/v2}",
        "'https://api.example.com/{v}', variables: {v: {default: v3}}}",
    ) + (
        "paths:\n  /a:\n    get: {}\n    put: {servers: [{url: /w}]}\n"
        "  /b: {servers: [{url: https://other.example.com/x/}], get: {}}\n"
    )
    found, (checked,) = api(text)
    assert [(each.endpoint.path, each.host) for each in found.operations] == [
        ("/v3/a", ""),
        ("/w/a", ""),
        ("/x/b", "https://other.example.com"),
    ]
    assert [each.code for each in checked.problems] == ["O016"]


@pytest.mark.parametrize(
    ("root", "own", "host"),
    [
        ("[{url: https://a.example}]", "[{url: https://b.example}]", "https://b.example"),
        ("[{url: https://a.example}]", "[{url: https://A.example/v2}]", ""),
        ("[{url: https://a.example}]", "[{url: /v2}]", ""),
        ("[{url: https://a.example}]", "[{url: https://b.example}, {url: https://a.example}]", ""),
        ("[{url: https://a.example}]", "[{url: 'https://{t}.b.example'}]", "https://{t}.b.example"),
        (
            "[{url: 'https://{org}', variables: {org: {default: x.okta.com}}}]",
            "[{url: https://dr.x.okta.com}]",
            "https://dr.x.okta.com",
        ),
        ("[]", "[{url: https://b.example}]", ""),
        ("[{url: /v1}]", "[{url: https://b.example}]", ""),
    ],
)
def test_an_operation_on_another_host_says_so(root: str, own: str, host: str) -> None:
    text = HEAD.replace("[{url: https://api.example.com/v2}]", root)
    found, _ = api(f"{text}paths:\n  /a: {{get: {{servers: {own}}}, put: {{servers: {own}}}}}\n")
    assert [each.host for each in found.operations] == [host, host]


def test_without_servers_of_its_own_a_document_has_the_host_of_most_operations() -> None:
    text = HEAD.replace("servers: [{url: https://api.example.com/v2}]\n", "") + (
        "paths:\n  /a: {servers: [{url: https://b.example}], get: {}, put: {}}\n"
        "  /c: {get: {servers: [{url: https://c.example}]}}\n"
        "  /d: {servers: [{url: https://b.example}], get: {}}\n"
    )
    found, _ = api(text)
    assert found.host == "https://b.example"
    assert [each.host for each in found.operations] == ["", "", "https://c.example", ""]


def test_a_wrong_path_is_reported_and_the_others_are_read() -> None:
    text = HEAD + GET + "  orders: {get: {}}\n  /b?c=d: {get: {}}\n  /e: {get: {}}\n"
    found, (checked,) = api(text)
    assert [str(each.endpoint) for each in found.operations] == ["GET /v2/orders", "GET /v2/e"]
    assert [(each.code, each.severity) for each in checked.problems] == [("O009", "warning")] * 2


# What a document may hold, and what YAML readers disagree about.
odd = st.sampled_from(
    ["1e3", "no", "Yes", "~", "", "0x1F", "- a", "a: b", "a #b", "'", '"', "\x85"]
)
data = st.dictionaries(literals | odd, json_values | odd, min_size=1)


@given(data)
def test_yaml_that_is_written_is_read_back_as_the_same_data(value: dict[str, Any]) -> None:
    text = "".join(block(value))
    assert load(Source("x.yaml", text)).data == value


def test_places_are_found_in_json_that_is_no_yaml() -> None:
    text = json.dumps(
        yaml.safe_load(HEAD) | {"x-\x7f": "\U0001f600", "paths": {"a": {"get": {}}}}, indent=1
    )
    _, (checked,) = api(text.replace("\\u007f", "\x7f"))
    (only,) = checked.problems
    assert text.splitlines()[only.position.line - 1].strip().startswith('"a"')


def test_postman_sends_no_body_with_get_so_none_is_read() -> None:
    body = "{content: {application/json: {example: {a: 1}}}}"
    text = f"{HEAD}paths:\n  /a: {{get: {{requestBody: {body}}}, post: {{requestBody: {body}}}}}\n"
    get, post = operations(text)
    assert (get.body, get.media) == (None, "")
    assert post.body == JsonBody({"a": 1})
