"""The API catalog agrees with Okta's documents, and finds the operation of a path."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from okta_postman.commands import import_openapi
from okta_postman.commands.catalog import catalog_text
from okta_postman.okta import catalog
from okta_postman.operation import Endpoint
from tests.support.okta_documents import RELEASE, loaded, path_of, scopes_by_endpoint

DOCUMENTS = [f"{name}-{RELEASE}" for name in ("management", "myaccount", "oauth")]
OPERATIONS = catalog.operations()


@pytest.mark.parametrize(("name", "count"), list(zip(DOCUMENTS, (732, 40, 44), strict=True)))
def test_the_scopes_of_each_operation_are_those_of_the_document(name: str, count: int) -> None:
    wanted = scopes_by_endpoint(loaded(name))
    known = {(*each.endpoint,): [set(scopes) for scopes in each.scope_sets] for each in OPERATIONS}

    assert len(wanted) == count
    assert {endpoint: known.get(endpoint) for endpoint in wanted} == wanted


def test_the_catalogue_is_what_the_documents_make() -> None:
    apis = []
    for path in map(path_of, DOCUMENTS):
        api, checked = import_openapi.api(
            path.name, path.read_bytes(), lambda _: b"", examples=False
        )
        assert {problem.code for each in checked for problem in each.problems} <= {"O016"}
        assert api is not None
        apis.append(api)

    committed = Path(catalog.__file__).with_name(catalog.FILE).read_text("utf-8")
    assert catalog_text(apis) == committed, "run `make catalog`"


def test_the_catalogue_holds_nothing_of_the_prose_and_examples_of_the_documents() -> None:
    texts: set[str] = set()
    waiting: list[object] = [each.body for each in OPERATIONS]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            texts.add(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    assert {text for text in texts if " " in text} == set()


def test_five_operations_need_two_scopes_and_some_need_none() -> None:
    both = [each.id for each in OPERATIONS if any(len(scopes) > 1 for scopes in each.scope_sets)]
    assert len(both) == 5
    assert all("PushMapping" in each for each in both)
    assert catalog.by_id("listSupportedSecurityQuestions") in [
        each for each in OPERATIONS if not each.scope_sets
    ]


def test_endpoints_are_unique_and_all_ids_but_two() -> None:
    twice = {name for name, times in Counter(each.id for each in OPERATIONS).items() if times > 1}
    assert twice == {"getAuthenticator", "listAuthenticators"}
    for name in twice:
        found = catalog.by_id(name)
        assert found is not None
        assert found.endpoint.path.startswith("/api/v1/")
    assert len(OPERATIONS) == 816
    assert len({each.endpoint.shape for each in OPERATIONS}) == len(OPERATIONS)


def concrete(path: str) -> str:
    """A path as somebody would send it."""
    return re.sub(r"\{(.*?)\}", lambda found: f"00{found[1]}35d7", path)


def test_every_operation_is_found_by_its_path_with_values_and_with_other_names() -> None:
    for each in OPERATIONS:
        method, path = each.endpoint
        assert catalog.find(method, path) == each
        assert catalog.find(method, concrete(path)) == each
        assert catalog.find(method, re.sub(r"\{.*?\}", "{x}", path) + "/") == each


def test_literal_segments_win_over_parameters() -> None:
    by_path: dict[str, list[str]] = {}
    for each in OPERATIONS:
        by_path.setdefault(each.endpoint.path, []).append(each.endpoint.method)
    colliding = [
        (one, other) for one in by_path for other in by_path if one != other and covers(other, one)
    ]
    assert len(colliding) == 16 + 1  # of the management document, and of the others
    for literal, _ in colliding:
        for method in by_path[literal]:
            found = catalog.find(method, concrete(literal))
            assert found is not None
            assert found.endpoint.path == literal


def covers(template: str, path: str) -> bool:
    """Whether a template fits a path segment by segment, with a parameter for a literal."""
    pairs = list(zip(template.split("/"), path.split("/"), strict=False))
    return template.count("/") == path.count("/") and all(
        one == other or one.startswith("{") for one, other in pairs
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        Endpoint("GET", "/api/v1/user"),
        Endpoint("get", "/api/v1/users"),
        Endpoint("TRACE", "/api/v1/users"),
        Endpoint("GET", "/api/v1"),
        Endpoint("GET", "/api/v1/users/{a}/b/c/d/e"),
        Endpoint("GET", ""),
    ],
    ids=str,
)
def test_what_okta_does_not_publish_is_not_found(endpoint: Endpoint) -> None:
    assert catalog.find(*endpoint) is None


def test_all_is_every_operation_of_exactly_a_scope_set() -> None:
    found = {each.id for each in catalog.needing(("okta.apps.read", "okta.groups.read"))}
    assert found == {"getGroupPushMapping", "listGroupPushMappings"}
    assert found.isdisjoint(each.id for each in catalog.needing(("okta.groups.read",)))


def test_the_catalogue_names_the_releases_it_was_made_from() -> None:
    assert set(catalog.releases().values()) == {RELEASE}
