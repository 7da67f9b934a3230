"""Checks a collection of format v2.1.0 and its environments before they are written.

The rules for manifests exclude everything that is reported here, so a violation is a defect of this
program. The schemas are stricter than Postman's own, and the checks are for what no schema can say.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import Any, Final

import jsonschema_rs

from okta_postman.okta.credentials import find_credentials
from okta_postman.okta.scopes import scopes_label
from okta_postman.postman.existing.collection import is_folder
from okta_postman.postman.model import File
from okta_postman.postman.quoting import quoted_key, quoted_value
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
    """Every request below a collection or folder, with the auth that it has or inherits."""
    auth = parent.get("auth") or auth
    for item in parent["item"]:
        if is_folder(item):
            yield from requests_of(item, auth)
        else:
            yield item, item["request"].get("auth") or auth


def folders_of(parent: Json) -> list[Json]:
    """A collection or folder, and then every folder below it."""
    folders = [parent]
    for item in parent["item"]:
        if is_folder(item):
            folders += folders_of(item)
    return folders


def _undeclared_variables(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    everywhere = {variable["key"] for variable in collection["variable"]}
    for environment in environments:
        everywhere &= {variable["key"] for variable in environment["values"]}
    for item, auth in requests_of(collection):
        texts = _texts(_free_parts(item))
        texts += [str(pair["value"]) for pair in (auth or _NO_AUTH).get("oauth2", [])]
        # Between two strings of a body, `{{` and `}}` are no variable: no name has quotes in it.
        names = {name for text in texts for name in REFERENCE.findall(text) if '"' not in name}
        for name in sorted(names):
            if name not in everywhere and not name.startswith("$"):
                yield f"{item['name']} uses the variable {name}, which is not declared everywhere"


_NO_AUTH: Final[Json] = {"oauth2": []}


def _free_parts(item: Json) -> list[Any]:
    """The parts of a request that may contain anything; the schema fixes all of its auth."""
    request = item["request"]
    return [request["url"], request["header"], request.get("body")]


def _texts(data: Any) -> list[str]:  # noqa: ANN401 - any part of a file
    """Every string in the data, in no order and without keys."""
    texts: list[str] = []
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
            if "key" in part:
                texts.append(f'"{part["key"]}": "{part.get("value")}"')
        elif isinstance(part, list):
            waiting.extend(part)
    return texts


def _repeated_ids(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    ids = [collection["info"]["_postman_id"]]
    ids += [environment["id"] for environment in environments]
    ids += [item["id"] for item, _ in requests_of(collection)]
    ids += [folder["id"] for folder in folders_of(collection) if "id" in folder]
    yield from (f"the ID {id_} is used twice" for id_, count in Counter(ids).items() if count > 1)


def _repeated_names(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    groups = [[item["name"] for item in folder["item"]] for folder in folders_of(collection)]
    groups += [[variable["key"] for variable in collection["variable"]]]
    groups += [[value["key"] for value in environment["values"]] for environment in environments]
    for names in groups:
        counts = Counter(names).items()
        yield from (f"the name {name} is used twice" for name, count in counts if count > 1)


def _urls_that_disagree(collection: Json, _environments: Sequence[Json]) -> Iterator[str]:
    for item, _ in requests_of(collection):
        url = item["request"]["url"]
        query = [
            f"{quoted_key(pair['key'])}={quoted_value(pair['value'])}"
            for pair in url.get("query", [])
        ]
        path = "/".join((*url["host"], *url["path"]))
        if url["raw"] != (f"{path}?{'&'.join(query)}" if query else path):
            yield f"{item['name']} has a raw URL that differs from its parts"
        in_path = [part[1:] for part in url["path"] if part.startswith(":")]
        with_value = [variable["key"] for variable in url.get("variable", []) if variable["value"]]
        if in_path != with_value:
            yield f"{item['name']} has a path variable without a value, or a value without one"


def _requests_without_scopes(collection: Json, _environments: Sequence[Json]) -> Iterator[str]:
    for item, auth in requests_of(collection):
        if auth is None:
            yield f"{item['name']} has no OAuth 2.0 settings and inherits none"
        elif auth["type"] == "oauth2":
            fields = {pair["key"]: pair["value"] for pair in auth["oauth2"]}
            scopes = fields["scope"].split(" ")
            if scopes != sorted(set(scopes)):
                yield f"{item['name']} has scopes that are repeated or not sorted"
            if not fields["tokenName"].endswith(f": {scopes_label(scopes)}"):
                yield f"{item['name']} has a token that is named after other scopes"


def _own_authorization(collection: Json, _environments: Sequence[Json]) -> Iterator[str]:
    for item, _ in requests_of(collection):
        if any(header["key"].lower() == "authorization" for header in item["request"]["header"]):
            yield f"{item['name']} has an Authorization header of its own"


def _secrets(collection: Json, environments: Sequence[Json]) -> Iterator[str]:
    for variable in collection["variable"]:
        if variable["key"] in ("accessToken", "clientSecret") and variable["value"]:
            yield f"the variable {variable['key']} has a value"
    parts: list[Any] = [collection["info"], *environments]
    parts += [folder["description"] for folder in folders_of(collection)[1:]]
    for item, _ in requests_of(collection):
        # The raw URL says what its parts say, and may put a port and an address together.
        url = {key: part for key, part in item["request"]["url"].items() if key != "raw"}
        parts += [item["name"], item["request"]["description"], url, *_free_parts(item)[1:]]
    kinds = {credential.kind for text in _texts(parts) for credential in find_credentials(text)}
    yield from (f"the files contain {kind}" for kind in sorted(kinds))


CHECKS: Final[tuple[Callable[[Json, Sequence[Json]], Iterator[str]], ...]] = (
    _undeclared_variables,
    _repeated_ids,
    _repeated_names,
    _urls_that_disagree,
    _requests_without_scopes,
    _own_authorization,
    _secrets,
)
