"""Every bad document in `tests/bad_openapi`: what importing it says, where, and what is left.

A file `<CODE>-<slug>.yaml` or `.json` dropped into the folder is a test once `python -m
tests.regenerate` has written what is said about it; `NONE-…` are those without any problem.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from okta_postman.commands import import_openapi
from okta_postman.openapi.connection import Connection, describe
from okta_postman.openapi.select import Choice, chosen
from okta_postman.problems import UserError
from tests.regenerate import BAD_OPENAPI, imported
from tests.support.apis import HEAD
from tests.support.manifests import check
from tests.support.program import okta_postman

FILES = sorted(path for path in BAD_OPENAPI.iterdir() if path.suffix in (".yaml", ".json"))
OPENAPI = Path(import_openapi.__file__).parents[1] / "openapi"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_importing_prints_the_text_beside_the_file(path: Path) -> None:
    wanted = path.with_suffix(".txt")
    assert wanted.exists(), "run `python -m tests.regenerate`, and read what it wrote"
    said = imported(path)
    assert said == wanted.read_bytes().decode()
    codes = set(re.findall(r"(?:error|warning)\[(\w+)\]", said))
    assert codes == {path.stem.partition("-")[0]} - {"NONE"}


def test_every_code_has_a_file_but_those_of_large_documents_and_new_manifests() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in OPENAPI.rglob("*.py"))
    codes = {path.stem.partition("-")[0] for path in FILES}
    assert set(re.findall(r'"(O0\d\d)"', sources)) - codes == {"O012", "O014", "O015"}
    assert {path.stem for path in BAD_OPENAPI.glob("*.txt")} == {path.stem for path in FILES}


def test_a_hundred_thousand_operations_are_one_problem_with_a_position(tmp_path: Path) -> None:
    document = yaml.safe_load(HEAD)
    document["security"] = [{"login": ["orders.read"]}]
    document["paths"] = {f"/orders/{number}": {"get": {}} for number in range(100_000)}
    text = json.dumps(document, indent=1)

    (tmp_path / "orders.json").write_text(text, encoding="utf-8")
    line = text[: text.index('"paths"')].count("\n") + 1

    done = okta_postman("import", "openapi", "orders.json", cwd=tmp_path)

    assert done.code == 2
    assert done.stdout == ""
    assert f"orders.json:{line}:2: warning[O012]: 100,000 operations are more than" in done.stderr
    assert "100,000 operations are more than the 10,000 of a manifest" in done.stderr


DOCUMENT: dict[str, Any] = yaml.safe_load(HEAD) | {
    "security": [{"login": ["orders.read"]}],
    "paths": {
        "/orders/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True}],
            "post": {
                "operationId": "changeOrder",
                "tags": ["Orders"],
                "parameters": [{"name": "q", "in": "query", "required": True, "schema": {}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/x"}}}},
            },
        }
    },
    "x": {"type": "object", "required": ["a"], "properties": {"a": {"enum": ["b"]}}},
}


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """The path of every part of some data."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    inner = [
        found
        for key, each in pairs
        for found in (
            [(*path, key)] if not isinstance(each, dict | list) else places(each, (*path, key))
        )
    ]
    return [path, *inner] if path else inner


odd_urls = st.sampled_from(
    [
        "https://[::1/v1",
        "http://[x",
        "//[",
        "https://[v1.x]",
        "http://\u2100",
        "a%00b.yaml",
        "a\0",
        ".",
    ]
)
odd = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**20), st.floats(allow_nan=False),
    st.text(max_size=8), st.just([]), st.just({}), st.just([[{}]]), st.just({"$ref": "#"}),
    st.just({"$ref": "#/x"}),
    st.just({"": {"": []}}), st.just(["null", "string"]),
    odd_urls, odd_urls.map(lambda url: {"url": url}), odd_urls.map(lambda url: {"$ref": url}),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(places(DOCUMENT)), odd), min_size=1, max_size=4))
def test_whatever_a_document_holds_nothing_crashes_and_what_comes_out_can_be_used(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    document = copy.deepcopy(DOCUMENT)
    for (*around, last), value in changes:
        inside: Any = document
        try:
            for step in around:
                inside = inside[step]
            inside[last] = copy.deepcopy(value)
        except (TypeError, LookupError):
            continue  # an earlier change took the place away
    api, _ = import_openapi.api("x.json", json.dumps(document).encode(), lambda _: b"")
    if api is None:
        return
    try:
        operations = chosen(api, Choice())
    except UserError:
        return
    connection = Connection(
        "https://api.example.com", "orders-app", "https://oauth.pstmn.io/v1/callback"
    )
    manifest, checked = check("x.yaml", describe(api, operations, connection).encode())
    codes = {each.code for each in checked.problems if each.severity == "error"}
    # Custom scopes are refused without a server that issues them.
    assert codes <= {"R007", "R008", "R036", "R040"}
    assert manifest is None or len(manifest.requests) == len(operations)
