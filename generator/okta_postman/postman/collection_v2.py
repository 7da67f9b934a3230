"""A workspace as Postman exports it: a collection of format v2.1.0, and a file an environment.

Source: schema.getpostman.com/json/collection/v2.1.0; what runners make of it was measured with
Postman CLI 1.34, newman 6.2 and the postman-collection SDK.
"""

from __future__ import annotations

import json
from typing import Any, Final

from okta_postman.postman.environment import environment_to_json
from okta_postman.postman.model import (
    Collection,
    File,
    Folder,
    NoAuth,
    OAuth2,
    Pair,
    RawBody,
    Request,
    Script,
    Url,
    UrlencodedBody,
    Variable,
    Workspace,
)

Json = dict[str, Any]

SCHEMA: Final = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
BASE: Final = "{{baseUrl}}"
_COLLECTION: Final = ".postman_collection.json"
_ENVIRONMENT: Final = ".postman_environment.json"


def files(workspace: Workspace) -> tuple[File, ...]:
    """The collection, then its environments."""
    collection, slug = workspace.collection, workspace.slug
    environments = [
        File(
            f"{slug}.{environment.slug}{_ENVIRONMENT}",
            environment.id,
            environment_to_json(environment),
        )
        for environment in workspace.environments
    ]
    return (
        File(f"{slug}{_COLLECTION}", collection.id, collection_to_json(collection)),
        *environments,
    )


def leftovers(slug: str) -> str:
    """The glob of the environments of a workspace, which a manifest may have no longer."""
    return f"{slug}.*{_ENVIRONMENT}"


def keys(slug: str, path: str, _content: bytes) -> tuple[str, str]:
    """The keys that the ID of an environment is made of, as its file name shows them."""
    return "environment", path.removeprefix(f"{slug}.").removesuffix(_ENVIRONMENT)


def read_id(content: bytes) -> str | None:
    """The ID in a collection or environment; None if the file is neither.

    A merge conflict is neither: generating again is how one resolves it.
    """
    try:
        data = json.loads(content)
        identity = data.get("id") or data["info"]["_postman_id"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return identity if isinstance(identity, str) else None


def collection_to_json(collection: Collection) -> Json:
    """A collection as JSON data, with the keys in Postman's order."""
    return {
        "info": {
            "_postman_id": collection.id,
            "name": collection.name,
            "description": collection.description,
            "schema": SCHEMA,
        },
        "item": [_item(item) for item in collection.items],
        **_shared_auth(collection),
        **_events(collection.scripts),
        "variable": [_variable(variable) for variable in collection.variables],
    }


def _item(item: Folder | Request) -> Json:
    return _folder(item) if isinstance(item, Folder) else _request(item)


def _folder(folder: Folder) -> Json:
    return {
        "id": folder.id,
        "name": folder.name,
        "description": folder.description,
        "item": [_item(item) for item in folder.items],
        **_shared_auth(folder),
    }


def _request(request: Request) -> Json:
    data: Json = {"method": request.method}
    if request.auth:
        data["auth"] = auth_to_json(request.auth)
    data["header"] = [_pair(header) for header in request.headers]
    if request.body:
        data["body"] = _body(request.body)
    data["url"] = _url(request.url)
    # Not in the item, whose description is lost when Postman's tools migrate a collection.
    data["description"] = request.description
    return {"id": request.id, "name": request.name, "request": data, "response": []}


def _shared_auth(parent: Collection | Folder) -> Json:
    """Auth for the requests below; without the key, a folder inherits auth itself."""
    return {"auth": auth_to_json(parent.auth)} if parent.auth else {}


def _events(scripts: tuple[Script, ...]) -> Json:
    return {"event": [_event(script) for script in scripts]} if scripts else {}


def auth_to_json(auth: OAuth2 | NoAuth) -> Json:
    """OAuth 2.0 settings: the fields of Okta's guide, in the order in which Postman shows them."""
    if isinstance(auth, NoAuth):
        return {"type": "noauth"}
    fields: dict[str, str | bool] = {
        "tokenName": auth.token_name,
        "grant_type": "authorization_code_with_pkce",
        "authUrl": "{{authUrl}}",
        "accessTokenUrl": "{{accessTokenUrl}}",
        "redirect_uri": "{{redirectUri}}",
        "useBrowser": auth.use_browser,
        "clientId": "{{clientId}}",
    }
    if auth.confidential:
        fields["clientSecret"] = "{{clientSecret}}"
    fields |= {
        "scope": auth.scope,
        "state": "{{state}}",
        "challengeAlgorithm": "S256",
        "code_verifier": "",
        "client_authentication": "body",
        "addTokenTo": "header",
        "headerPrefix": "Bearer",
        "accessToken": "{{accessToken}}",
    }
    listed: list[Json] = [
        {"key": key, "value": value, "type": _TYPES[type(value)]} for key, value in fields.items()
    ]
    if auth.parameters:
        parameters = [_parameter(pair) for pair in auth.parameters]
        listed.append({"key": "authRequestParams", "value": parameters, "type": "any"})
    return {"type": "oauth2", "oauth2": listed}


def _parameter(pair: Pair) -> Json:
    """A parameter of the authorization request; of collections that Postman itself exported."""
    return {"key": pair.key, "value": pair.value, "enabled": True, "send_as": "request_url"}


_TYPES: Final[dict[type, str]] = {str: "string", bool: "boolean"}


def _url(url: Url) -> Json:
    """A URL as `raw` and in parts: runners read the parts, `collection migrate` reads `raw`."""
    data: Json = {"raw": raw_url(url), "host": [BASE], "path": list(url.segments)}
    if url.query:
        data["query"] = [_pair(parameter) for parameter in url.query]
    if url.variables:
        data["variable"] = [_pair(variable) for variable in url.variables]
    return data


def raw_url(url: Url) -> str:
    """The whole URL as a string."""
    path = "/".join((BASE, *url.segments))
    query = "&".join(f"{pair.key}={pair.value}" for pair in url.query)
    return f"{path}?{query}" if query else path


def _body(body: RawBody | UrlencodedBody) -> Json:
    match body:
        case RawBody(text):
            return {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}
        case UrlencodedBody(fields):
            return {"mode": "urlencoded", "urlencoded": [_pair(field) for field in fields]}


def _event(script: Script) -> Json:
    return {
        "listen": script.event,
        "script": {"type": "text/javascript", "exec": script.text.split("\n")},
    }


def _pair(pair: Pair) -> Json:
    return {"key": pair.key, "value": pair.value}


def _variable(variable: Variable) -> Json:
    return {"key": variable.key, "value": variable.value, "type": "string"}
