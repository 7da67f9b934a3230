"""Generates a collection with an API token in every request, like those of many teams."""

from __future__ import annotations

import json

ORG = """\
version: 1
name: Bench
org: https://acme.okta.com
app: {client_id: 0oan47pj9BsB30h7}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes: {okta.users.read: [GET /api/v1/users]}
"""


def old_collection(size: int) -> str:
    """Return a collection in format v2.1.0 with `size` requests to a documented endpoint."""
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    headers = [
        {"key": "Accept", "value": "application/json"},
        {"key": "Authorization", "value": "SSWS {{apikey}}"},
    ]
    items = [
        {
            "name": f"User {number}",
            "request": {
                "method": "GET",
                "header": headers,
                "url": {
                    "raw": f"{{{{url}}}}/api/v1/users/{{{{user{number}}}}}",
                    "host": ["{{url}}"],
                    "path": ["api", "v1", "users", f"{{{{user{number}}}}}"],
                },
            },
            "response": [],
        }
        for number in range(size)
    ]
    data = {"info": {"name": "Old", "schema": schema}, "item": items}
    return json.dumps(data, indent="\t")
