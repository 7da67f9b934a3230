"""Generates manifests of any size, in which every other request has a body."""

from __future__ import annotations

HEAD = """\
version: 1
name: Bench
id: bench-{size}
org: https://acme.okta.com
authorization_server: default
app: {{client_id: 0oan47pj9BsB30h7}}
redirect_uri: https://oauth.pstmn.io/v1/callback
scopes:
"""
READ = "    - GET /api/v1/{resource}/{{{{id}}}}/things{number}\n"
MANAGE = """\
    - request: POST /api/v1/{resource}/{{{{id}}}}/lifecycle/do{number}
      name: Do {number} to {resource}
      query: {{{{activate: "false", limit: 20}}}}
      body:
        profile: {{{{firstName: Ada, lastName: Lovelace, email: ada@example.com, login: ada}}}}
        groupIds: [one, two, three]
"""
PER_RESOURCE = 6


def manifest(size: int) -> str:
    """Return a manifest with `size` endpoints, three for each scope."""
    parts = [HEAD.format(size=size)]
    for number in range(size):
        resource, place = f"resource{number // PER_RESOURCE}", number % PER_RESOURCE
        if place in (0, PER_RESOURCE // 2):
            parts.append(f"  {resource}.{'read' if place == 0 else 'manage'}:\n")
        template = READ if place < PER_RESOURCE // 2 else MANAGE
        parts.append(template.format(resource=resource, number=number).format())
    return "".join(parts)
