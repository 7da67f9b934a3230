"""What newman sends after a migration: each host gets its own credential, and none another's."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest

from okta_postman.migrate.run import migrate
from tests.support.echo_server import EchoServer, echo_server
from tests.support.migration import collection, described, header, item, written
from tests.support.postman import newman
from tests.support.program import BASE

TOKEN: Final = "an-oauth-token"  # noqa: S105 - it opens nothing
SERVICES: Final = (
    "okta", "hr", "jira", "github", "mail", "vault", "billing", "crm", "search", "metrics",
)  # fmt: skip
SPELLINGS: Final = ("{{%s}}", "{{%s_protocol}}://{{%s_host}}", "{{%s_nested}}")


def bearer(name: str) -> dict[str, Any]:
    return {"type": "bearer", "bearer": [{"key": "token", "value": f"{{{{{name}Key}}}}"}]}


def requests_of(name: str) -> list[dict[str, Any]]:
    """Requests of a service with its own credential, in a header, as auth, and inherited."""
    key = header("SSWS {{oktaKey}}" if name == "okta" else f"Bearer {{{{{name}Key}}}}")
    hosts = [spelling.replace("%s", name) for spelling in SPELLINGS]
    own = [item(f"{host}/api/v1/users", key, name=f"{name} {host}") for host in hosts]
    other = item(f"{hosts[0]}/rest/api/3/myself", key, name=f"{name} other")
    auth = item(f"{hosts[0]}/api/v1/groups", auth=bearer(name), name=f"{name} auth")
    inherits = item(f"{hosts[1]}/api/v1/groups", name=f"{name} inherits")
    return [*own, other, auth, {"name": f"{name} too", "item": [inherits], "auth": bearer(name)}]


def values_of(servers: dict[str, EchoServer]) -> dict[str, str]:
    """The hosts and credentials of services, as an environment has them."""
    values = {}
    for name, server in servers.items():
        values[name] = server.url
        values[f"{name}_protocol"], _, values[f"{name}_host"] = server.url.partition("://")
        values[f"{name}_nested"] = f"{{{{{name}_protocol}}}}://{{{{{name}_host}}}}"
        values[f"{name}Key"] = ""
    return values


@pytest.mark.parametrize("remove_unknown", [False, True])
@pytest.mark.parametrize("level", ["request", "folder", "collection"])
def test_no_host_but_the_org_is_sent_its_token_and_each_gets_its_own_credential(
    level: str, tmp_path: Path, *, remove_unknown: bool
) -> None:
    with ExitStack() as stack:
        servers = {name: stack.enter_context(echo_server()) for name in SERVICES}
        text = BASE.replace("https://acme.okta.com", servers["okta"].url)
        manifest = described(f"{text}collection: {{auth: {level}}}\n")
        every = [each for name in SERVICES for each in requests_of(name)]
        folders = [{"name": name, "item": requests_of(name)} for name in SERVICES]
        data = collection({"name": "Everything", "item": every}, *folders)
        values = [{"key": key, "value": value} for key, value in values_of(servers).items()]
        inputs = [
            ("c.json", written(data)),
            ("e.json", written({"id": "e", "name": "E", "values": values})),
        ]
        files = migrate(inputs, manifest, remove_unknown=remove_unknown)
        for file in files:
            (tmp_path / file.name).write_bytes(file.after or b"")
        keys = {f"{name}Key": f"key-of-{name}" for name in SERVICES}
        done = newman(tmp_path / "c.json", tmp_path / "e.json", {**keys, "accessToken": TOKEN})

    assert done.sent == len(done.executed) == 2 * 6 * len(SERVICES), done.output
    for name, server in servers.items():
        sent = {each.header("authorization") for each in server.arrived}
        expected: set[bytes | None] = {f"Bearer key-of-{name}".encode()}
        if name == "okta":  # and of an endpoint that nobody knows, its old credential or none
            kept = None if remove_unknown else b"SSWS key-of-okta"
            expected = {f"Bearer {TOKEN}".encode(), kept}
        assert sent == expected, name
