"""Checks what was spelled before anything is written.

The rules make every finding here impossible: if there is one, it is a defect of this program. The
schemas say what Postman's own leaves open, and the checks say what no schema can.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import Any, Final

import jsonschema_rs

from okta_postman.okta import credentials
from okta_postman.postman.model import File
from okta_postman.postman.variables import REFERENCE

Json = dict[str, Any]


def audit(files: Sequence[File]) -> list[str]:
    """Everything wrong with a collection and its environments, a sentence each."""
    collection, *environments = (file.data for file in files)
    violations = list(_violations("collection_v2.schema.json", collection))
    for environment in environments:
        violations += _violations("environment.schema.json", environment)
    if not violations:  # the checks rely on the shape
        for check in CHECKS:
            violations += check(collection, environments)
    return violations


@functools.cache
def _validator(file: str) -> jsonschema_rs.Draft7Validator:
    text = resources.files("okta_postman.postman").joinpath(file).read_text("utf-8")
    return jsonschema_rs.Draft7Validator(json.loads(text))


def _violations(file: str, data: Json) -> Iterator[str]:
    validator = _validator(file)
    if not validator.is_valid(data):
        for error in validator.iter_errors(data):
            yield f"{'.'.join(map(str, error.instance_path))} breaks {file}"


def requests_of(parent: Json, auth: Json | None = None) -> Iterator[tuple[Json, Json | None]]:
    """Every request item below a collection or folder, with the auth it uses or inherits."""
    auth = parent.get("auth") or auth
    for item in parent["item"]:
        if "request" in item:
            yield item, item["request"].get("auth") or auth
        else:
            yield from requests_of(item, auth)


def folders_of(parent: Json) -> list[Json]:
    """A collection or folder, and then every folder below it."""
    inside = [item for item in parent["item"] if "item" in item]
    return [parent, *(folder for each in inside for folder in folders_of(each))]


def _undeclared_variables(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    scopes = [collection["variable"], *(environment["values"] for environment in environments)]
    everywhere = set.intersection(*({each["key"] for each in scope} for scope in scopes))
    for item, auth in requests_of(collection):
        asking = _texts(_own(item)) + [str(pair["value"]) for pair in (auth or _NONE)["oauth2"]]
        for name in set(REFERENCE.findall("\n".join(asking))):
            if name not in everywhere and not name.startswith("$"):
                yield f"{item['name']} uses the variable {name}, which is not declared everywhere"


_NONE: Final[Json] = {"oauth2": []}


def _own(item: Json) -> list[Any]:
    """The parts of a request in which anything may stand; the schema knows all of its auth."""
    request = item["request"]
    return [request["url"], request["header"], request.get("body")]


def _texts(data: Any) -> list[str]:  # noqa: ANN401 - any part of a file
    """Every text in the data, in no order, the keys of mappings left out."""
    found: list[str] = []
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return found


def _repeated_ids(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    ids = [collection["info"]["_postman_id"], *(each["id"] for each in environments)]
    ids += [item["id"] for item, _ in requests_of(collection)]
    ids += [folder["id"] for folder in folders_of(collection) if "id" in folder]
    yield from (f"the id {each} is used twice" for each, times in Counter(ids).items() if times > 1)


def _repeated_names(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    groups = [[item["name"] for item in folder["item"]] for folder in folders_of(collection)]
    groups += [[variable["key"] for variable in collection["variable"]]]
    groups += [[value["key"] for value in environment["values"]] for environment in environments]
    for names in groups:
        yield from (f"{name} is there twice" for name, times in Counter(names).items() if times > 1)


def _urls_that_disagree(collection: Json, _environments: Sequence[Json]) -> Iterator[str]:
    for item, _ in requests_of(collection):
        url = item["request"]["url"]
        path, _, query = url["raw"].partition("?")
        parts = [
            f"{_encoded(pair['key']).replace('=', '%3D')}={_encoded(pair['value'])}"
            for pair in url.get("query", [])
        ]
        if path.split("/") != [*url["host"], *url["path"]] or query != "&".join(parts):
            yield f"{item['name']} has a raw URL that differs from its parts"
        named = [part[1:] for part in url["path"] if part.startswith(":")]
        given = [variable["key"] for variable in url.get("variable", []) if variable["value"]]
        if named != given:
            yield f"{item['name']} has a path variable without a value, or a value without one"


def _encoded(text: str) -> str:
    return text.replace("&", "%26").replace("#", "%23")


def _requests_without_scopes(collection: Json, _environments: Sequence[Json]) -> Iterator[str]:
    for item, auth in requests_of(collection):
        if auth is None:
            yield f"{item['name']} has no OAuth 2.0 block and inherits none"
        else:
            scope = next(each["value"] for each in auth["oauth2"] if each["key"] == "scope")
            if scope.split(" ") != sorted(set(scope.split(" "))):
                yield f"{item['name']} asks for scopes that are not sorted or stand there twice"


def _own_authorization(collection: Json, _environments: Sequence[Json]) -> Iterator[str]:
    for item, _ in requests_of(collection):
        if any(header["key"].lower() == "authorization" for header in item["request"]["header"]):
            yield f"{item['name']} has an Authorization header of its own"


def _secrets(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    for variable in collection["variable"]:
        if variable["key"] in ("accessToken", "clientSecret") and variable["value"]:
            yield f"the variable {variable['key']} has a value"
    anything = [collection["info"], [each["description"] for each in folders_of(collection)[1:]]]
    for item, _ in requests_of(collection):
        anything += [item["name"], item["request"]["description"], *_own(item)]
    for credential in credentials.find_credentials("\n".join(_texts([anything, *environments]))):
        yield f"the files hold {credential.kind}"


CHECKS: Final[tuple[Callable[[Json, Sequence[Json]], Iterator[str]], ...]] = (
    _undeclared_variables,
    _repeated_ids,
    _repeated_names,
    _urls_that_disagree,
    _requests_without_scopes,
    _own_authorization,
    _secrets,
)
